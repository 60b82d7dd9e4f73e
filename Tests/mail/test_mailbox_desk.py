"""A stranger's mail program and the desk converse through real servers (Dovecot or Cyrus, Postfix)."""

from __future__ import annotations

import imaplib
import time
from collections.abc import Iterator

import pytest

from desk import Desk, eventually
from mail_desk import answered, conversations, letter, mail_desk, read
from servers import IMAP_SERVERS, MailServers

ANA = MailServers.ANA
MARTA = MailServers.MARTA


@pytest.fixture(scope="module", params=IMAP_SERVERS, ids=lambda kind: kind.name)
def servers(request: pytest.FixtureRequest) -> Iterator[MailServers]:
    with MailServers.started(request.param) as servers:
        yield servers


@pytest.fixture(scope="module")
def desk(servers: MailServers) -> Iterator[Desk]:
    with mail_desk(servers, look_seconds="3") as desk:
        yield desk


def state(desk: Desk, conversation: str) -> str:
    return desk.api.get(f"conversations/{conversation}")["state"]


def conversation_about(desk: Desk, subject: str) -> str:
    """The id of the conversation whose first mail has this subject, as soon as there is one."""
    def find() -> str | None:
        ids = (each["id"] for each in conversations(desk))
        return next((each for each in ids if desk.api.messages(each)[0]["mail"]["subject"] == subject), None)

    return eventually(f"a conversation about “{subject}”", find)


def newest(servers: MailServers, subject: str):
    """The newest mail for Ana of this subject."""
    def find():
        mails = [read(raw) for raw in servers.wait_for_mail(ANA)]
        return next((mail for mail in reversed(mails) if mail["Subject"] == subject), None)

    return eventually(f"a mail “{subject}”", find)


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
    assert len(conversations(desk)) == 1


def test_what_is_new_is_a_thread_of_its_own(servers: MailServers, desk: Desk) -> None:
    before = {each["id"] for each in conversations(desk)}
    servers.deliver(ANA.address, MARTA, letter("¿Y facturas?", subject="Otra cosa"))
    eventually("a second conversation with Ana", lambda: len({each["id"] for each in conversations(desk)} - before) == 1)


def test_a_stranger_in_a_thread_gets_one_of_their_own(servers: MailServers, desk: Desk) -> None:
    """They know the id of our mail, because somebody showed it to them: an answer to them never goes to Ana, nor hers to them."""
    servers.deliver(ANA.address, MARTA, letter("¿A qué hora abren?", subject="Horario", sender="Ana Uno <ana@cliente.example>"))
    ana = conversation_about(desk, "Horario")
    answered(desk, ana, "A las ocho.", "horario")
    ours = newest(servers, "Re: Horario")
    servers.deliver("luis@cliente.example", MARTA, letter("Soy Luis.", sender="Luis Paz <luis@cliente.example>", answering=ours))
    luis = desk.conversation_with("Luis Paz")
    assert luis != ana
    (message,) = desk.api.messages(luis)
    assert "answers_another" in message["mail"]["warnings"]
    assert desk.api.get(f"conversations/{luis}")["contact"]["address"] == "luis@cliente.example"


def test_an_absence_notice_is_shown_and_owed_to_nobody(servers: MailServers, desk: Desk) -> None:
    servers.deliver("eva@cliente.example", MARTA, letter(
        "Estoy de viaje.", subject="Fuera de la oficina", sender="Eva Sol <eva@cliente.example>", Auto_Submitted="auto-replied"))
    eva = desk.conversation_with("Eva Sol")
    assert state(desk, eva) == "closed"
    assert desk.api.messages(eva)[0]["mail"]["automation"] == "automatic_answer"


def test_a_bounce_fails_the_reply_and_reopens_what_is_owed(servers: MailServers, desk: Desk) -> None:
    """The server takes the reply over, and sends it back later: its forwarding leads nowhere."""
    servers.deliver("rebota@cliente.example", MARTA, letter("¿Hay tortas?", subject="Tortas", sender="Nadie <rebota@cliente.example>"))
    conversation = desk.conversation_with("Nadie")
    message = desk.api.reply(conversation, "Sí, hay.", "bounce")
    eventually("the bounce", lambda: desk.api.status(conversation, message["id"]) == "failed")
    assert state(desk, conversation) == "owed"
    failed = next(each for each in desk.api.messages(conversation) if each["id"] == message["id"])
    assert failed["failure"]["code"].startswith("5.")
    eventually("the report", lambda: len(desk.api.messages(conversation)) == 3)
    kinds = [each["mail"]["automation"] for each in desk.api.messages(conversation) if each["direction"] == "inbound"]
    assert kinds == [None, "bounce"]


