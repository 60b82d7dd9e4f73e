"""The principal's daily summary leaves by the desk's own mailbox, with the ledger's signed head, and comes back to it without harm."""

from __future__ import annotations

import pathlib
import subprocess
from collections.abc import Iterator
from email.message import EmailMessage

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conftest import launched, sign_in, visits  # noqa: F401 (a fixture)
from desk import Desk, eventually
from mail_desk import letter, mail_desk, read
from servers import MailServers
from simulator import binary
from words import say

ANA = MailServers.ANA
MARTA = MailServers.MARTA


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture(scope="module")
def servers() -> Iterator[MailServers]:
    with MailServers.started() as servers:
        yield servers


@pytest.fixture(scope="module")
def desk(servers: MailServers) -> Iterator[Desk]:
    with mail_desk(servers, look_seconds="3") as desk:
        servers.deliver(ANA.address, MARTA, letter("Un secreto: ¿tienen pan?"))
        desk.conversation_with("Ana Prado")
        yield desk


@pytest.fixture(scope="module")
def summary(servers: MailServers, desk: Desk, browser: Browser) -> EmailMessage:
    """The mail that leaves when Marta wants one now. Her own address is the mailbox's: it lands among what people write to her."""
    context = browser.new_context(locale="es-ES")
    page = context.new_page()
    sign_in(page, desk.url)
    planned(page, desk)
    page.get_by_role("button", name=say("summary.now")).click()
    expect(page.get_by_text(say("flash.summaryOnItsWay"))).to_be_visible()

    def find() -> EmailMessage | None:
        mails = (read(raw) for raw in servers.wait_for_mail(MARTA))
        return next((mail for mail in mails if mail["Auto-Submitted"]), None)

    found = eventually("the summary", find)
    context.close()
    return found


def planned(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/ledger")
    page.get_by_role("link", name=say("summary.fromLedger")).click()
    page.get_by_label(say("summary.time")).fill("20:30")
    page.get_by_role("button", name=say("summary.begin")).click()
    expect(page.get_by_text(say("flash.summarySaved"))).to_be_visible()
    expect(page.get_by_label(say("summary.time"))).to_have_value("20:30")
    assert Axe().run(page).response["violations"] == []


def test_it_says_who_waits_and_nothing_of_what_they_wrote(summary: EmailMessage) -> None:
    text = summary.get_body(("plain",)).get_content()
    assert "Ana Prado" in text and "1 persona espera respuesta" in summary["Subject"]
    assert "secreto" not in summary.as_string() and ANA.address not in text
    assert summary["To"].addresses[0].addr_spec == MARTA.address
    assert summary["Auto-Submitted"] == "auto-generated"


def test_its_head_proves_the_ledger(summary: EmailMessage, desk: Desk, tmp_path: pathlib.Path) -> None:
    files = {part.get_filename(): part.get_content().decode() for part in summary.iter_attachments()}
    (head,) = (text for name, text in files.items() if name.endswith(".head"))
    (key,) = (text for name, text in files.items() if name.endswith(".key"))
    assert verified(desk, tmp_path, head).returncode == 0
    forged = head.replace(head.splitlines()[2], "A" * 43 + "=")
    assert forged != head and verified(desk, tmp_path, forged).returncode == 1
    assert key.strip().startswith("contesta.ledger/")


def verified(desk: Desk, folder: pathlib.Path, head: str) -> subprocess.CompletedProcess[str]:
    file = folder / "outside.head"
    file.write_text(head, newline="\n")
    return subprocess.run(
        [binary(), "ledger", "verify", *desk.store, "--head", str(file)], capture_output=True, text=True, timeout=120)


def test_coming_back_it_is_owed_to_nobody(summary: EmailMessage, servers: MailServers, desk: Desk) -> None:
    """What came after it has been taken, so it has been too."""
    servers.deliver("eva@cliente.example", MARTA, letter("¿Abren hoy?", sender="Eva Sol <eva@cliente.example>"))
    desk.conversation_with("Eva Sol")
    names = {each["contact"]["name"] for each in desk.api.get("conversations", state="all", limit="100")["items"]}
    assert names == {"Ana Prado", "Eva Sol"}


def test_it_is_ended_with_one_press(summary: EmailMessage, desk: Desk, visits) -> None:  # noqa: F811
    page = visits.context().new_page()
    sign_in(page, desk.url)
    page.goto(f"{desk.url}/ledger")
    expect(page.get_by_text("Salió por correo")).to_be_visible()
    page.get_by_role("link", name=say("summary.fromLedger")).click()
    expect(page.get_by_text("El último salió")).to_be_visible()
    page.get_by_role("button", name=say("summary.end")).click()
    expect(page.get_by_text(say("flash.summaryEnded"))).to_be_visible()
    expect(page.get_by_role("button", name=say("summary.begin"))).to_be_visible()
