"""The line to the server of incoming mail: closed to whoever has yesterday's password."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import httpx
import pytest

from desk import Desk, eventually
from mail_desk import checked, letter_from, mail_desk, names
from servers import Mailbox, MailServers
from simulator import binary
from words import say

MARTA = MailServers.MARTA
#: Reference fault row 77.
TOLD_SECONDS = 60


@pytest.fixture
def servers() -> Iterator[MailServers]:
    with MailServers.started() as servers:
        yield servers


def written(servers: MailServers, to: Mailbox, name: str) -> None:
    servers.deliver("x@cliente.example", to, letter_from(name))


def health_page(desk: Desk) -> str:
    """As a browser in Spanish shows it."""
    headers = {"Authorization": desk.api.http.headers["Authorization"], "Accept": "text/html", "Accept-Language": "es"}
    return httpx.get(f"{desk.url}/health", headers=headers, timeout=30).text


def test_a_password_that_is_worth_nothing_any_more_is_told_of_and_with_the_new_one_all_comes(servers: MailServers) -> None:
    """Row 77."""
    with mail_desk(servers) as desk:
        written(servers, MARTA, "Uno")
        desk.conversation_with("Uno")
        renewed = servers.change_password(MARTA, "cuatro panes con sal")
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
