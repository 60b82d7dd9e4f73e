"""Several folders of one mailbox, and the comparison of what lies there with what was seen, against each IMAP server (Dovecot, Cyrus)."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Iterator

import pytest

from desk import Desk, eventually
from dovecot import Dovecot
from mail_desk import answered, letter, mail_desk, read, wait_for_health
from servers import IMAP_SERVERS, MailServers

MARTA = MailServers.MARTA


@pytest.fixture(scope="module", params=IMAP_SERVERS, ids=lambda kind: kind.name)
def servers(request: pytest.FixtureRequest) -> Iterator[MailServers]:
    with MailServers.started(request.param) as servers:
        yield servers


@pytest.fixture(scope="module")
def orders(servers: MailServers) -> str:
    """The name of a second folder in which people write."""
    name = servers.imap_server.child("Pedidos")
    make(servers, name)
    return name


@pytest.fixture(scope="module")
def desk(servers: MailServers, orders: str) -> Iterator[Desk]:
    with mail_desk(servers, look_seconds="3", folders=f"INBOX, {orders}", mark_answered="on") as desk:
        yield desk


def make(servers: MailServers, folder: str) -> None:
    with servers.mailbox(MARTA) as mailbox:
        assert mailbox.create(folder)[0] == "OK"


def validity(servers: MailServers, folder: str) -> bytes:
    with servers.mailbox(MARTA) as mailbox:
        mailbox.select(folder, readonly=True)
        return mailbox.response("UIDVALIDITY")[1][0]


def laid(servers: MailServers, folder: str, *mails: bytes) -> None:
    with servers.mailbox(MARTA) as mailbox:
        for mail in mails:
            assert mailbox.append(folder, None, imaplib.Time2Internaldate(time.time()), mail)[0] == "OK"


def from_somebody(name: str, address: str = "") -> bytes:
    return letter("¿Tienen pan?", subject=f"Pedido de {name}", sender=f"{name} <{address or name.lower() + '@cliente.example'}>")


def delivered(servers: MailServers, name: str, address: str = "") -> None:
    servers.deliver("x@cliente.example", MARTA, from_somebody(name, address))


def names(desk: Desk) -> list[str]:
    return sorted(each["contact"]["name"] for each in desk.api.get("conversations", state="all", limit="100")["items"])


def message_count(desk: Desk) -> int:
    conversations = desk.api.get("conversations", state="all", limit="100")["items"]
    return sum(len(desk.api.messages(each["id"])) for each in conversations)


def test_each_folder_is_collected(servers: MailServers, desk: Desk, orders: str) -> None:
    delivered(servers, "Uma", MailServers.ANA.address)
    laid(servers, orders, from_somebody("Vito"))
    uma, vito = desk.conversation_with("Uma"), desk.conversation_with("Vito")
    assert all(desk.api.get(f"conversations/{each}")["state"] == "owed" for each in (uma, vito))


def test_an_answered_mail_is_marked_where_that_is_wished_and_no_other(servers: MailServers, desk: Desk) -> None:
    delivered(servers, "Zoe")
    desk.conversation_with("Zoe")
    answered(desk, desk.conversation_with("Uma"), "Sí.", "uma")
    eventually("the mark", lambda: [b"\\Answered" in flags for flags in servers.flags(MARTA)] == [True, False])
    assert all(b"\\Seen" not in flags for flags in servers.flags(MARTA))


def test_what_lies_on_the_server_is_what_was_seen(servers: MailServers, desk: Desk, orders: str) -> None:
    servers.stop_imap()
    wait_for_health(desk, "attention", "Nothing can be collected")
    delivered(servers, "Wanda")
    servers.start_imap()
    desk.conversation_with("Wanda")
    count = servers.count(MARTA, "INBOX", orders)
    wait_for_health(desk, "good", f"{count} of {count} mails on the server are here")


def test_a_folder_that_is_gone_stops_no_other(servers: MailServers, desk: Desk, orders: str) -> None:
    with servers.mailbox(MARTA) as mailbox:
        assert mailbox.delete(orders)[0] == "OK"
    wait_for_health(desk, "attention", f"does not open the folder {orders}")
    delivered(servers, "Xenia")
    desk.conversation_with("Xenia")
    make(servers, orders)
    count = servers.count(MARTA, "INBOX")
    wait_for_health(desk, "good", f"{count} of {count} mails on the server are here")


def test_a_folder_that_was_made_anew_brings_nothing_twice(servers: MailServers, desk: Desk, orders: str) -> None:
    """Its numbers begin again, those of mails and those of changes (CONDSTORE), and mean others than before. As many mails as before lie in
    it, so that the numbers alone tell nothing."""
    first = [from_somebody("Yago"), from_somebody("Yara")]
    laid(servers, orders, *first)
    eventually("both", lambda: {"Yago", "Yara"} <= set(names(desk)))
    known, before = message_count(desk), validity(servers, orders)
    with servers.mailbox(MARTA) as mailbox:
        assert mailbox.delete(orders)[0] == "OK"
    make(servers, orders)
    assert validity(servers, orders) != before
    laid(servers, orders, from_somebody("Yelena"), first[1])
    desk.conversation_with("Yelena")
    count = servers.count(MARTA, "INBOX", orders)
    wait_for_health(desk, "good", f"{count} of {count} mails on the server are here")
    assert message_count(desk) == known + 1


class WithoutSentFolder(Dovecot):
    """As many servers: the folder of sent mails is made with the first mail that is sent."""

    def prepare(self, values: dict[str, object]) -> None:
        super().prepare(values)
        settings = self.servers.folder / "dovecot.conf"
        assert "auto = subscribe" in settings.read_text()
        settings.write_text(settings.read_text().replace("auto = subscribe", "auto = no"))


def test_a_folder_of_sent_mails_that_is_made_later_is_found_and_read_from_its_first_mail() -> None:
    with MailServers.started(WithoutSentFolder) as servers, mail_desk(servers, look_seconds="2") as desk:
        asked = from_somebody("Xoel")
        servers.deliver("x@cliente.example", MARTA, asked)
        xoel = desk.conversation_with("Xoel")
        make(servers, servers.imap_server.sent)
        laid(servers, servers.imap_server.sent, letter("Sí.", sender=MARTA.address, to="xoel@cliente.example", answering=read(asked)))
        eventually("the principal's answer", lambda: desk.api.get(f"conversations/{xoel}")["state"] == "answered")
