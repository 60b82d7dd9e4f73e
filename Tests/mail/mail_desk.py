"""A desk that answers a real mailbox: `contesta serve` beside Dovecot or Cyrus, and Postfix.

    with MailServers.started() as servers, mail_desk(servers) as desk:
        servers.deliver("ana@cliente.example", servers.MARTA, letter("¿Tienen pan?"))
        desk.conversation_with("Ana")
"""

from __future__ import annotations

import contextlib
import email
import email.message
import email.policy
import email.utils
import json
import subprocess
from collections.abc import Iterator
from typing import Any

from desk import BUSINESS, Desk, eventually
from peers import SubmissionServer
from servers import Mailbox, MailServers
from simulator import binary


@contextlib.contextmanager
def mail_desk(servers: MailServers, **settings: str) -> Iterator[Desk]:
    """A founded desk with one mailbox, Marta's."""
    with sleeping_desk(servers, **settings) as desk:
        desk.start()
        yield desk


@contextlib.contextmanager
def sleeping_desk(servers: MailServers, **settings: str) -> Iterator[Desk]:
    """The same, while its server was not started yet."""
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.inbox_id = connect(desk, servers, **settings)
        yield desk


def connect(desk: Desk, servers: MailServers, of: Mailbox = MailServers.MARTA, name: str = "Correo", **settings: str) -> str:
    desk.spoken.add(of.password)
    all_settings = {
        "address": of.address, "imap_host": "localhost", "imap_port": str(servers.imaps), "smtp_host": "localhost",
        "smtp_port": str(servers.submissions), "certificate_authority": servers.authority.read_text(), **settings,
    }  # fmt: skip
    pairs = [f"{key}={value}" for key, value in all_settings.items()]
    answer = desk.command(
        "inbox", "add", BUSINESS, "email", "--name", name, "--secrets-stdin", *pairs, secrets=f"password={of.password}\n")
    return answer["inbox_id"]


def in_the_clear(port: int) -> dict[str, str]:
    """Settings for a peer that reads along what is said to the server of incoming mail."""
    return {"imap_host": "127.0.0.1", "imap_port": str(port), "imap_security": "none"}


def handed_to(peer: SubmissionServer) -> dict[str, str]:
    """The same for what goes out."""
    return {"smtp_host": "127.0.0.1", "smtp_port": str(peer.port), "smtp_security": "none"}


def checked(desk: Desk, name: str = "Correo") -> dict[str, str]:
    """What `contesta doctor` finds out about a mailbox."""
    answer = subprocess.run([binary(), "doctor", *desk.store, "--json"], capture_output=True, text=True, timeout=120)
    findings = [json.loads(line) for line in answer.stdout.splitlines()]
    return next(each for each in findings if each["name"] == f'channel email "{name}"')


def conversations(desk: Desk) -> list[dict[str, Any]]:
    """All of them, however many pages that are."""
    page = desk.api.get("conversations", state="all", limit="100")
    found = page["items"]
    while page["next_cursor"]:
        page = desk.api.get("conversations", state="all", limit="100", cursor=page["next_cursor"])
        found += page["items"]
    return found


def names(desk: Desk) -> list[str]:
    """Of those with whom there are conversations, as often as there are."""
    return sorted(each["contact"]["name"] for each in conversations(desk))


def letter_from(name: str, text: str = "¿Tienen pan?") -> bytes:
    """A mail of somebody who has not written before."""
    return letter(text, subject=f"Pregunta de {name}", sender=f"{name} <{name.lower().replace(' ', '.')}@cliente.example>")


def letter(
    text: str, subject: str = "Pan", sender: str = "Ana Prado <ana@cliente.example>", to: str = "marta@laespiga.example",
    answering: email.message.Message | None = None, **fields: str,
) -> bytes:  # fmt: skip
    """A mail as a stranger's program writes it; `answering` is the mail that it replies to."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"], mail["Message-ID"] = email.utils.formatdate(), email.utils.make_msgid(domain="cliente.example")
    if answering is not None:
        mail.replace_header("Subject", str(answering["Subject"]))
        mail["In-Reply-To"] = answering["Message-ID"]
        mail["References"] = f"{answering.get('References', '')} {answering['Message-ID']}".strip()
        text = f"{text}\n\nEl lun, 3 nov 2026 a las 10:21, Marta <marta@laespiga.example> escribió:\n> {answering_text(answering)}\n"
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def answering_text(mail: email.message.Message) -> str:
    return mail.get_body(("plain",)).get_content().splitlines()[0]


def read(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def answered(desk: Desk, conversation: str, text: str, key: str) -> dict[str, object]:
    """The reply, once the server of outgoing mail has taken it."""
    message = desk.api.reply(conversation, text, key)
    eventually("the reply to be taken", lambda: desk.api.status(conversation, message["id"]) in ("accepted", "delivered"))
    return message


def examined(desk: Desk) -> dict[str, str]:
    """What `contesta doctor` says of the mailbox."""
    done = subprocess.run([binary(), "doctor", *desk.store, "--json"], capture_output=True, text=True, timeout=60)
    findings = [json.loads(line) for line in done.stdout.splitlines()]
    return next(each for each in findings if each["name"].startswith("channel email"))


def wait_for_health(desk: Desk, level: str, words: str) -> None:
    def says_so() -> bool:
        finding = examined(desk)
        return finding["level"] == level and words in finding["words"]

    eventually(f"the doctor to say “{words}”", says_so, patience=90)
