"""`kill -9` at every point at which it matters, one after the other, and at any moment under load."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterator

import httpx
import pytest

from desk import eventually
from trial import Talk, Trial

MOST_POINTS = 80
NAMED_POINTS = [
    "projected", "received-before-commit", "received-after-commit", "reply-before-commit", "reply-after-commit", "attempt-committed",
    "call-made-before-record", "outcome-before-commit", "outcome-after-commit",
]  # fmt: skip


def comes_through(trial: Trial, talk: Talk, crash_at: str) -> bool:
    """One exchange with a program that dies at a point, and is started again when it has; whether it never came there."""
    trial.desk.kill()
    trial.desk.launch(CONTESTA_CRASH_AT=crash_at)
    exchange = trial.begin(talk)
    eventually("death or the end", lambda: trial.desk.process.poll() is not None or (exchange.done() and trial.is_quiet()), 90)
    survived = trial.desk.process.poll() is None
    if not survived:
        assert trial.desk.process.returncode == -signal.SIGKILL, trial.desk.log.read_text()
        trial.desk.start()
    exchange.result()
    trial.judge()
    return survived


@pytest.fixture(scope="module")
def trial() -> Iterator[Trial]:
    """One contact, and a desk that is killed again and again."""
    with Trial.begun(people=1) as trial:
        yield trial


def test_killed_at_every_point_of_an_exchange_in_turn(trial: Trial) -> None:
    """At the first point of the first exchange, at the second of the next, and so on, until one comes through alive."""
    (talk,) = trial.talks
    survived_at = next(point for point in range(1, MOST_POINTS) if comes_through(trial, talk, f"any:{point}"))
    assert survived_at > len(NAMED_POINTS)


@pytest.mark.parametrize("point", NAMED_POINTS)
def test_killed_at_a_named_point(trial: Trial, point: str) -> None:
    assert not comes_through(trial, trial.talks[0], point)


def test_killed_once_a_person_has_decided(trial: Trial) -> None:
    """The decision is durable although nobody was told, and what it sends is sent once."""
    (talk,) = trial.talks
    comes_through(trial, talk, "attempt-committed")
    text, message = list(talk.answered.items())[-1]
    assert talk.status_of(text) == "unknown"
    trial.desk.kill()
    trial.desk.start(CONTESTA_CRASH_AT="decision-after-commit")
    with pytest.raises(httpx.TransportError):
        trial.desk.api.post(f"messages/{message}/resolve-unknown", {"outcome": "send_again"})
    eventually("death", lambda: trial.desk.process.poll() is not None)
    trial.desk.start()
    assert any(each["kind"] == "unknown_decided" and each["subject"] == message for each in trial.ledger())
    trial.judge()


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_any_moment_under_load(seed: int) -> None:
    moments = random.Random(seed)
    with Trial.begun(people=6) as trial:
        with trial.going_on():
            for _ in range(6):
                trial.wait_for_exchanges(2)
                time.sleep(moments.uniform(0, 0.3))
                trial.desk.kill()
                trial.desk.start()
        trial.judge()
