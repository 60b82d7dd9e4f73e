"""PostgreSQL is stopped in the midst of the load, again and again: what was acknowledged is there."""

from __future__ import annotations

from cluster import Cluster
from desk import eventually
from trial import Trial


def test_a_database_stopped_under_load_loses_nothing_that_was_acknowledged() -> None:
    with Cluster.running() as cluster, Trial.begun(people=4, database=cluster.url) as trial:
        with trial.going_on():
            for _ in range(3):
                trial.wait_for_exchanges(3)
                cluster.stop()
                cluster.start()
            trial.wait_for_exchanges(3)
        assert trial.desk.process.poll() is None, "the desk went on by itself"
        trial.judge()


def test_a_desk_killed_under_load_finds_everything_in_its_database() -> None:
    with Cluster.running() as cluster, Trial.begun(people=4, database=cluster.url) as trial:
        with trial.going_on():
            for _ in range(3):
                trial.wait_for_exchanges(3)
                trial.desk.kill()
                trial.desk.start()
            trial.wait_for_exchanges(3)
        trial.judge()


def test_a_database_that_is_away_at_the_start_is_an_error_that_says_so() -> None:
    with Cluster.running() as cluster, Trial.begun(people=1, database=cluster.url) as trial:
        trial.desk.kill()
        cluster.stop()
        trial.desk.launch()
        assert eventually("the end", lambda: trial.desk.process.poll()) == 75
        cluster.start()
        trial.desk.start()
        trial.talks[0].exchange()
        trial.judge()
