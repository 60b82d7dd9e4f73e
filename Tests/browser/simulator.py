"""Runs `contesta simulate meta` as a process, and lets tests speak to both of its sides.

    with Simulator.start(webhook="http://127.0.0.1:8080/webhooks/…") as simulator:
        ana = simulator.add_contact("Ana", phone="34600000001")
        simulator.write(ana, "Hola")
        simulator.wait_for_receipts(1)
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import threading
from collections.abc import Callable
from typing import Any

import httpx

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
SECRETS = {"app_secret": "0f6f2c1b8a", "access_token": "EAASimulatedToken", "verify_token": "a verify token"}
PHONE_NUMBER_ID = "100200300400500"
BUSINESS_ACCOUNT_ID = "500400300200100"
PATIENCE_SECONDS = 20


def binary() -> pathlib.Path:
    """The program under test: what CONTESTA_BINARY names, or else what `swift build` made."""
    named = os.environ.get("CONTESTA_BINARY")
    return pathlib.Path(named or REPOSITORY / ".build" / "debug" / "contesta")


class News:
    """Tells those who wait in one thread what has happened in another."""

    def __init__(self) -> None:
        self._condition = threading.Condition()

    def tell(self, change: Callable[[], Any]) -> Any:
        """Makes a change, and lets all who wait look again."""
        with self._condition:
            result = change()
            self._condition.notify_all()
            return result

    def wait_until(self, what: str, find: Callable[[], Any]) -> Any:
        """The first true answer of `find`, which is asked again after every change."""
        with self._condition:
            found = self._condition.wait_for(find, timeout=PATIENCE_SECONDS)
        assert found, f"waited {PATIENCE_SECONDS} s in vain for {what}"
        return found


class Simulator:
    """A running simulator. Close it, or use it as a context."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.events: list[dict[str, Any]] = []
        self.confidential: set[str] = set()
        self._news = News()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self.base_url: str = self.wait_for_event("listening")["base_url"]
        self.http = httpx.Client(base_url=self.base_url, timeout=30)

    @classmethod
    def start(cls, *arguments: str, webhook: str | None = None) -> Simulator:
        command = [str(binary()), "simulate", "meta", "--listen", "127.0.0.1:0", "--secrets-stdin", "--retry-base", "50ms"]
        command += ["--phone-number-id", PHONE_NUMBER_ID, "--waba-id", BUSINESS_ACCOUNT_ID, *arguments]
        if webhook:
            command += ["--webhook", webhook]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        process.stdin.write("".join(f"{key}={value}\n" for key, value in SECRETS.items()))
        process.stdin.close()
        return cls(process)

    def _read(self) -> None:
        for line in self.process.stdout:
            event = json.loads(line)
            self._news.tell(lambda: self.events.append(event))

    def wait_for_event(self, name: str, **members: Any) -> dict[str, Any]:
        wanted = {"event": name, **members}
        return self._news.wait_until(
            f"the simulator's event {wanted}",
            lambda: next((event for event in self.events if wanted.items() <= event.items()), None),
        )

    def close(self) -> int:
        """Ends it as a service manager would, and gives its exit status."""
        self.http.close()
        self.process.terminate()
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def __enter__(self) -> Simulator:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # The control side: docs/simulator.md

    def post(self, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        response = self.http.post(f"/simulator/{path}", json=body or {})
        assert response.is_success, response.text
        return response.json()

    def get(self, path: str, **query: str) -> dict[str, Any]:
        response = self.http.get(f"/simulator/{path}", params=query)
        assert response.is_success, response.text
        return response.json()

    def reset(self) -> None:
        self.post("reset")

    def connect(self, webhook: str) -> dict[str, Any]:
        return self.post("webhook", {"url": webhook})

    def add_contact(self, name: str, **members: Any) -> str:
        """The new contact's id in the control API."""
        self.confidential |= {name, *(value for value in members.values() if isinstance(value, str))}
        return self.post("contacts", {"name": name, **members})["id"]

    def write(self, contact: str, text: str | None = None, **members: Any) -> str:
        """The message's id."""
        message = {"kind": "text", "text": text, **members} if text is not None else members
        if text is not None:
            self.confidential.add(text)
        return self.post(f"contacts/{contact}/messages", message)["message_id"]

    def fault(self, kind: str, **members: Any) -> None:
        self.post("faults", {"kind": kind, **members})

    def receipts(self, **query: str) -> list[dict[str, Any]]:
        return self.get("receipts", **query)["items"]

    def wait_for_receipts(self, count: int, **query: str) -> list[dict[str, Any]]:
        found = self.receipts(at_least=str(count), timeout_ms=str(PATIENCE_SECONDS * 1000), **query)
        assert len(found) >= count, f"waited {PATIENCE_SECONDS} s in vain for {count} receipts, and have {found}"
        return found
