"""`kill -9` while mails are collected: at every point at which it matters, one after the other, and while a mail is on its way."""

from __future__ import annotations

import contextlib
import signal
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from desk import Desk, eventually
from mail_desk import checked, conversations, in_the_clear, letter_from, names, sleeping_desk
from peers import cut_wire
from servers import MailServers
from simulator import binary

MARTA = MailServers.MARTA
AT_ONCE = 3
#: Each mail given its meaning, the end of writing, and the commit.
POINTS_OF_A_ROUND = AT_ONCE + 2
MOST_POINTS = 40
LONGER_THAN_A_READ = "¿Tienen pan de centeno? " * 4_000


@pytest.fixture
def servers() -> Iterator[MailServers]:
    with MailServers.started() as servers:
        yield servers


class Post:
    """What was laid into the mailbox, and the judge of what the desk has of it."""

    def __init__(self, servers: MailServers, desk: Desk) -> None:
        self.servers = servers
        self.desk = desk
        self.senders: list[str] = []

    def bring(self, text: str = "¿Tienen pan?") -> None:
        """Some mails, each of somebody new."""
        new = [f"Olga {len(self.senders) + number:02}" for number in range(AT_ONCE)]
        self.senders += new
        self.servers.imap_server.lay(MARTA, [letter_from(name, text) for name in new])

    def is_there(self) -> bool:
        """Whether everything was collected, and that is recorded too."""
        with contextlib.suppress(httpx.TransportError):
            count = len(self.senders)
            return set(names(self.desk)) == set(self.senders) and checked(self.desk)["words"].startswith(f"{count} of {count} mails")
        return False

    def judge(self) -> None:
        eventually("all mails", self.is_there)
        assert names(self.desk) == self.senders, "a mail is there twice"
        assert {len(self.desk.api.messages(each["id"])) for each in conversations(self.desk)} == {1}
        verified = subprocess.run([binary(), "ledger", "verify", *self.desk.store], capture_output=True, text=True, timeout=120)
        assert verified.returncode == 0, verified.stdout + verified.stderr


def comes_through(post: Post, crash_at: str) -> bool:
    """New mails for a server that dies at a point, and is started again when it has; whether it never came there."""
    post.bring()
    post.desk.launch(CONTESTA_CRASH_AT=crash_at)
    eventually("death or the end", lambda: post.desk.process.poll() is not None or post.is_there(), 60)
    survived = post.desk.process.poll() is None
    if not survived:
        assert post.desk.process.returncode == -signal.SIGKILL, post.desk.log.read_text()
        post.desk.start()
    post.judge()
    post.desk.stop()
    return survived


def test_killed_at_every_point_of_collecting_in_turn_each_mail_is_there_once(servers: MailServers) -> None:
    """Row 32. First while it looks where to begin, then between what was fetched and what is durable, until it comes through alive."""
    with sleeping_desk(servers) as desk:
        post = Post(servers, desk)
        survived_at = next(point for point in range(1, MOST_POINTS) if comes_through(post, f"any:{point}"))
        assert survived_at > POINTS_OF_A_ROUND


@pytest.mark.parametrize("word", [b"BODY.PEEK[]", b"BODY[] {"], ids=["asked for", "half here"])
def test_killed_while_a_mail_is_on_its_way_it_is_fetched_again(servers: MailServers, word: bytes) -> None:
    """Row 32. Asked for by the desk, or announced by the server and not whole yet."""
    deaths: list[bytes] = []

    def kills(said: bytes) -> bool:
        if word not in said or deaths:
            return False
        deaths.append(said)
        desk.kill()
        return True

    with cut_wire(servers.imap, kills, kills) as wire, sleeping_desk(servers, **in_the_clear(wire.port)) as desk:
        post = Post(servers, desk)
        post.bring(LONGER_THAN_A_READ)
        desk.launch()
        eventually("death", lambda: desk.process.poll() is not None)
        eventually("the end of its line", lambda: wire.cuts == 1)
        desk.start()
        post.judge()