def laid_into_sent(servers: MailServers, mail: bytes) -> None:
    with servers.mailbox(MARTA) as mailbox:
        assert mailbox.append(servers.imap_server.sent, "\\Seen", imaplib.Time2Internaldate(time.time()), mail)[0] == "OK"


def test_what_the_principal_answered_elsewhere_ends_what_is_owed(servers: MailServers, desk: Desk) -> None:
    asked = letter("¿Llevan a domicilio?", subject="Domicilio", sender="Iván Gil <ivan@cliente.example>")
    servers.deliver("ivan@cliente.example", MARTA, asked)
    ivan = desk.conversation_with("Iván Gil")
    assert state(desk, ivan) == "owed"
    laid_into_sent(servers, letter(
        "Sí, llevamos.", sender="Marta <marta@laespiga.example>", to="ivan@cliente.example", answering=read(asked)))
    laid_into_sent(servers, letter("Querido notario.", subject="Privado", sender=MARTA.address, to="notario@lejos.example"))
    eventually("the principal's answer", lambda: state(desk, ivan) == "answered", patience=100)
    assert [each["direction"] for each in desk.api.messages(ivan)] == ["inbound", "echo"]
    assert all("notario" not in each["contact"]["address"] for each in conversations(desk))


def sent_subjects(servers: MailServers) -> list[str]:
    with servers.mailbox(MARTA) as mailbox:
        mailbox.select(servers.imap_server.sent, readonly=True)
        return [read(each[1])["Subject"] for each in mailbox.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(each, tuple)]


def test_a_copy_of_each_reply_is_laid_down_once(servers: MailServers, desk: Desk) -> None:
    servers.deliver(ANA.address, MARTA, letter("¿Sin gluten?", subject="Gluten"))
    desk.api.reply(conversation_about(desk, "Gluten"), "También.", "gluten")
    eventually("the copy", lambda: "Re: Gluten" in sent_subjects(servers))
    assert sent_subjects(servers).count("Re: Gluten") == 1


def test_marks_of_other_programs_stay(servers: MailServers, desk: Desk) -> None:
    assert all(b"\\Seen" not in flags and b"\\Answered" not in flags for flags in servers.flags(MARTA))


def test_files_come_and_go(servers: MailServers, desk: Desk) -> None:
    mail = read(letter("Va el plano.", subject="Plano", sender="Sol Vera <sol@cliente.example>"))
    mail.add_attachment(b"%PDF-1.4 plano", maintype="application", subtype="pdf", filename="plano año 2026.pdf")
    servers.deliver("sol@cliente.example", MARTA, mail.as_bytes())
    sol = desk.conversation_with("Sol Vera")
    eventually("the file", lambda: desk.api.messages(sol)[0]["attachments"][0].get("url"))
    file = desk.api.messages(sol)[0]["attachments"][0]
    assert file["file_name"] == "plano año 2026.pdf"
    assert desk.api.http.get(file["url"].removeprefix("/api/v1/")).content == b"%PDF-1.4 plano"


def test_a_server_that_was_away_is_asked_for_everything(servers: MailServers, desk: Desk) -> None:
    servers.stop_imap()
    servers.deliver("nora@cliente.example", MARTA, letter("¿Me oyen?", subject="Lejos", sender="Nora Ruiz <nora@cliente.example>"))
    servers.start_imap()
    eventually("Nora's mail", lambda: any(each["contact"]["name"] == "Nora Ruiz" for each in conversations(desk)), patience=60)


def test_new_numbers_of_the_server_bring_nothing_twice(servers: MailServers, desk: Desk) -> None:
    """UIDVALIDITY changes when a server is rebuilt: all its numbers are worth nothing then."""
    before = sum(len(desk.api.messages(each["id"])) for each in conversations(desk))
    servers.renumber(MARTA)
    servers.deliver("rita@cliente.example", MARTA, letter("Después.", subject="Nuevo", sender="Rita Paz <rita@cliente.example>"))
    desk.conversation_with("Rita Paz")
    assert sum(len(desk.api.messages(each["id"])) for each in conversations(desk)) == before + 1


def test_the_server_says_by_itself_that_something_came(servers: MailServers) -> None:
    """IDLE: well before the look that is taken without it."""
    with mail_desk(servers, look_seconds="300") as desk:
        servers.deliver("uno@cliente.example", MARTA, letter("Uno.", subject="Uno", sender="Uno <uno@cliente.example>"))
        desk.conversation_with("Uno")
        servers.deliver("dos@cliente.example", MARTA, letter("Dos.", subject="Dos", sender="Dos <dos@cliente.example>"))
        desk.conversation_with("Dos")
