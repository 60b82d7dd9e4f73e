"""Connections that are open and dead, slow, or too many: what can go on goes on."""

from __future__ import annotations

import contextlib
import socket
import time

import httpx

from desk import eventually
from trial import Trial
from wire import Wire


def test_a_wire_that_falls_silent_leaves_what_was_under_way_unknown_and_then_all_goes_on() -> None:
    with Wire.laid() as wire, Trial.begun(people=3, wire=wire) as trial:
        with trial.going_on():
            trial.wait_for_exchanges(3)
            wire.fall_silent()
            eventually("a reply that nobody knows of", lambda: trial.unknown(), 60)
            wire.recover()
            trial.wait_for_exchanges(6)
        trial.judge()


def test_a_wire_that_is_cut_again_and_again_sends_nothing_twice() -> None:
    with Wire.laid() as wire, Trial.begun(people=4, wire=wire) as trial:
        with trial.going_on():
            for moment in range(20):
                trial.wait_for_exchanges(1)
                time.sleep(moment * 0.004)
                wire.cut()
        trial.judge()


def test_a_provider_that_accepts_and_says_nothing_leaves_the_reply_unknown_and_others_going() -> None:
    with Trial.begun(people=3) as trial:
        trial.desk.simulator.post("settings", {"statuses": "manual"})
        trial.desk.simulator.fault("delay", contact=trial.talks[0].contact, milliseconds=120_000)
        silent = trial.begin(trial.talks[0])
        trial.desk.simulator.wait_for_receipts(1, contact=trial.talks[0].contact)
        started = time.monotonic()
        for talk in trial.talks[1:]:
            talk.exchange()
        assert time.monotonic() - started < 20, "others waited for the silent one"
        silent.result()
        ((text, message),) = trial.talks[0].answered.items()
        assert trial.talks[0].status_of(text) == "unknown"
        trial.desk.api.post(f"messages/{message}/resolve-unknown", {"outcome": "was_sent"})
        trial.judge()


def unended(url: httpx.URL) -> socket.socket:
    """A connection that begins a request and never ends it."""
    connection = socket.create_connection((url.host, url.port))
    connection.sendall(b"POST /webhooks/x HTTP/1.1\r\nHost: desk\r\nContent-Length: 100000\r\n\r\n{")
    return connection


def test_a_thousand_requests_that_never_end_stop_nobody_and_are_closed() -> None:
    with Trial.begun(people=2) as trial, contextlib.ExitStack() as open_ones:
        held = [open_ones.enter_context(unended(httpx.URL(trial.desk.url))) for _ in range(1_000)]
        for talk in trial.talks:
            talk.exchange()
        trial.judge()
        for each in held:
            each.settimeout(60)
        eventually("the end of all of them", lambda: all(ended(each) for each in held), 60)


def ended(connection: socket.socket) -> bool:
    with contextlib.suppress(ConnectionError):
        while connection.recv(4_096):
            pass
    return True
