"""Webhooks as Meta sends them: a text message each, signed over its bytes."""

from __future__ import annotations

import hashlib
import hmac
import json
import pathlib
import time
from collections.abc import Iterator

APP_SECRET = "0f6f2c1b8a7d4e5f"
PHONE_NUMBER_ID = "100200300400500"
BUSINESS_ACCOUNT_ID = "500400300200100"
WORDS = "hola quería saber si mañana tienen turno para las cinco y cuánto cuesta el pedido de la semana pasada gracias".split()


def phone(contact: int) -> str:
    return f"34{600_000_000 + contact}"


def text(number: int) -> str:
    """Some words, different from message to message, about as long as people write."""
    start = number * 7 % len(WORDS)
    chosen = (WORDS + WORDS)[start : start + 6 + number % 9]
    return f"{' '.join(chosen)} {number}"


def body(number: int, contact: int, run: str) -> bytes:
    """A message nobody has sent before: `run` and `number` make its id."""
    message = {
        "from": phone(contact), "id": f"wamid.HBgLMzQ2{run}{number:012d}FQIAEhgg", "timestamp": str(int(time.time())),
        "type": "text", "text": {"body": text(number)},
    }
    value = {
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "34600000000", "phone_number_id": PHONE_NUMBER_ID},
        "contacts": [{"profile": {"name": f"Contact {contact}"}, "wa_id": phone(contact)}],
        "messages": [message],
    }
    change = {"value": value, "field": "messages"}
    notice = {"object": "whatsapp_business_account", "entry": [{"id": BUSINESS_ACCOUNT_ID, "changes": [change]}]}
    return json.dumps(notice, ensure_ascii=False, separators=(",", ":")).encode()


def signature(content: bytes) -> str:
    return "sha256=" + hmac.new(APP_SECRET.encode(), content, hashlib.sha256).hexdigest()


def signed(count: int, contacts: int, run: str) -> Iterator[tuple[str, bytes]]:
    for number in range(count):
        content = body(number, number % contacts, run)
        yield signature(content), content


def write_file(path: pathlib.Path, count: int, contacts: int, run: str) -> None:
    """A line for each webhook: its signature, a space, its body."""
    with path.open("wb") as file:
        for mark, content in signed(count, contacts, run):
            file.write(mark.encode() + b" " + content + b"\n")
