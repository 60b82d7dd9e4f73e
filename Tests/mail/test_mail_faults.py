"""What mail servers do to a desk when they do their worst (docs/reliability.md, e-mail)."""

from __future__ import annotations

import imaplib
import re
import time
from collections.abc import Iterable, Iterator

import pytest

from desk import Desk, eventually
from mail_desk import answered, handed_to, in_the_clear, letter, letter_from, mail_desk, names, wait_for_health
from peers import cut_wire, noting, submission_server
from servers import IMAP_SERVERS, MailServers

MARTA = MailServers.MARTA


@pytest.fixture(scope="module", params=IMAP_SERVERS, ids=lambda kind: kind.name)
def servers(request: pytest.FixtureRequest) -> Iterator[MailServers]:
    with MailServers.started(request.param) as servers:
        yield servers


def asked(servers: MailServers, desk: Desk, name: str) -> str:
    """A conversation in which somebody new has asked."""
    servers.deliver(f"{name.lower()}@cliente.example", MARTA, letter_from(name))
    return desk.conversation_with(name)


def fetched(lines: Iterable[bytes]) -> list[tuple[bytes, int]]:
    """The folders and numbers of the mails that were asked for whole, as often as they were."""
    folder, found = b"", []
    for line in lines:
        if opened := re.search(rb'EXAMINE "([^"]+)"', line):
            folder = opened[1]
        if asked_for := re.search(rb"UID FETCH ([\d,]+) \(.*BODY\.PEEK\[\]", line):
            found += [(folder, int(number)) for number in asked_for[1].split(b",")]
    return found


def test_a_server_that_says_later_gets_the_same_mail_later_and_once(servers: MailServers) -> None:
    with submission_server("451") as peer, mail_desk(servers, look_seconds="3", **handed_to(peer)) as desk:
        conversation = asked(servers, desk, "Bea")
        message = desk.api.reply(conversation, "Sí.", "later")
        eventually("the second try", lambda: desk.api.status(conversation, message["id"]) == "accepted", patience=60)
        assert len(peer.mails) == 1


def test_a_server_that_says_no_fails_the_reply_and_it_is_owed_again(servers: MailServers) -> None:
    with submission_server("550") as peer, mail_desk(servers, look_seconds="3", **handed_to(peer)) as desk:
        conversation = asked(servers, desk, "Blas")
        message = desk.api.reply(conversation, "Sí.", "no")
        eventually("the refusal", lambda: desk.api.status(conversation, message["id"]) == "failed")
        assert desk.api.get(f"conversations/{conversation}")["state"] == "owed"
        assert peer.mails == []


def test_a_connection_lost_after_the_dot_is_unknown_until_the_mail_lies_among_the_sent_ones(servers: MailServers) -> None:
    with submission_server("lost") as peer, mail_desk(servers, look_seconds="3", **handed_to(peer)) as desk:
        conversation = asked(servers, desk, "Caro")
        message = desk.api.reply(conversation, "Sí.", "lost")
        eventually("nobody to know", lambda: desk.api.status(conversation, message["id"]) == "unknown", patience=60)
        assert len(peer.mails) == 1
        with servers.mailbox(MARTA) as mailbox:
            mailbox.append(servers.imap_server.sent, "\\Seen", imaplib.Time2Internaldate(time.time()), peer.mails[0])
        eventually("the copy to be found", lambda: desk.api.status(conversation, message["id"]) in ("accepted", "sent"), patience=100)
        assert len(peer.mails) == 1


def test_a_mail_that_the_server_cannot_give_stops_no_other(servers: MailServers) -> None:
    """The connection ends whenever that one is asked for, alone or with others."""
    poison: set[int] = set()

    def forbids(line: bytes) -> bool:
        return bool(poison & {number for _, number in fetched([line])})

    with cut_wire(servers.imap, forbids) as wire:
        with mail_desk(servers, **in_the_clear(wire.port)) as desk:
            asked(servers, desk, "Dora")
            with servers.mailbox(MARTA) as mailbox:
                mailbox.select(readonly=True)
                poison.add(int(mailbox.response("UIDNEXT")[1][0]))
            for name in ("Poison", "Elsa", "Fito"):
                servers.deliver("x@cliente.example", MARTA, letter_from(name))
            eventually("those behind it", lambda: {"Elsa", "Fito"} <= set(names(desk)), patience=120)
            assert "Poison" not in names(desk)
            assert wire.cuts >= 3
            count = servers.count(MARTA, "INBOX")
            wait_for_health(desk, "attention", f"{count - 1} of {count} mails on the server are here")


