"""The desk can't reach its database, and reaches the provider well: it takes nothing in, and sends nothing that it could not record."""

from __future__ import annotations

import httpx

from cluster import Cluster
from desk import eventually
from trial import Trial
from wire import Wire
from words import say

LONG_SECONDS = 90
PATIENCE_OF_PEOPLE_SECONDS = 3


def refusals(trial: Trial) -> int:
    return sum(each["status"] == 503 for each in trial.desk.simulator.get("deliveries")["items"])


def page(trial: Trial) -> httpx.Response | None:
    """The queue, as a browser in Spanish asks for it; None when whoever asks has lost patience."""
    token = trial.desk.api.http.headers["Authorization"]
    headers = {"Authorization": token, "Accept": "text/html", "Accept-Language": "es"}
    try:
        return httpx.get(trial.desk.url, headers=headers, timeout=PATIENCE_OF_PEOPLE_SECONDS)
    except httpx.TimeoutException:
        return None


def refused_page(trial: Trial) -> httpx.Response | None:
    answer = page(trial)
    return answer if answer and answer.status_code == 503 else None


def test_cut_off_from_its_database_the_desk_refuses_and_sends_nothing_and_then_goes_on() -> None:
    """Row 70. The database's connections stay open, and nothing comes through."""
    with Cluster.running() as cluster, Wire.laid() as wire:
        cut_off = f"postgres://contesta@127.0.0.1:{httpx.URL(wire.leading_to(cluster.url)).port}/postgres"
        with Trial.begun(people=4, database=cut_off) as trial:
            simulator = trial.desk.simulator
            visitor = simulator.add_contact("Visita", phone="5491155559999")
            with trial.going_on():
                trial.wait_for_exchanges(4)
                wire.fall_silent()
                simulator.write(visitor, "¿Hay alguien?")
                answer = eventually("a page that says so", lambda: refused_page(trial), LONG_SECONDS)
                assert say("error.503.title") in answer.text
                sent = simulator.receipts()
                simulator.write(visitor, "¿Hola?")
                eventually("a refused webhook", lambda: refusals(trial) >= 1, LONG_SECONDS)
                assert simulator.receipts() == sent, "a reply went out whose claim nobody could record"
                wire.recover()
                trial.wait_for_exchanges(4)
            assert trial.desk.process.poll() is None, "the desk went on by itself"
            trial.judge()
            conversation = trial.desk.conversation_with("Visita")
            heard = {each["text"] for each in trial.desk.api.messages(conversation)}
            assert heard == {"¿Hay alguien?", "¿Hola?"}, "the provider's calls were refused, and so it came again"
