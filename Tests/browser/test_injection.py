"""Every place where somebody's word comes near a query: what sqlmap tries, and a table of what it and others try, by hand."""

from __future__ import annotations

import dataclasses
import http.server
import pathlib
import re
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from urllib.parse import parse_qs, quote, urlsplit

import httpx
import pytest

from desk import Desk
from people import workspace_of

SECONDS = 60
# What sqlmap says when it believes that it got through, and when it is sure that it did not.
FOUND = re.compile(r"is vulnerable|appears to be '.*' injectable|identified the following injection point|might be injectable")
SURE = "do not appear to be injectable"

# Pairs of a condition that holds and one that doesn't: an answer that depends on which of them was sent comes from a query.
PAIRS = [
    ("' OR '1'='1", "' OR '1'='2"), ("' AND 1=1-- ", "' AND 1=2-- "), ('" OR "1"="1', '" OR "1"="2'), (" OR 1=1", " OR 1=2"),
    (") OR (1=1", ") OR (1=2"), ("') OR ('1'='1'-- ", "') OR ('1'='2'-- "), ("1 AND 1=1", "1 AND 1=2"),
    ("'||'x'='x", "'||'x'='y"), ("%' AND 1=1 AND '%'='", "%' AND 1=2 AND '%'='"),
    ("' OR EXISTS(SELECT 1)-- ", "' OR EXISTS(SELECT 1 WHERE 1=2)-- "),
]  # fmt: skip
# What would take seconds, change something, or end in an error of the database, if it ever were syntax.
SINGLE = [
    "'", '"', "')", "';", "\\", "`", "\u02bc", "%27", "%00'", "' UNION SELECT NULL-- ", "' UNION ALL SELECT NULL,NULL,NULL,NULL,NULL-- ",
    "' ORDER BY 99-- ", "'; DROP TABLE messages;-- ", "'; SELECT pg_sleep(5)-- ", "' OR (SELECT pg_sleep(5)) IS NULL-- ",
    "' OR 1=randomblob(500000000)-- ", "' AND 1=LIKE('A',UPPER(HEX(RANDOMBLOB(200000000))))-- ", "1; PRAGMA writable_schema=1",
    "' AND load_extension('x')-- ", "' AND CAST((SELECT version()) AS int)=1-- ", "' AND abs(-9223372036854775808)-- ",
    "' AND json_extract('{','$')-- ", "{{7*7}}", "$1", "?1", ":a", "@a", "*", "a* NOT b", "NEAR(a b, 2)", "{x} : a", 'a" OR b:*', "a:*|!b",
]  # fmt: skip
# Longer than any query takes here, shorter than what a payload would make it wait.
PATIENCE_SECONDS = 2.5


@dataclasses.dataclass(frozen=True)
class Place:
    desk: Desk
    named: dict[str, str]

    def path(self, door: str) -> str:
        return door.format(**self.named)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with Desk.founded() as desk:
        for name in ("Ada Soler", "Bea Torres"):
            contact = desk.simulator.add_contact(name, phone=f"54911555{len(name):05}")
            desk.simulator.write(contact, f"Hola, soy {name}")
        conversation = desk.conversation_with("Ada Soler")
        (message,) = desk.api.messages(conversation)
        desk.api.get("search", q="hola")
        named = {"workspace": workspace_of(desk), "conversation": conversation, "message": message["id"], "inbox": desk.inbox_id}
        yield Place(desk, named)
        assert desk.process.poll() is None


# Every filter of the interface and of the pages: the parameter that is tried is the last one.
FILTERS = [
    "/api/v1/search?q=", "/api/v1/search?q=hola&cursor=", "/api/v1/search?q=hola&limit=", "/api/v1/conversations?state=all&assignee=",
    "/api/v1/conversations?state=all&inbox=", "/api/v1/conversations?state=all&topic=", "/api/v1/conversations?state=all&cursor=",
    "/api/v1/conversations?state=", "/api/v1/conversations?state=all&limit=", "/api/v1/conversations/{conversation}/messages?cursor=",
    "/api/v1/workspaces/{workspace}/reports/readings?reader=", "/api/v1/workspaces/{workspace}/reports/readings?conversation=",
    "/api/v1/workspaces/{workspace}/reports/readings?act=", "/api/v1/workspaces/{workspace}/reports/readings?cursor=",
    "/api/v1/workspaces/{workspace}/ledger/entries?cursor=", "/api/v1/conversations/", "/api/v1/workspaces/{workspace}/ledger/receipts/",
    "/webhooks/",
]  # fmt: skip


