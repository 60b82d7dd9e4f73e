"""Two servers on one PostgreSQL: one of them delivers, and the other one knows it, also when it was away for a while."""

from __future__ import annotations

import contextlib
import pathlib
import shutil
import signal
from collections.abc import Iterator

from cluster import Cluster
from desk import Desk, eventually
from trial import Trial


def is_paused(desk: Desk) -> bool:
    """The letter of its state (proc(5), `stat`), behind the name in parentheses."""
    return pathlib.Path(f"/proc/{desk.process.pid}/stat").read_text().rpartition(") ")[2].startswith("T")


@contextlib.contextmanager
def another_server(trial: Trial, cluster: Cluster) -> Iterator[Desk]:
    """On the same database, with a folder of its own; not started."""
    with Desk.empty(undo_seconds=trial.desk.undo_seconds, database=cluster.url) as second:
        yield second


def take_over(trial: Trial, second: Desk) -> None:
    """As an operator does who finds the first server hanging: the keys are brought, the other one is started, and providers call it."""
    keys = trial.desk.folder / "keys"
    if keys.exists():
        shutil.copytree(keys, second.folder / "keys")
    second.start()
    trial.move_to(second)


def end_of(desk: Desk) -> str:
    """Lets a paused server go on, and waits until it has ended by itself; what it said."""
    desk.process.send_signal(signal.SIGCONT)
    assert eventually("the end of the server that was paused", lambda: desk.process.poll(), 60) != 0
    return desk.log.read_text()


def test_a_second_server_on_one_database_does_not_start_and_the_first_goes_on() -> None:
    with Cluster.running() as cluster, Trial.begun(people=2, database=cluster.url) as trial:
        with another_server(trial, cluster) as second:
            second.launch()
            for talk in trial.talks:
                talk.exchange()
            assert eventually("the end of the second", lambda: second.process.poll()) != 0
            assert "Another contesta serves" in second.log.read_text()
        for talk in trial.talks:
            talk.exchange()
        trial.judge()


def test_a_server_paused_before_its_call_makes_none_when_another_has_taken_over() -> None:
    """Row 69, at the worst moment: the reply is claimed, and a person has it sent again by the other server."""
    with Cluster.running() as cluster, Trial.begun(people=2, database=cluster.url) as trial:
        (first, talk) = (trial.desk, trial.talks[0])
        first.kill()
        first.start(CONTESTA_PAUSE_AT="attempt-committed")
        exchange = trial.begin(talk)
        eventually("the pause", lambda: is_paused(first))
        cluster.end_sessions()
        with another_server(trial, cluster) as second:
            take_over(trial, second)
            exchange.result()
            ((text, message),) = talk.answered.items()
            assert talk.status_of(text) == "unknown"
            second.api.post(f"messages/{message}/resolve-unknown", {"outcome": "send_again"})
            assert "delivers from this database now" in end_of(first)
            trial.talks[1].exchange()
            trial.judge()


def test_a_server_paused_under_load_ends_when_another_has_taken_over() -> None:
    """Row 69."""
    with Cluster.running() as cluster, Trial.begun(people=4, database=cluster.url) as trial, another_server(trial, cluster) as second:
        first = trial.desk
        with trial.going_on():
            trial.wait_for_exchanges(4)
            first.process.send_signal(signal.SIGSTOP)
            cluster.end_sessions()
            take_over(trial, second)
            trial.wait_for_exchanges(4)
            assert "delivers from this database now" in end_of(first)
            trial.wait_for_exchanges(4)
        trial.judge()
