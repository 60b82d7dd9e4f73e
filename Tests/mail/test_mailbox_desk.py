"""A stranger's mail program and the desk converse through real servers (Dovecot, Postfix)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desk import Desk, eventually
from mail_desk import answered, letter, mail_desk, read
from servers import MailServers

ANA = MailServers.ANA
MARTA = MailServers.MARTA


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with MailServers.started() as servers:
        yield servers


@pytest.fixture(scope="module")
def desk(servers: MailServers) -> Iterator[Desk]:
    with mail_desk(servers) as desk:
        yield desk


def test_ten_turns_stay_one_thread_on_both_sides(servers: MailServers, desk: Desk) -> None:
    servers.deliver(ANA.address, MARTA, letter("¿Tienen pan de centeno?", subject="Pan de centeno"))
    conversation = desk.conversation_with("Ana Prado")
    for turn in range(1, 11):
        answered(desk, conversation, f"Sí, turno {turn}.", f"turn {turn}")
        ours = read(servers.wait_for_mail(ANA, turn)[-1])
        assert ours["Subject"] == "Re: Pan de centeno"
        assert len(ours["References"].split()) == min(2 * turn - 1, 20)
        assert ours.get_body(("plain",)).get_content().splitlines()[0] == f"Sí, turno {turn}."
        servers.deliver(ANA.address, MARTA, letter(f"Gracias por el turno {turn}.", answering=ours))
        eventually("Ana's answer", lambda turn=turn: len(desk.api.messages(conversation)) == 2 * turn + 1)
    messages = desk.api.messages(conversation)
    inbound = [each["text"] for each in messages if each["direction"] == "inbound"]
    assert inbound == ["¿Tienen pan de centeno?", *(f"Gracias por el turno {turn}." for turn in range(1, 11))]
    assert len(desk.api.get("conversations", state="all")["items"]) == 1
