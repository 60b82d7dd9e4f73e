"""The line to the server of incoming mail: silent for good, and closed to whoever has yesterday's password."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator

import httpx
import pytest

from desk import Desk, eventually
from mail_desk import checked, connect, in_the_clear, letter_from, mail_desk, names
from peers import cut_wire, noting
from servers import Mailbox, MailServers
from simulator import binary
from wire import Wire
from words import say

ANA = MailServers.ANA
MARTA = MailServers.MARTA
#: Reference fault row 36.
RECONNECT_SECONDS = 90
#: Reference fault row 77.
TOLD_SECONDS = 60


@pytest.fixture
def servers() -> Iterator[MailServers]:
    with MailServers.started() as servers:
        yield servers


def led_over(wire: Wire, servers: MailServers) -> int:
    """The port at which the server of incoming mail is reached over the wire."""
    return httpx.URL(wire.leading_to(f"imap://127.0.0.1:{servers.imap}")).port


def written(servers: MailServers, to: Mailbox, name: str) -> None:
    servers.deliver("x@cliente.example", to, letter_from(name))


def health_page(desk: Desk) -> str:
    """As a browser in Spanish shows it."""
    headers = {"Authorization": desk.api.http.headers["Authorization"], "Accept": "text/html", "Accept-Language": "es"}
    return httpx.get(f"{desk.url}/health", headers=headers, timeout=30).text


def test_a_line_that_falls_silent_in_the_wait_for_news_is_told_of_and_given_up_and_nothing_is_lost(servers: MailServers) -> None:
    """Row 36. Marta's line is forgotten by a router: only a new one works. Ana's server answers nobody for a while. `look_seconds` is the
    shortest: the desk waits for it, and then for as long as it has patience with a server."""
    asked: list[bytes] = []
    with Wire.laid() as forgotten, Wire.laid() as silent, cut_wire(led_over(forgotten, servers), noting(asked)) as tap:
        with mail_desk(servers, look_seconds="2", **in_the_clear(tap.port)) as desk:
            connect(desk, servers, ANA, "Ana", look_seconds="2", **in_the_clear(led_over(silent, servers)))
            written(servers, MARTA, "Uno")
            written(servers, ANA, "Dos")
            eventually("the first mails", lambda: names(desk) == ["Dos", "Uno"])
            said = len(asked)
            eventually("the wait for news", lambda: any(b"IDLE" in line for line in asked[said:]))
            forgotten.forget()
            silent.fall_silent()
            fell = time.monotonic()
            written(servers, MARTA, "Tres")
            written(servers, ANA, "Cuatro")
            eventually("word of it", lambda: "can't be collected from" in desk.log.read_text(), RECONNECT_SECONDS)
            eventually("Marta's mail", lambda: "Tres" in names(desk), RECONNECT_SECONDS - (time.monotonic() - fell))
            eventually("Ana's trouble", lambda: checked(desk, "Ana")["level"] == "attention", RECONNECT_SECONDS - (time.monotonic() - fell))
            assert "timedOut" in checked(desk, "Ana")["words"]
            assert say("health.collection.retrying") in health_page(desk)
            assert names(desk) == ["Dos", "Tres", "Uno"]
            silent.recover()
            eventually("Ana's mail", lambda: "Cuatro" in names(desk))
            eventually("the end of the trouble", lambda: checked(desk, "Ana")["level"] == "good")
            assert names(desk) == ["Cuatro", "Dos", "Tres", "Uno"]


def test_a_password_that_is_worth_nothing_any_more_is_told_of_and_with_the_new_one_all_comes(servers: MailServers) -> None:
    """Row 77."""
    with mail_desk(servers) as desk:
        written(servers, MARTA, "Uno")
        desk.conversation_with("Uno")
        renewed = servers.imap_server.change_password(MARTA, "cuatro panes con sal")
        written(servers, MARTA, "Dos")
        eventually("word of it", lambda: checked(desk)["level"] == "broken", TOLD_SECONDS)
        assert "inbox change" in checked(desk)["remedy"]
        assert say("health.collection.person") in health_page(desk)
        assert desk.log.read_text().count("[AUTHENTICATIONFAILED]") == 1, "a password that is wrong is not tried again and again"
        assert names(desk) == ["Uno"]
        desk.spoken.add(renewed.password)
        given = subprocess.run(
            [binary(), "inbox", "change", desk.inbox_id, *desk.store, "--try", "--secrets-stdin"],
            input=f"password={renewed.password}\n", capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert given.returncode == 0, given.stderr
        desk.conversation_with("Dos")
        eventually("the end of the trouble", lambda: checked(desk)["level"] == "good")
        assert names(desk) == ["Dos", "Uno"]
