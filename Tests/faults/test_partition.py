"""The desk can't reach its database, and reaches the provider well: it takes nothing in, and sends nothing that it could not record."""

from __future__ import annotations

import httpx

from cluster import Cluster
from desk import eventually
from trial import Trial
from wire import Wire
from words import say

LONG_SECONDS = 90


def refusals(trial: Trial) -> int:
    return sum(each["status"] == 503 for each in trial.desk.simulator.get("deliveries")["items"])


def page(trial: Trial) -> httpx.Response:
    """The queue, as a browser in Spanish asks for it."""
    token = trial.desk.api.http.headers["Authorization"]
    headers = {"Authorization": token, "Accept": "text/html", "Accept-Language": "es"}
    return httpx.get(trial.desk.url, headers=headers, timeout=LONG_SECONDS)


def test_cut_off_from_its_database_the_desk_refuses_and_sends_nothing_and_then_goes_on() -> None:
    """Row 70. The database's connections stay open, and nothing comes through."""
    with Cluster.running() as cluster, Wire.laid() as wire:
        cut_off = f"postgres://contesta@127.0.0.1:{httpx.URL(wire.leading_to(cluster.url)).port}/postgres"
        with Trial.begun(people=4, database=cut_off) as trial:
            with trial.going_on():
                trial.wait_for_exchanges(4)
                wire.fall_silent()
                eventually("refused webhooks", lambda: refusals(trial) >= 2, LONG_SECONDS)
                sent = trial.desk.simulator.receipts()
                answer = page(trial)
                assert (answer.status_code, say("error.503.title") in answer.text) == (503, True)
                seen = refusals(trial)
                eventually("more refused webhooks", lambda: refusals(trial) >= seen + 2, LONG_SECONDS)
                assert trial.desk.simulator.receipts() == sent, "a reply went out whose claim nobody could record"
                wire.recover()
                trial.wait_for_exchanges(4)
            assert trial.desk.process.poll() is None, "the desk went on by itself"
            trial.judge()