def test_a_copy_that_cannot_be_laid_down_is_tried_again_and_the_reply_is_not_sent_again(servers: MailServers) -> None:
    with submission_server() as peer, mail_desk(servers, **handed_to(peer)) as desk:
        conversation = asked(servers, desk, "Gala")
        servers.stop_imap()
        message = desk.api.reply(conversation, "Sí.", "copy")
        eventually("the reply to leave", lambda: desk.api.status(conversation, message["id"]) == "accepted", patience=60)
        servers.start_imap()
        eventually("the copy", lambda: copies(servers, "Re: Pregunta de Gala"), patience=90)
        assert (copies(servers, "Re: Pregunta de Gala"), len(peer.mails)) == (1, 1)


def copies(servers: MailServers, subject: str) -> int:
    with servers.mailbox(MARTA) as mailbox:
        mailbox.select(servers.imap_server.sent, readonly=True)
        return len(mailbox.search(None, "HEADER", "Subject", f'"{subject}"')[1][0].split())


def test_two_mails_of_one_message_id_are_two(servers: MailServers) -> None:
    with mail_desk(servers) as desk:
        for name in ("Hilda", "Inés"):
            mail = letter("Hola.", subject=name, sender=f"{name} <{name[0].lower()}@cliente.example>")
            servers.deliver("x@cliente.example", MARTA, re.sub(rb"Message-ID: .*", b"Message-ID: <uno@cliente.example>", mail))
        eventually("both", lambda: {"Hilda", "Inés"} <= set(names(desk)))


def test_a_mail_that_was_gone_again_leaves_the_server_in_peace(servers: MailServers) -> None:
    """Its number is missing for ever; whoever waits for it would ask again and again."""
    asked_for: list[bytes] = []
    servers.deliver("x@cliente.example", MARTA, letter("Me quedo.", subject="Queda"))
    servers.wait_for_subject(MARTA, "Queda")
    with servers.mailbox(MARTA) as mailbox:
        servers.deliver("x@cliente.example", MARTA, letter("Adiós.", subject="Efimero"))
        servers.wait_for_subject(MARTA, "Efimero")
        mailbox.select()
        mailbox.store(mailbox.response("EXISTS")[1][-1], "+FLAGS", "\\Deleted")
        mailbox.expunge()
    with cut_wire(servers.imap, noting(asked_for)) as wire:
        with mail_desk(servers, **in_the_clear(wire.port)):
            eventually("the desk to wait for news", lambda: any(b"IDLE" in line for line in asked_for))


def test_what_another_program_reads_moves_away_and_brings_back_is_fetched_once_a_number_and_there_once(servers: MailServers) -> None:
    """Row 33. Back from another folder a mail has another number, and nobody can know it without a look."""
    lines: list[bytes] = []
    with cut_wire(servers.imap, noting(lines)) as wire, submission_server() as peer:
        with mail_desk(servers, **in_the_clear(wire.port), **handed_to(peer)) as desk, servers.mailbox(MARTA) as mailbox:
            lola = asked(servers, desk, "Lola")
            answered(desk, lola, "Sí, desde las ocho.", "lola")
            archive = servers.imap_server.child("Archivo")
            assert mailbox.create(archive)[0] == "OK"
            mailbox.select()
            number = mailbox.uid("SEARCH", "HEADER", "Subject", '"Pregunta de Lola"')[1][0].decode()
            mailbox.uid("STORE", number, "+FLAGS", "\\Seen")
            asked(servers, desk, "Mina")
            assert mailbox.uid("MOVE", number, archive)[0] == "OK"
            asked(servers, desk, "Nico")
            mailbox.select(archive)
            assert mailbox.uid("MOVE", "1:*", "INBOX")[0] == "OK"
            asked(servers, desk, "Olivia")
            assert sorted(fetched(lines)) == sorted(set(fetched(lines)))
            assert names(desk).count("Lola") == 1
            assert [each["direction"] for each in desk.api.messages(lola)] == ["inbound", "outbound"]
            assert desk.api.get(f"conversations/{lola}")["state"] == "answered"
