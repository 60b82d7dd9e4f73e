"""A mailbox in which mails have gathered, collected by a desk that is to stay small and to answer meanwhile."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx

from conditions import peak_memory
from desk import Desk
from mail_desk import letter_from, names, sleeping_desk
from servers import MailServers
from test_limits import MEGABYTE

MARTA = MailServers.MARTA
#: What a debug build collects within a minute; the ten thousand of reference fault row 37 are the bench's.
COUNT = 1_200
LIMIT = 256 * MEGABYTE
PATIENCE_SECONDS = 120
PATIENCE_OF_PEOPLE_SECONDS = 3


def everybody() -> Iterator[str]:
    return (f"Persona {number:04}" for number in range(COUNT))


def page(desk: Desk) -> None:
    """The queue, as a person sees it who does not like to wait."""
    headers = {"Authorization": desk.api.http.headers["Authorization"], "Accept": "text/html"}
    answer = httpx.get(desk.url, headers=headers, timeout=PATIENCE_OF_PEOPLE_SECONDS)
    assert answer.status_code == 200


def owed(desk: Desk) -> int:
    metrics = httpx.get(f"{desk.url}/metrics", timeout=PATIENCE_SECONDS).text
    return int(re.search(r"^contesta_owed_conversations (\d+)", metrics, re.MULTILINE)[1])


def test_a_backlog_comes_whole_in_little_memory_while_pages_answer() -> None:
    """Row 37."""
    with MailServers.started() as servers, sleeping_desk(servers) as desk:
        servers.imap_server.lay(MARTA, (letter_from(name, "¿Tienen pan de centeno para el sábado? " * 40) for name in everybody()))
        desk.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        pages = 0
        while owed(desk) < COUNT:
            assert time.monotonic() < deadline, f"{owed(desk)} of {COUNT} mails came in {PATIENCE_SECONDS} s"
            page(desk)
            pages += 1
        assert pages > 10, "nobody looked while they came"
        assert names(desk) == sorted(everybody())
        assert peak_memory(desk.process.pid) < LIMIT
