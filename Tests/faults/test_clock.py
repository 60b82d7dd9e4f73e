"""The clock jumps while the real program runs: deadlines stay, nothing is sent twice, and nothing is held for ever."""

from __future__ import annotations

import contextlib
import pathlib
from collections.abc import Iterator

import pytest

from conditions import TurnedClock
from desk import eventually
from trial import Trial

YEARS = 365 * 24


@pytest.fixture
def clock(tmp_path: pathlib.Path) -> TurnedClock:
    return TurnedClock(tmp_path)


@contextlib.contextmanager
def under(clock: TurnedClock, **circumstances: int) -> Iterator[Trial]:
    """A trial whose desk goes by that clock."""
    with Trial.begun(**circumstances) as trial:
        trial.desk.kill()
        trial.desk.start(**clock.environment)
        yield trial


@pytest.mark.parametrize("jumps", [[1, -1, 0], [-3, 20, -1]], ids=str)
def test_a_jumping_clock_loses_and_doubles_nothing(jumps: list[int], clock: TurnedClock) -> None:
    with under(clock, people=3) as trial:
        with trial.going_on():
            for jump in jumps:
                trial.wait_for_exchanges(3)
                clock.turn(jump)
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_clock_beyond_2038_takes_everything_in(clock: TurnedClock) -> None:
    with under(clock, people=2) as trial:
        clock.turn(13 * YEARS)
        for talk in trial.talks:
            talk.ask()
        eventually("their taking", lambda: trial.desk.simulator.get("deliveries")["pending"] == 0)
        clock.turn(0)
        trial.judge()


def test_a_deadline_stays_where_it_was_when_the_clock_jumps(clock: TurnedClock) -> None:
    with under(clock, people=1) as trial:
        (talk,) = trial.talks
        talk.ask()
        talk.wait("the question", lambda: talk.message_with(talk.asked[0]))
        due = trial.program.get(f"conversations/{talk.conversation}")["due_at"]
        for jump in [1, -1, 0]:
            clock.turn(jump)
            assert trial.program.get(f"conversations/{talk.conversation}")["due_at"] == due


def test_a_reply_within_its_undo_time_leaves_although_the_clock_goes_back(clock: TurnedClock) -> None:
    with under(clock, people=1, undo_seconds=2) as trial:
        (talk,) = trial.talks
        exchange = trial.begin(talk)
        eventually("the reply's undo time", lambda: talk.answered)
        clock.turn(-1)
        assert trial.desk.simulator.wait_for_receipts(1)
        exchange.result()
        trial.judge()
