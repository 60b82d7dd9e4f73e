"""A mailbox that takes no password: Dovecot and Postfix let in whom a provider vouches for (XOAUTH2), and a person says yes to it in the
browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from conftest import launched, sign_in, visits  # noqa: F401 (a fixture)
from desk import BUSINESS, Desk, eventually
from mail_desk import letter
from permission_provider import CLIENT, SCOPE, SECRET, PermissionProvider
from servers import MailServers
from simulator import binary
from test_connect import asked, fill_servers
from words import say

MARTA = MailServers.MARTA


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture(scope="module")
def provider() -> Iterator[PermissionProvider]:
    with PermissionProvider.running(MARTA.address) as provider:
        yield provider


@pytest.fixture(scope="module")
def servers(provider: PermissionProvider) -> Iterator[MailServers]:
    with MailServers.started(introspection=f"{provider.url}/introspect") as servers:
        yield servers


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.start()
        yield desk


def leave(page: Page, desk: Desk, servers: MailServers, provider: PermissionProvider) -> None:
    """Up to the provider's own page."""
    asked(page, desk, MARTA.address)
    fill_servers(page, servers)
    page.get_by_text(say("mailbox.permission.title")).click()
    page.get_by_label(say("mailbox.permission.clientID")).fill(CLIENT)
    page.get_by_label(say("mailbox.permission.clientSecret")).fill(SECRET)
    page.get_by_label(say("mailbox.permission.authorizationURL")).fill(f"{provider.url}/authorize")
    page.get_by_label(say("mailbox.permission.tokenURL")).fill(f"{provider.url}/token")
    page.get_by_label(say("mailbox.permission.scope")).fill(SCOPE)
    page.get_by_role("button", name=say("mailbox.permission.action")).click()
    expect(page.get_by_role("button", name="Yes")).to_be_visible()


def test_somebody_says_no_and_then_yes_and_the_mailbox_is_connected(
    desk: Desk, servers: MailServers, provider: PermissionProvider, visits  # noqa: F811
) -> None:
    page = visits.context().new_page()
    sign_in(page, desk.url)
    leave(page, desk, servers, provider)
    page.get_by_role("button", name="No").click()
    expect(page.get_by_text(say("mailbox.problem.sign_in_needed"))).to_be_visible()
    assert SECRET not in page.content()

    # What was typed is still there, the secret too, though nobody sees it.
    page.get_by_role("button", name=say("mailbox.permission.action")).click()
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text(say("mailbox.connected.title"))).to_be_visible()
    assert provider.grants[:2] == ["authorization_code", "refresh_token"]
    log = desk.log.read_text()
    assert all(token not in log for token in [SECRET, *provider.refresh_tokens, *provider.access_tokens])


def test_mails_are_collected_and_answered_with_the_permission(desk: Desk, servers: MailServers, provider: PermissionProvider) -> None:
    servers.deliver(MailServers.ANA.address, MARTA, letter("¿Tienen pan de centeno?"))
    conversation = desk.conversation_with("Ana Prado")
    desk.api.reply(conversation, "Sí, recién hecho.", "with a permission")
    eventually("the reply at Ana's", lambda: b"hecho" in b"".join(servers.raw(MailServers.ANA)))
    assert provider.grants.count("authorization_code") == 1


def add(desk: Desk, servers: MailServers, provider: PermissionProvider, token: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            binary(), "inbox", "add", BUSINESS, "email", f"address={MARTA.address}", "--name", "Marta", "--try", *desk.store,
            "imap_host=localhost", f"imap_port={servers.imaps}", "smtp_host=localhost", f"smtp_port={servers.submissions}",
            f"certificate_authority={servers.authority.read_text()}", f"oauth_token_url={provider.url}/token",
            f"oauth_client_id={CLIENT}", "--secrets-stdin",
        ],
        input=f"oauth_refresh_token={token}\noauth_client_secret={SECRET}\n", capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_a_refresh_token_opens_the_mailbox_at_the_command_line(servers: MailServers, provider: PermissionProvider) -> None:
    with Desk.empty() as other:
        other.create_workspace()
        refused = add(other, servers, provider, "nobody's")
        assert refused.returncode == 78
        assert "sign in needed" in refused.stderr
        answer = add(other, servers, provider, provider.issue())
        assert answer.returncode == 0, answer.stderr
        inbox = json.loads(answer.stdout)["inbox_id"]
        # The token that was given is used up by now: the one that came in its place was stored.
        again = subprocess.run(
            [binary(), "inbox", "change", inbox, "--try", *other.store, "sender_name=La Espiga"], capture_output=True, text=True, timeout=120
        )
        assert again.returncode == 0, again.stderr
        provider.revoke()
        ended = subprocess.run([binary(), "inbox", "change", inbox, "--try", *other.store], capture_output=True, text=True, timeout=120)
        assert ended.returncode == 78
