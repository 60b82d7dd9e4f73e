"""(g) How soon a big desk is there again after `kill -9` with many replies under way."""

from __future__ import annotations

import contextlib
import json
import pathlib
import sqlite3

from . import growth, meta, seed
from .desk import Desk, free_port
from .dispatch import question
from .results import Results

WAITING = 10_000
REPETITIONS = 3
LIMIT_SECONDS = 3


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results, size: int) -> None:
    desk = Desk(programs / "contesta", folder / "recovery")
    growth.say_first_word(desk)
    print(f"    growing to {size:,} conversations", flush=True)
    seed.Seeder(desk).grow(size)
    _set_out(desk, min(WAITING, size - 1))
    durations = []
    for _ in range(REPETITIONS):
        server = desk.serve(free_port())
        durations.append(server.ready_after)
        server.kill()
    # The first start finds the replies that were being sent; the next ones what the kill before them left.
    results.add(
        f"ready after kill -9 with {size:,} messages and {WAITING:,} replies under way", f"{max(durations):.2f} s", f"{LIMIT_SECONDS} s",
        max(durations) / LIMIT_SECONDS, "recovery_of_3_s")


def _set_out(desk: Desk, count: int) -> None:
    """Replies that were written and had not left when the current went: a few of them being sent at that moment."""
    with desk.serve(free_port()) as server:
        status, body = server.get("/api/v1/conversations?state=owed&limit=1", desk.bearer)
        conversation = json.loads(body)["items"][0]
        answers = question(desk, server, conversation["id"])
        reply = {"text": "Sí, a las cinco.", "answers": answers, "version": conversation["version"]}
        with contextlib.closing(server.connect()) as connection:
            headers = {**desk.bearer, "Content-Type": "application/json", "Idempotency-Key": "first"}
            connection.request("POST", f"/api/v1/conversations/{conversation['id']}/replies", json.dumps(reply), headers)
            if connection.getresponse().status != 201:
                raise RuntimeError("the first reply was not taken")
    with contextlib.closing(sqlite3.connect(desk.database)) as database, database:
        _copy(database, count)


def _copy(database: sqlite3.Connection, count: int) -> None:
    database.row_factory = sqlite3.Row
    message, attempt = (dict(database.execute(query).fetchone()) for query in (
        "SELECT * FROM messages WHERE direction = 'outbound'", "SELECT * FROM attempts"))
    owed = database.execute(
        "SELECT id, obligation FROM conversations WHERE obligation IS NOT NULL AND id <> ? LIMIT ?", (message["conversation"], count))
    for number, (conversation, obligation) in enumerate(owed.fetchall()):
        name = f"reply-{number:08}"
        _insert(database, "messages", message | {
            "id": name, "conversation": conversation, "position": 2, "reply_key": name, "provider_id": None})
        _insert(database, "attempts", attempt | {
            "id": f"attempt-{number:08}", "message": name, "conversation": conversation, "position": 2, "obligation": obligation,
            "state": "sending" if number < 16 else "queued", "state_details": None, "due_at": attempt["due_at"] + 3_600_000_000})


def _insert(database: sqlite3.Connection, table: str, row: dict) -> None:
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({', '.join(':' + column for column in row)})", row)
