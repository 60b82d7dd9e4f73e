"""Makes a desk big without going through its front door: copies of rows that the desk itself has written, so that a copy holds exactly
what the desk would have stored, but for names, times and texts. Only while no server runs: SQLite has one writer here."""

from __future__ import annotations

import contextlib
import functools
import random
import sqlite3

from .desk import Desk
from .seal import Key, Sealing

COMMON = "hola"
RARE = "zafiro"
#: How many messages hold the rare word, however many there are.
RARE_COUNT = 20
BATCH = 20_000
SYLLABLES = "ba be bi ca co da de di fa fe ga gi la le li lo ma me mi mo na ne no pa pe po ra re ro sa se si ta te ti to va ve vi za".split()


def vocabulary() -> tuple[list[str], list[float]]:
    """Twenty thousand words; the n-th is said 1/n as often as the first, as in real language (Zipf)."""
    chance = random.Random(1)
    words = {"".join(chance.choice(SYLLABLES) for _ in range(chance.randint(2, 5))) for _ in range(30_000)}
    chosen = sorted(words)[:20_000]
    chance.shuffle(chosen)
    total, cumulative = 0.0, []
    for rank in range(1, len(chosen) + 1):
        total += 1 / rank
        cumulative.append(total)
    return chosen, cumulative


def identifier(kind: int, number: int) -> str:
    """As `expression` in the database."""
    return f"{number >> 16:08x}-{number & 65535:04x}-7{kind:03x}-8000-{number:012x}"


def expression(kind: int) -> str:
    return f"printf('%08x-%04x-7{kind:03x}-8000-%012x', n >> 16, n & 65535, n)"


class Seeder:
    """Copies the one conversation that a desk has so far."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._words, self._weights = vocabulary()
        self.count = 1
        self._sealing = Sealing(desk)
        self._keys: dict[tuple[str, int], Key] = {}
        with self._open() as database:
            self._samples = {table: dict(database.execute(f"SELECT * FROM {table}").fetchone()) for table in (
                "contacts", "contact_identities", "conversations", "messages", "obligations")}
            self._samples["message_documents"], self._samples["contact_documents"] = (
                dict(database.execute(f"SELECT * FROM search_documents WHERE message IS {kind} NULL").fetchone()) for kind in ("NOT", ""))

    @contextlib.contextmanager
    def _open(self):
        database = sqlite3.connect(self._desk.database, isolation_level=None)
        database.row_factory = sqlite3.Row
        database.create_function("message_text", 1, functools.lru_cache(maxsize=2 * BATCH)(self._text), deterministic=True)
        database.create_function("sealed", 3, lambda who, number, text: self._keys[who, number].seal(text))
        database.create_function("sealed_for_lookup", 1, self._sealing.for_lookup)
        database.create_function("tokens", 1, self._sealing.tokens)
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -400000")
        try:
            yield database
        finally:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            database.close()

    def _text(self, number: int) -> str:
        chance = random.Random(number)
        words = chance.choices(self._words, cum_weights=self._weights, k=9)
        if number % 2 == 0:
            words[0] = COMMON
        if number % 40 == 1 and number < 40 * RARE_COUNT:
            words[1] = RARE
        return " ".join(words)

    def grow(self, count: int) -> None:
        """Adds conversations until there are so many, each with one message; every second one is still owed an answer."""
        with self._open() as database:
            for start in range(self.count, count, BATCH):
                numbers = range(start, min(start + BATCH, count))
                database.execute("BEGIN IMMEDIATE")
                database.execute("CREATE TEMP TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY)")
                database.execute("DELETE FROM numbers")
                database.executemany("INSERT INTO numbers VALUES (?)", ((number,) for number in numbers))
                self._make_keys(database, numbers)
                self._copy(database)
                self._index(database)
                database.execute("COMMIT")
        self.count = count

    def _make_keys(self, database: sqlite3.Connection, numbers: range) -> None:
        self._keys.clear()
        for who, kind in (("contact", 1), ("conversation", 2)):
            rows = []
            for number in numbers:
                self._keys[who, number], row = self._sealing.new_key(identifier(kind, number))
                rows.append(row)
            database.executemany("INSERT INTO content_keys (workspace, subject, id, wrapped) VALUES (?, ?, ?, ?)", rows)

    def _copy(self, database: sqlite3.Connection) -> None:
        contact, conversation, message, obligation = (expression(kind) for kind in range(1, 5))
        at = f"{self._samples['messages']['sent_at']} + n * 1000"
        address, words = "printf('35%010d', n)", "sealed('conversation', n, message_text(n))"
        identities = "'[{\"scheme\":\"phone\",\"value\":\"' || " + address + " || '\"}]'"
        obliged = "n % 2 = 0"
        self._clone(database, "contacts", "contacts", id=contact, name="sealed('contact', n, 'Contact ' || n)", created_at=at,
                    identities=f"sealed('contact', n, {identities})")
        self._clone(database, "contact_identities", "contact_identities", contact=contact, value=f"sealed_for_lookup({address})")
        self._clone(
            database, "conversations", "conversations", id=conversation, contact=contact, last_inbound_at=at, last_activity_at=at,
            obligation=f"CASE WHEN {obliged} THEN {obligation} END",
            due_at=f"CASE WHEN {obliged} THEN {at} + {self._samples['conversations']['due_at'] - self._samples['messages']['sent_at']} END",
            preview_message=message, preview_text=words, preview_sent_at=at)
        self._clone(
            database, "messages", "messages", id=message, conversation=conversation, text=words, sent_at=at, received_at=at,
            provider_id="sealed_for_lookup(printf('wamid.%032d', n))")
        self._clone(
            database, "obligations", "obligations", condition=obliged, id=obligation, conversation=conversation, owed_since=at,
            due_at=f"{at} + {self._samples['obligations']['due_at'] - self._samples['obligations']['owed_since']}", opened_at=at,
            changed_at=at)
        self._clone(
            database, "contact_documents", "search_documents", number="NULL", subject=contact,
            text=f"sealed('contact', n, 'Contact ' || n || char(10) || {address})", tokens=f"tokens('contact ' || n || ' ' || {address})",
            at=at)
        self._clone(
            database, "message_documents", "search_documents", number="NULL", subject=message, conversation=conversation, message=message,
            text=words, tokens="tokens(message_text(n))", at=at)

    def _clone(self, database: sqlite3.Connection, sample: str, table: str, condition: str = "TRUE", **changes: str) -> None:
        """Inserts a copy of the sample for each number, with some columns computed from the number `n`."""
        row = self._samples[sample]
        unknown = set(changes) - set(row)
        if unknown:
            raise RuntimeError(f"{table} has no columns {unknown} any more: the seeder has to follow the schema")
        values = [changes.get(column, f":{column}") for column in row]
        database.execute(
            f"INSERT INTO {table} ({', '.join(row)}) SELECT {', '.join(values)} FROM numbers WHERE {condition} ORDER BY n", row)

    @staticmethod
    def _index(database: sqlite3.Connection) -> None:
        """As the desk's SQLite driver takes new documents into the word index."""
        database.execute(
            "INSERT INTO search_index (rowid, scope, text) SELECT number, scope, tokens FROM search_documents"
            " WHERE number > (SELECT through FROM search_progress) ORDER BY number")
        database.execute("UPDATE search_progress SET through = (SELECT max(number) FROM search_documents)")
