"""Connecting a mailbox: on the page, as a person does with Dovecot or Cyrus and Postfix at the other end, and at the command line."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from conftest import launched, sign_in, visits  # noqa: F401 (a fixture)
from desk import BUSINESS, Desk
from servers import IMAP_SERVERS, MailServers
from simulator import binary
from words import say

MARTA = MailServers.MARTA
ANA = MailServers.ANA
WRONG = "ninguna de las dos"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture(scope="module", params=IMAP_SERVERS, ids=lambda kind: kind.name)
def servers(request: pytest.FixtureRequest) -> Iterator[MailServers]:
    with MailServers.started(request.param) as servers:
        servers.deliver(ANA.address, MARTA, "Subject: Hola\r\n\r\n¿Tienen pan?\r\n")
        servers.wait_for_mail(MARTA)
        yield servers


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.start()
        yield desk


def asked(page: Page, desk: Desk, address: str) -> None:
    """Up to where the password is asked."""
    page.goto(f"{desk.url}/connect")
    page.get_by_role("link", name=say("connect.mailbox.action")).click()
    page.get_by_label(say("mailbox.address")).fill(address)
    page.get_by_role("button", name=say("mailbox.continue")).click()
    expect(page.get_by_role("heading", name=address)).to_be_visible()


def fill_servers(page: Page, servers: MailServers) -> None:
    page.get_by_text(say("mailbox.servers.title"), exact=False).first.click()
    for name, port in (("reading", servers.imaps), ("sending", servers.submissions)):
        server = page.get_by_role("group", name=say(f"mailbox.step.{name}"))
        server.get_by_label(say("mailbox.servers.host")).fill("localhost")
        server.get_by_label(say("mailbox.servers.port")).fill(str(port))
    page.get_by_label(say("mailbox.servers.authority")).fill(servers.authority.read_text())


def tried(page: Page, password: str) -> None:
    page.get_by_label(say("mailbox.password")).fill(password)
    page.get_by_role("button", name=say("mailbox.try")).click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_mailbox_is_connected_once_its_password_is_right(desk: Desk, servers: MailServers, visits, scripts: bool) -> None:  # noqa: F811
    page = visits.context(java_script_enabled=scripts).new_page()
    sign_in(page, desk.url)
    asked(page, desk, MARTA.address)
    fill_servers(page, servers)
    tried(page, WRONG)
    expect(page.get_by_text(say("mailbox.problem.password_refused"))).to_be_visible()
    expect(page.get_by_text(say("mailbox.trial.bad"))).to_be_visible()
    assert WRONG not in page.content()
    assert "=" not in page.url
    if scripts:
        assert Axe().run(page).response["violations"] == []

    tried(page, MARTA.password)
    expect(page.get_by_text(say("mailbox.connected.title"))).to_be_visible()
    expect(page.get_by_text(say("mailbox.connected.text", name=MARTA.address, count="1"))).to_be_visible()
    expect(page.get_by_text(say("mailbox.good.news"))).to_be_visible()
    assert all(password not in desk.log.read_text() for password in (WRONG, MARTA.password))
    assert all(b"\\Seen" not in flags for flags in servers.flags(MARTA))


def test_a_server_that_proves_another_name_is_told_in_words(desk: Desk, servers: MailServers, visits) -> None:  # noqa: F811
    page = visits.context().new_page()
    sign_in(page, desk.url)
    asked(page, desk, MARTA.address)
    fill_servers(page, servers)
    page.get_by_label(say("mailbox.servers.authority")).fill("")
    tried(page, MARTA.password)
    expect(page.get_by_text(say("mailbox.problem.not_trusted"))).to_be_visible()
    expect(page.get_by_label(say("mailbox.servers.authority"))).to_be_visible()


def test_a_server_that_speaks_no_tls_is_told_in_words(desk: Desk, servers: MailServers, visits) -> None:  # noqa: F811
    page = visits.context().new_page()
    sign_in(page, desk.url)
    asked(page, desk, MARTA.address)
    fill_servers(page, servers)
    reading = page.get_by_role("group", name=say("mailbox.step.reading"))
    reading.get_by_label(say("mailbox.servers.port")).fill(str(servers.imap))
    tried(page, MARTA.password)
    expect(page.get_by_text(say("mailbox.problem.unprotected"))).to_be_visible()
    reading.get_by_label(say("mailbox.servers.port")).fill("9")
    tried(page, "")
    expect(page.get_by_text(say("mailbox.problem.unreachable"))).to_be_visible()


def test_a_providers_demand_is_told_before_the_password(desk: Desk, visits) -> None:  # noqa: F811
    page = visits.context().new_page()
    sign_in(page, desk.url)
    asked(page, desk, "marta.rios@gmail.com")
    expect(page.get_by_text(say("mailbox.demand.app_password", name="Gmail / Google Workspace"))).to_be_visible()
    expect(page.get_by_role("link", name="Gmail")).to_have_attribute("href", "https://myaccount.google.com/apppasswords")


# The command line


def command(desk: Desk, *arguments: str, secrets: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [binary(), "inbox", *arguments, *desk.store, "--secrets-stdin"], input=secrets, capture_output=True, text=True, timeout=120
    )


def places(servers: MailServers) -> list[str]:
    return [
        "imap_host=localhost", f"imap_port={servers.imaps}", "smtp_host=localhost", f"smtp_port={servers.submissions}",
        f"certificate_authority={servers.authority.read_text()}",
    ]  # fmt: skip


def test_a_mailbox_is_connected_and_given_a_new_password_at_the_command_line(desk: Desk, servers: MailServers) -> None:
    first = ["add", BUSINESS, "email", f"address={ANA.address}", "--name", "Ana", "--try", *places(servers)]
    wrong = command(desk, *first, secrets=f"password={WRONG}\n")
    assert (wrong.returncode, wrong.stdout) == (78, "")
    assert "password refused" in wrong.stderr
    assert WRONG not in wrong.stderr

    right = command(desk, *first, secrets=f"password={ANA.password}\n")
    assert right.returncode == 0, right.stderr
    inbox = json.loads(right.stdout)["inbox_id"]

    refused = command(desk, "change", inbox, "--try", secrets=f"password={WRONG}\n")
    assert refused.returncode == 78
    changed = command(desk, "change", inbox, "--try", "sender_name=Panadería", secrets=f"password={ANA.password}\n")
    assert changed.returncode == 0, changed.stderr
    assert json.loads(changed.stdout) == {"inbox_id": inbox}


def test_a_known_providers_mailbox_needs_no_servers_at_the_command_line(desk: Desk) -> None:
    answer = command(desk, "add", BUSINESS, "email", "address=marta@fastmail.com", "--name", "Marta", secrets="password=secreta\n")
    assert answer.returncode == 0, answer.stderr


def test_another_account_is_no_change_of_an_inbox(desk: Desk) -> None:
    added = command(desk, "add", BUSINESS, "email", "address=otra@fastmail.com", "--name", "Otra", secrets="password=secreta\n")
    inbox = json.loads(added.stdout)["inbox_id"]
    moved = command(desk, "change", inbox, "address=tercera@fastmail.com", secrets="")
    assert moved.returncode == 65
    assert "account" in moved.stderr
