"""The current goes, at any moment: nothing received is lost, nothing is sent twice, and what nobody can know is said to be unknown."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from desk import Desk, eventually
from simulator import binary

UNDO_SECONDS = 2


@pytest.fixture
def asked(desk: Desk, new_contact: Callable) -> Iterator[tuple[str, str]]:
    """A contact who waits for an answer: the simulator's id, and the conversation."""
    desk.simulator.post("settings", {"statuses": "auto"})
    contact, name = new_contact("Olga Rey")
    desk.simulator.write(contact, "¿Me esperan hasta las 9?")
    yield contact, desk.conversation_with(name)
    desk.simulator.http.delete("/simulator/faults")


def texts(desk: Desk, contact: str) -> list[str]:
    """What the world really saw."""
    return [receipt["text"] for receipt in desk.simulator.receipts(contact=contact)]


def test_what_was_taken_is_still_there(desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Pablo Gris")
    for number in range(8):
        desk.simulator.write(contact, f"Mensaje {number}")
    eventually("the taking of all eight", lambda: sum(each["status"] == 200 for each in deliveries(desk)) == 8)
    desk.kill()
    attempts = len(deliveries(desk))
    desk.start()
    conversation = desk.conversation_with(name)
    assert sorted(message["text"] for message in desk.api.messages(conversation)) == [f"Mensaje {number}" for number in range(8)]
    assert len(deliveries(desk)) == attempts


def deliveries(desk: Desk) -> list[dict]:
    """Meta's calls to the webhook so far."""
    return desk.simulator.get("deliveries")["items"]


def test_a_kill_in_the_middle_of_many_webhooks_loses_and_doubles_nothing(desk: Desk, new_contact: Callable) -> None:
    desk.simulator.post("settings", {"webhook_concurrency": 8})
    people = [new_contact("Quique Sanz") for _ in range(12)]
    for number in range(3):
        for contact, _ in people:
            desk.simulator.write(contact, f"Aviso {number}")
        if number == 1:
            desk.kill()
    desk.start()
    eventually("the end of all deliveries", lambda: desk.simulator.get("deliveries")["pending"] == 0)
    for _, name in people:
        conversation = desk.conversation_with(name)
        assert sorted(message["text"] for message in desk.api.messages(conversation)) == ["Aviso 0", "Aviso 1", "Aviso 2"]


def test_a_kill_within_the_undo_time_sends_once(desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    sent = desk.api.reply(conversation, "Sí, hasta las 9.", key=conversation)
    desk.kill()
    desk.start()
    desk.simulator.wait_for_receipts(1, contact=contact)
    eventually("its acceptance", lambda: desk.api.status(conversation, sent["id"]) in ("accepted", "delivered", "read"))
    assert texts(desk, contact) == ["Sí, hasta las 9."]


def test_the_same_request_again_after_a_kill_is_the_same_message(desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    state = desk.api.get(f"conversations/{conversation}")
    answers = desk.api.messages(conversation)[0]["id"]
    body = {"text": "Sí, los esperamos.", "answers": answers, "version": state["version"]}
    first = desk.api.post(f"conversations/{conversation}/replies", body, **{"Idempotency-Key": "the same"})
    desk.kill()
    desk.start()
    second = desk.api.post(f"conversations/{conversation}/replies", body, **{"Idempotency-Key": "the same"})
    assert first["id"] == second["id"]
    desk.simulator.wait_for_receipts(1, contact=contact)
    assert texts(desk, contact) == ["Sí, los esperamos."]


def sending_when_killed(desk: Desk, contact: str, conversation: str, statuses: str) -> str:
    """Kills the desk while Meta, which has the message, has not answered yet; gives the message."""
    desk.simulator.post("settings", {"statuses": statuses})
    desk.simulator.fault("delay", contact=contact, milliseconds=8_000)
    sent = desk.api.reply(conversation, "Sí, claro.", key=conversation)
    desk.simulator.wait_for_receipts(1, contact=contact)
    desk.kill()
    desk.start()
    return sent["id"]


def test_a_kill_while_sending_leaves_it_unknown_until_a_person_decides(desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    message = sending_when_killed(desk, contact, conversation, statuses="manual")
    assert desk.api.status(conversation, message) == "unknown"
    desk.api.post(f"messages/{message}/resolve-unknown", {"outcome": "was_sent"})
    assert desk.api.status(conversation, message) in ("accepted", "delivered", "read")
    assert desk.api.get(f"conversations/{conversation}")["state"] == "answered"
    assert texts(desk, contact) == ["Sí, claro."]


def test_a_kill_while_sending_is_settled_by_the_providers_own_word(desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    message = sending_when_killed(desk, contact, conversation, statuses="auto")
    eventually("Meta's status", lambda: desk.api.status(conversation, message) in ("delivered", "read"))
    assert desk.api.get(f"conversations/{conversation}")["state"] == "answered"
    assert texts(desk, contact) == ["Sí, claro."]


def test_a_kill_between_acceptance_and_status_loses_neither(desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    desk.simulator.post("settings", {"statuses": "manual"})
    sent = desk.api.reply(conversation, "Sí, dale.", key=conversation)
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=contact)
    eventually("its acceptance", lambda: desk.api.status(conversation, sent["id"]) == "accepted")
    desk.kill()
    desk.simulator.post("statuses", {"message_id": receipt["message_id"], "status": "read"})
    desk.start()
    eventually("the tick of reading", lambda: desk.api.status(conversation, sent["id"]) == "read")
    assert texts(desk, contact) == ["Sí, dale."]


@pytest.mark.parametrize("moment", range(6))
def test_a_kill_at_any_moment_of_a_delivery_sends_at_most_once(desk: Desk, asked: tuple[str, str], moment: int) -> None:
    """The undo time ends during this: the kills fall before, in and after the call."""
    contact, conversation = asked
    desk.simulator.post("settings", {"statuses": "manual"})
    sent = desk.api.reply(conversation, "Sí, hasta y cuarto.", key=conversation)
    kill_at = time.monotonic() + UNDO_SECONDS - 0.3 + moment * 0.15
    eventually("the moment", lambda: time.monotonic() >= kill_at)
    desk.kill()
    desk.start()
    final = ("accepted", "unknown")
    status = eventually("its end", lambda: (now := desk.api.status(conversation, sent["id"])) in final and now)
    seen = texts(desk, contact)
    assert seen == ["Sí, hasta y cuarto."] or (status == "unknown" and seen == [])
    assert desk.api.get(f"conversations/{conversation}")["state"] == ("answered" if status == "accepted" else "owed")


def test_the_ledger_is_whole_after_all_that(desk: Desk) -> None:
    desk.kill()
    verified = subprocess.run([binary(), "ledger", "verify", "--data", desk.folder], capture_output=True, text=True, timeout=120)
    assert verified.returncode == 0, verified.stdout + verified.stderr
    desk.start()