@pytest.mark.parametrize("door", FILTERS)
def test_no_answer_depends_on_what_a_condition_would_say(place: Place, door: str) -> None:
    with asking(place) as client:
        assert differing(client, place.path(door)) == []


def differing(client: httpx.Client, door: str) -> list[tuple[str, str, str]]:
    """The pairs of which the one was answered in another way than the other."""
    tried = [(beginning, *pair) for pair in PAIRS for beginning in ("", "hola", "nadadeesto")]
    return [
        (beginning, holds, fails) for beginning, holds, fails in tried
        if outcome(client, door + quote(beginning + holds, safe="")) != outcome(client, door + quote(beginning + fails, safe=""))
    ]  # fmt: skip


@pytest.mark.parametrize("door", FILTERS)
def test_nothing_that_would_be_syntax_fails_or_takes_long(place: Place, door: str) -> None:
    with asking(place) as client:
        for text in SINGLE:
            for tried in (text, f"hola{text}"):
                began = time.monotonic()
                status, body = outcome(client, place.path(door) + quote(tried, safe=""))
                assert time.monotonic() - began < PATIENCE_SECONDS, tried
                assert status in (200, 400, 401, 404), (tried, status, body)
                assert not re.search(r"SQLite|sqlite|syntax error|no such|near \"|Postgres|unrecognized token", body), (tried, body)


def asking(place: Place) -> httpx.Client:
    return httpx.Client(base_url=place.desk.url, headers=dict(place.desk.api.http.headers), timeout=20)


def outcome(client: httpx.Client, path: str) -> tuple[int, str]:
    answer = client.get(path)
    return answer.status_code, answer.text


# One run for each parameter, with everything that the first level of depth and risk holds. The two logs of what was read are asked
# for by what is filtered, the lists by where they go on.
TRIED_BY_SQLMAP = [
    ("/api/v1/search?q=hola", "q"), ("/api/v1/conversations?state=all&assignee=me&inbox={inbox}&topic=sales", "assignee,inbox,topic"),
    ("/api/v1/conversations/{conversation}/messages?cursor=9", "cursor"),
    ("/api/v1/workspaces/{workspace}/reports/readings?reader=x&conversation={conversation}&act=opened", "reader,conversation,act"),
]  # fmt: skip


@pytest.mark.parametrize(("door", "names"), TRIED_BY_SQLMAP)
def test_sqlmap_finds_no_way_in(place: Place, door: str, names: str, tmp_path: pathlib.Path) -> None:
    told = sqlmap(place.desk.url + place.path(door), names, place.desk.api.http.headers["authorization"], tmp_path)
    assert not FOUND.search(told), told
    assert SURE in told, told
    assert "500 (Internal Server Error)" not in told and "503 (" not in told, told


def sqlmap(url: str, names: str, authorization: str, folder: pathlib.Path) -> str:
    """What it says on its way. It reaches nobody but the desk, and answers its own questions."""
    finished = subprocess.run(
        [
            pathlib.Path(sys.executable).with_name("sqlmap"), "--url", url, "-p", names, "--headers", f"Authorization: {authorization}", "--batch",
            "--level", "1", "--risk", "1", "--flush-session", "--output-dir", str(folder), "--disable-coloring", "--timeout", "10",
            "--retries", "1", "--time-sec", "2", "--ignore-code", "400,404", "--ignore-proxy",
        ],
        capture_output=True, text=True, timeout=SECONDS * (names.count(",") + 1), check=False,
    )  # fmt: skip
    return finished.stdout + finished.stderr


@pytest.fixture(scope="module")
def careless() -> Iterator[str]:
    """The address of a server that pastes what it is asked into its query."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.executescript("CREATE TABLE notes(text); INSERT INTO notes VALUES ('hola'), ('nada')")

    class Careless(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query, keep_blank_values=True).get("q", [""])[0]
            try:
                answer = str(database.execute(f"SELECT text FROM notes WHERE text = '{asked}'").fetchall())
            except sqlite3.Error as error:
                answer = f"SQLite: {error}"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(answer.encode())

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Careless) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_both_find_the_way_into_a_server_that_has_one(careless: str, tmp_path: pathlib.Path) -> None:
    """Else their silence about the desk would say nothing."""
    assert FOUND.search(sqlmap(f"{careless}/?q=hola", "q", "none", tmp_path))
    with httpx.Client(base_url=careless, timeout=20) as client:
        assert differing(client, "/?q=")
