"""The machine of the database is gone under load, and its synchronous standby takes its place."""

from __future__ import annotations

import pytest

from cluster import Cluster, Standby
from desk import eventually
from trial import Trial


@pytest.mark.parametrize("moment", range(2))
def test_a_promoted_standby_has_all_that_was_acknowledged_and_the_desk_goes_on_with_it(moment: int) -> None:
    """Row 67, with one server."""
    with Cluster.running() as primary, Standby.running(primary=primary) as standby:
        eventually("the standby to be waited for", standby.is_followed)
        with Trial.begun(people=4, database=standby.both) as trial:
            with trial.going_on():
                trial.wait_for_exchanges(4 + moment)
                primary.kill()
                standby.promote()
                trial.wait_for_exchanges(4)
            assert trial.desk.process.poll() is None, "the desk went on by itself"
            trial.judge()
