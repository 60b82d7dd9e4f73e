"""`contesta mailbox try`, and with it how the program speaks to mail servers: Dovecot and Cyrus, and Postfix, as Debian has them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator

import pytest

from servers import IMAP_SERVERS, Mailbox, MailServers
from simulator import binary

MARTA = MailServers.MARTA


@pytest.fixture(scope="module", params=IMAP_SERVERS, ids=lambda kind: kind.name)
def servers(request: pytest.FixtureRequest) -> Iterator[MailServers]:
    with MailServers.started(request.param) as servers:
        yield servers


def tried(servers: MailServers, *more: str, of: Mailbox = MARTA, is_trusted: bool = True) -> subprocess.CompletedProcess[str]:
    authority = ["--authority", str(servers.authority)] if is_trusted else []
    return subprocess.run(
        [binary(), "mailbox", "try", of.address, "--password-stdin", "--json", *authority, *more],
        input=of.password + "\n", capture_output=True, text=True, timeout=60,
    )  # fmt: skip


def under_tls(servers: MailServers, host: str = "localhost") -> list[str]:
    return ["--imap", f"{host}:{servers.imaps}", "--smtp", f"{host}:{servers.submissions}"]


def by_starttls(servers: MailServers) -> list[str]:
    return [
        "--imap", f"localhost:{servers.imap}", "--imap-security", "starttls",
        "--smtp", f"localhost:{servers.smtp}", "--smtp-security", "starttls",
    ]  # fmt: skip


@pytest.mark.parametrize("way", [under_tls, by_starttls])
def test_a_mailbox_is_looked_at_and_left_as_it_was(servers: MailServers, way) -> None:
    servers.deliver("ana@cliente.example", MARTA, "Subject: Hola\r\n\r\n¿Tienen pan?\r\n")
    mails = servers.wait_for_mail(MARTA)
    sent = servers.imap_server.sent
    answer = tried(servers, *way(servers))
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout) == {
        "inbox_count": len(mails), "folders": sorted(["INBOX", sent]), "sent_folder": sent, "tells_news": True,
    }  # fmt: skip
    assert all(b"\\Seen" not in flags for flags in servers.flags(MARTA))


def test_a_wrong_password_is_a_matter_of_configuration(servers: MailServers) -> None:
    answer = tried(servers, *under_tls(servers), of=Mailbox(MARTA.address, "otra"))
    assert (answer.returncode, answer.stdout) == (78, "")
    assert "unauthenticated" in answer.stderr
    assert "otra" not in answer.stderr


def test_a_server_that_nobody_vouches_for_gets_no_password(servers: MailServers) -> None:
    answer = tried(servers, *under_tls(servers), is_trusted=False)
    assert answer.returncode == 78
    assert "insecure" in answer.stderr


def test_a_server_that_proves_another_name_gets_no_password(servers: MailServers) -> None:
    answer = tried(servers, *under_tls(servers, host="127.0.0.1"))
    assert answer.returncode == 78
    assert "insecure" in answer.stderr


def test_a_server_that_is_away_can_be_tried_again(servers: MailServers) -> None:
    answer = tried(servers, "--imap", "localhost:9", "--smtp", f"localhost:{servers.submissions}")
    assert answer.returncode == 75
    assert "unreachable" in answer.stderr


def test_nothing_is_said_in_the_clear_to_another_machine(servers: MailServers) -> None:
    answer = tried(servers, "--imap", "mail.example.org", "--imap-security", "none", "--smtp", f"localhost:{servers.submissions}")
    assert answer.returncode == 65
    assert "this machine" in answer.stderr
