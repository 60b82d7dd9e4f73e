"""People write and are answered while a test breaks something; then a judge compares what the desk says with what the world saw.

    with Trial.begun() as trial:
        with trial.going_on():
            trial.desk.kill()
            trial.desk.start()
        trial.judge()
"""

from __future__ import annotations

import contextlib
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import httpx

from desk import Desk, eventually
from simulator import binary

PATIENCE_SECONDS = 60
SENT = ("accepted", "delivered", "read")


class PatientProgram:
    """Repeats a request for as long as the desk is away or can't store, as every program of the interface should."""

    def __init__(self, url: str, token: str) -> None:
        self.http = httpx.Client(base_url=f"{url}/api/v1/", headers={"Authorization": f"Bearer {token}"}, timeout=20)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                response = self.http.request(method, path, **options)
                if response.status_code != 503:
                    return response
                last = response.text
            except httpx.TransportError as error:
                last = repr(error)
            assert time.monotonic() < deadline, f"{method} {path} was in vain for {PATIENCE_SECONDS} s, at last with {last}"
            time.sleep(0.05)

    def get(self, path: str, **query: str) -> dict[str, Any]:
        response = self.request("GET", path, params=query)
        assert response.is_success, response.text
        return response.json()


class Talk:
    """A contact, and the member who answers them, each question once."""

    def __init__(self, trial: Trial, name: str, phone: str) -> None:
        self.trial = trial
        self.name = name
        self.contact = trial.desk.simulator.add_contact(name, phone=phone)
        self.asked: list[str] = []
        self.answered: dict[str, str] = {}
        self.conversation = ""

    def exchange(self) -> None:
        """One question, one answer, and how it ended."""
        self.ask()
        self.answer()

    def ask(self) -> None:
        text = f"{self.name}, pregunta {len(self.asked) + 1}"
        self.asked.append(text)
        self.trial.desk.simulator.write(self.contact, text)

    def answer(self) -> None:
        question = self.asked[-1]
        text = f"Para {question}: sí"
        self.answered[text] = self.reply(text, question)
        self.wait(f"the end of “{text}”", lambda: self.status_of(text) not in ("held", "queued", "sending"))

    def reply(self, text: str, question: str) -> str:
        """Asked for under one key until the desk says that it has it; the message's id. What was seen while a disk broke can come again as
        another message, since the provider had no answer; what it had one for must be there, as the judge will see."""
        while True:
            answers = self.wait(f"“{question}” in the desk", lambda: self.message_with(question))["id"]
            version = self.trial.program.get(f"conversations/{self.conversation}")["version"]
            response = self.trial.program.request(
                "POST", f"conversations/{self.conversation}/replies",
                json={"text": text, "answers": answers, "version": version}, headers={"Idempotency-Key": answers},
            )  # fmt: skip
            if response.is_success:
                return response.json()["id"]
            code = response.json()["code"]
            is_gone = code == "invalid_request" and answers not in {each["id"] for each in self.messages()}
            assert code == "stale_conversation" or is_gone, response.text

    def message_with(self, text: str) -> dict[str, Any] | None:
        return next((each for each in self.messages() if each["text"] == text), None)

    def messages(self) -> list[dict[str, Any]]:
        if not self.conversation:
            everything = self.trial.program.get("conversations", state="all", limit="100")["items"]
            self.conversation = next((each["id"] for each in everything if each["contact"]["name"] == self.name), "")
        if not self.conversation:
            return []
        return self.trial.program.get(f"conversations/{self.conversation}/messages", limit="100")["items"]

    def status_of(self, text: str) -> str:
        return next(each["status"] for each in self.messages() if each["id"] == self.answered[text])

    @staticmethod
    def wait(what: str, find: Any) -> Any:
        return eventually(what, find, PATIENCE_SECONDS)


