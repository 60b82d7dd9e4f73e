"""Runs the desk as its users do: one `contesta serve` on a folder of its own, set up by the command line, fed by a simulator.

    with Desk.founded() as desk:
        ana = desk.simulator.add_contact("Ana", phone="34600000001")
        desk.simulator.write(ana, "Hola")
        desk.api.get("conversations")
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import Any, ClassVar

import httpx

from simulator import BUSINESS_ACCOUNT_ID, PHONE_NUMBER_ID, SECRETS, Simulator, binary

PATIENCE_SECONDS = 30
LAST_LINES = 60
BUSINESS = "Panadería La Espiga"


@dataclasses.dataclass(frozen=True)
class Person:
    name: str
    email: str
    password: str


MARTA = Person("Marta Ríos", "marta@laespiga.example", "tres panes sin sal")


def eventually(what: str, find: Callable[[], Any], patience: float = PATIENCE_SECONDS) -> Any:
    """The first true answer of `find`, asked again and again until the deadline."""
    deadline = time.monotonic() + patience
    while not (found := find()):
        assert time.monotonic() < deadline, f"waited {patience} s in vain for {what}"
        time.sleep(0.02)
    return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def last_lines(file: pathlib.Path) -> list[str]:
    """The end of a log; none where there is no such file."""
    return file.read_text(errors="replace").splitlines()[-LAST_LINES:] if file.is_file() else []


class Desk:
    """A data folder and the server that runs on it; the server can be killed and started again, the address stays."""

    #: Those of the tests that run.
    open: ClassVar[set[Desk]] = set()

    def __init__(self, undo_seconds: int = 1, folder: pathlib.Path | None = None, database: str | None = None) -> None:
        """`folder` may be a place that a test breaks; `database` is the address of a PostgreSQL, instead of the folder's SQLite."""
        self.folder = folder or pathlib.Path(tempfile.mkdtemp(prefix="contesta-browser-"))
        self.log = self.folder.with_name(f"{self.folder.name}.log")
        self.store = ["--data", str(self.folder), *(["--database", database] if database else [])]
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self.undo_seconds = undo_seconds
        self.process: subprocess.Popen[bytes] | None = None
        self.simulator: Simulator | None = None
        self.inbox_id = ""
        self._api: Programs | None = None
        self.spoken: set[str] = set()

    @classmethod
    @contextlib.contextmanager
    def founded(cls, undo_seconds: int = 1, wire: Any = None, **places: Any) -> Iterator[Desk]:
        """A desk with a principal and a WhatsApp inbox that a simulator has verified; it reaches it over a wire, if there is one."""
        with cls.empty(undo_seconds, **places) as desk:
            desk.simulator = Simulator.start()
            desk.create_workspace()
            desk.inbox_id = desk.add_inbox(provider=wire.leading_to(desk.simulator.base_url) if wire else None)
            desk.start()
            assert desk.simulator.connect(desk.webhook)["verified"]
            yield desk

    @classmethod
    @contextlib.contextmanager
    def empty(cls, undo_seconds: int = 1, **places: Any) -> Iterator[Desk]:
        """A folder in which nobody has set up anything yet."""
        desk = cls(undo_seconds, **places)
        cls.open.add(desk)
        try:
            yield desk
            desk.stop()
            desk.require_sealed()
        except BaseException:
            # pytest shows it beside what failed.
            print(desk.last_words())
            raise
        finally:
            cls.open.remove(desk)
            desk.close()

    # The command line

    def command(self, *arguments: str, secrets: str = "") -> dict[str, str]:
        """What `contesta` answers in JSON."""
        finished = subprocess.run(
            [binary(), *arguments, *self.store, "--json"], input=secrets, capture_output=True, text=True, timeout=120
        )
        assert finished.returncode == 0, finished.stderr
        return json.loads(finished.stdout)

    def create_workspace(self, owner: Person = MARTA) -> dict[str, str]:
        return self.command(
            "workspace", "create", BUSINESS, "--owner-email", owner.email, "--owner-name", owner.name, "--password-stdin",
            secrets=owner.password + "\n",
        )  # fmt: skip

    def add_inbox(self, name: str = "Mostrador", phone_number_id: str = PHONE_NUMBER_ID, provider: str | None = None) -> str:
        api_base = provider or self.simulator.base_url
        settings = [f"phone_number_id={phone_number_id}", f"waba_id={BUSINESS_ACCOUNT_ID}", f"api_base={api_base}"]
        secrets = "".join(f"{key}={value}\n" for key, value in SECRETS.items())
        return self.command("inbox", "add", BUSINESS, "whatsapp", "--name", name, "--secrets-stdin", *settings, secrets=secrets)["inbox_id"]

    def invite(self, email: str, role: str = "assistant") -> str:
        """The link that the invited person opens."""
        return self.command("member", "add", BUSINESS, "--email", email, "--role", role, "--public-url", self.url)["invitation_url"]

    def token(self, email: str) -> str:
        return self.command("token", "create", "--email", email)["token"]

    # The server

    @property
    def webhook(self) -> str:
        return f"{self.url}/webhooks/{self.inbox_id}"

    def start(self, **environment: str) -> None:
        self.launch(**environment)
        eventually(f"the server at {self.url}", self.answers)

    def launch(self, **environment: str) -> None:
        """Starts the server, and doesn't wait for it."""
        settings = {"CONTESTA_UNDO_SECONDS": str(self.undo_seconds), "CONTESTA_LOG_LEVEL": "warning"}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [binary(), "serve", *self.store, "--listen", f"127.0.0.1:{self.port}"],
                stdout=log, stderr=log, env={**os.environ, **settings, **environment},
            )  # fmt: skip

    def answers(self) -> bool:
        assert self.process.poll() is None, f"the server ended:\n{self.log.read_text()}"
        try:
            return httpx.get(f"{self.url}/readyz", timeout=5).is_success
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """As when the current goes: nothing is tidied up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=PATIENCE_SECONDS)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=PATIENCE_SECONDS)

    def require_sealed(self) -> None:
        """Every desk of every test is looked through in the end: what people wrote, who they are and the channel's secrets are neither in
        a file of its folder nor in what it logged."""
        words = {MARTA.password, *SECRETS.values(), *self.spoken, *(self.simulator.confidential if self.simulator else set())}
        needles = {word.encode() for word in words if len(word) >= 8}
        for file in [self.log, *self.folder.rglob("*")]:
            # An upgrade keeps a copy of what was there; whoever upgrades is told to delete it.
            content = file.read_bytes() if file.is_file() and ".before-step-" not in file.name else b""
            found = sorted(needle.decode() for needle in needles if needle in content)
            assert not found, f"{file.name} holds in clear: {found}"

    def close(self) -> None:
        if self.simulator:
            self.simulator.close()
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        self.log.unlink(missing_ok=True)

    def last_words(self) -> str:
        """What the server logged in the end."""
        return "\n".join([f"The last that the desk at {self.url} logged:", *last_lines(self.log)])

    def setup_token(self) -> str:
        """From the line that the server printed when it started."""
        return re.findall(r"/setup\?token=(\S+)", self.log.read_text())[-1]

    # The API, as the principal's program

    @property
    def api(self) -> Programs:
        if self._api is None:
            self._api = Programs(self.url, self.token(MARTA.email), self.spoken)
        return self._api

    def conversation_with(self, name: str) -> str:
        """The id of the conversation with the contact of this name, as soon as there is one."""
        def find() -> str | None:
            items = self.api.get("conversations", state="all", limit="100")["items"]
            return next((item["id"] for item in items if item["contact"]["name"] == name), None)

        return eventually(f"a conversation with {name}", find)


class Programs:
    """The API behind a bearer token."""

    def __init__(self, url: str, token: str, spoken: set[str] | None = None) -> None:
        """`spoken` gathers what is answered."""
        self.spoken = set() if spoken is None else spoken
        self.http = httpx.Client(base_url=f"{url}/api/v1/", headers={"Authorization": f"Bearer {token}"}, timeout=60)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        response = self.http.get(path, params=query)
        assert response.is_success, response.text
        return response.json()

    def post(self, path: str, body: dict[str, Any], **headers: str) -> dict[str, Any]:
        response = self.http.post(path, json=body, headers=headers)
        assert response.is_success, response.text
        return response.json()

    def messages(self, conversation: str) -> list[dict[str, Any]]:
        return self.get(f"conversations/{conversation}/messages", limit="100")["items"]

    def reply(self, conversation: str, text: str, key: str) -> dict[str, Any]:
        """Answers the newest message of the contact."""
        self.spoken.add(text)
        state = self.get(f"conversations/{conversation}")
        asked = [message for message in self.messages(conversation) if message["direction"] == "inbound"]
        newest = max(asked, key=lambda message: message["sent_at"])
        body = {"text": text, "answers": newest["id"], "version": state["version"]}
        return self.post(f"conversations/{conversation}/replies", body, **{"Idempotency-Key": key})

    def status(self, conversation: str, message: str) -> str:
        return next(each["status"] for each in self.messages(conversation) if each["id"] == message)