class Trial:
    """A desk, people who go on talking to it, and the judge."""

    def __init__(self, desk: Desk, people: int) -> None:
        self.desk = desk
        self.program = PatientProgram(desk.url, desk.api.http.headers["Authorization"].removeprefix("Bearer "))
        self.talks = [Talk(self, f"Olga {number}", f"5491155501{number:03}") for number in range(people)]
        self.pool = ThreadPoolExecutor(max_workers=people)

    @classmethod
    @contextlib.contextmanager
    def begun(cls, people: int = 4, undo_seconds: int = 0, **places: Any) -> Iterator[Trial]:
        with Desk.founded(undo_seconds, **places) as desk:
            desk.simulator.post("settings", {"webhook_concurrency": 4})
            trial = cls(desk, people)
            yield trial
            trial.pool.shutdown()

    def move_to(self, desk: Desk) -> None:
        """From now on people and providers speak to another server on the same database."""
        (desk.simulator, desk.inbox_id) = (self.desk.simulator, self.desk.inbox_id)
        self.desk = desk
        self.program.http.base_url = f"{desk.url}/api/v1/"
        assert desk.simulator.connect(desk.webhook)["verified"]

    def begin(self, talk: Talk) -> Future[None]:
        """One exchange, beside what the test does."""
        return self.pool.submit(talk.exchange)

    @contextlib.contextmanager
    def going_on(self) -> Iterator[None]:
        """Everybody talks, each with exchanges one after the other, until the body is over and their last exchange."""
        over = threading.Event()
        self.going = [self.pool.submit(self._go_on, talk, over) for talk in self.talks]
        try:
            yield
        finally:
            over.set()
        for each in self.going:
            each.result()

    @staticmethod
    def _go_on(talk: Talk, over: threading.Event) -> None:
        while not over.is_set():
            talk.exchange()

    def exchanges(self) -> int:
        return sum(len(talk.answered) for talk in self.talks)

    def wait_for_exchanges(self, count: int) -> None:
        """So many more than there are now."""
        target = self.exchanges() + count
        eventually(
            f"{count} more exchanges",
            lambda: self.exchanges() >= target or any(each.done() for each in self.going), PATIENCE_SECONDS,
        )  # fmt: skip

    def unknown(self) -> int:
        """Replies of which nobody knows whether they went."""
        return sum(each["status"] == "unknown" for talk in self.talks for each in talk.messages())

    def is_quiet(self) -> bool:
        """Whether the world has nothing more to tell the desk: what was sent was read, and every webhook was taken."""
        receipts = self.desk.simulator.receipts()
        return all("read" in each["statuses"] for each in receipts) and self.desk.simulator.get("deliveries")["pending"] == 0

    def acknowledged(self) -> int:
        """Webhooks that the desk has answered with success."""
        return sum(each["status"] == 200 for each in self.desk.simulator.get("deliveries")["items"])

    def ledger(self) -> Iterator[dict[str, Any]]:
        """Its entries, page by page."""
        workspace = self.program.get("me")["workspaces"][0]["id"]
        page = self.program.get(f"workspaces/{workspace}/ledger/entries", limit="100")
        yield from page["items"]
        while page["next_cursor"]:
            page = self.program.get(f"workspaces/{workspace}/ledger/entries", limit="100", cursor=page["next_cursor"])
            yield from page["items"]

    # The judge

    def judge(self) -> None:
        """Nothing is lost, nothing is there twice, nobody got what was not for them, and the proof of it is whole."""
        eventually("the end of all deliveries", lambda: self.desk.simulator.get("deliveries")["pending"] == 0, PATIENCE_SECONDS)
        receipts = self.desk.simulator.receipts()
        for talk in self.talks:
            self._judge_inbound(talk)
            for text in talk.answered:
                self._judge_outbound(talk, text, [each for each in receipts if each["text"] == text])
        wanted = {text for talk in self.talks for text in talk.answered}
        assert {each["text"] for each in receipts} <= wanted
        self._judge_ledger()

    @staticmethod
    def _judge_inbound(talk: Talk) -> None:
        everything = eventually(
            f"all questions of {talk.name}",
            lambda: len(found := [each["text"] for each in talk.messages() if each["direction"] == "inbound"]) >= len(talk.asked) and found,
        ) if talk.asked else []
        assert sorted(everything) == sorted(talk.asked)

    @staticmethod
    def _judge_outbound(talk: Talk, text: str, seen: list[dict[str, Any]]) -> None:
        """What was sent is known to be sent; what the world never saw is not said to be sent; and nothing went twice."""
        assert len(seen) <= 1, f"“{text}” went out {len(seen)} times"
        assert all(each["contact_id"] == talk.contact for each in seen)
        if seen:
            eventually(f"the news that “{text}” was sent", lambda: talk.status_of(text) in SENT)
        else:
            assert talk.status_of(text) in ("unknown", "failed")

    def _judge_ledger(self) -> None:
        verified = subprocess.run([binary(), "ledger", "verify", *self.desk.store], capture_output=True, text=True, timeout=120)
        assert verified.returncode == 0, verified.stdout + verified.stderr
