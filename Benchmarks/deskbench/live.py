"""(b) From a webhook to the screens that show it: a steady stream of messages in, and event streams that say when each arrived."""

from __future__ import annotations

import asyncio
import json
import pathlib
import re
import time

from . import meta
from .desk import Desk, Server, sign_in
from .results import Results, milliseconds, percentile

RATE = 200
SECONDS = 10
CONTACTS = 1_000
REPETITIONS = 3
SENDERS = 16
PAGES = [1, 10]
LIMIT_SECONDS = 0.050
PATIENCE_SECONDS = 10


class Connection:
    """A kept-alive HTTP/1.1 connection that asks one thing after another."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> Connection:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def post(self, path: str, headers: dict[str, str], content: bytes) -> int:
        lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        await self._reader.readexactly(int(length[1]) if length else 0)
        return int(head.split(b" ", 2)[1])

    def close(self) -> None:
        self._writer.close()


class Stream:
    """An open event stream. Chunk sizes of the transfer coding are lines of their own, and are passed over."""

    def __init__(self, port: int, path: str, headers: dict[str, str]) -> None:
        self._port, self._path, self._headers = port, path, headers

    async def open(self) -> Stream:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 22)
        lines = [f"GET {self._path} HTTP/1.1", "Host: localhost", "Accept: text/event-stream"]
        lines += [f"{name}: {value}" for name, value in self._headers.items()]
        self._writer.write("\r\n".join(lines).encode() + b"\r\n\r\n")
        head = await self._reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n")[0]:
            raise RuntimeError(f"the event stream was answered with {head.splitlines()[0].decode()}")
        return self

    async def data(self):
        """The data of each event, with the moment at which it was here."""
        while line := await self._reader.readline():
            if line.startswith(b"data:"):
                yield line, time.perf_counter()
        raise RuntimeError(f"the server ended the event stream {self._path}")

    def close(self) -> None:
        self._writer.close()


class Watch:
    """When each conversation's newest message left, and after how long each stream told of it."""

    def __init__(self, conversations: dict[int, bytes]) -> None:
        self.left: dict[bytes, float] = {}
        self.conversation_of = conversations
        self._pattern = re.compile(b"|".join(re.escape(each) for each in conversations.values()))

    async def follow(self, stream: Stream, latencies: list[float]) -> None:
        seen: dict[bytes, float] = {}
        async for line, now in stream.data():
            for conversation in set(self._pattern.findall(line)):
                left = self.left.get(conversation)
                if left is not None and seen.get(conversation) != left:
                    seen[conversation] = left
                    latencies.append(now - left)


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    desk = Desk(programs / "contesta", folder / "screen")
    with desk.serve() as server:
        conversations = asyncio.run(_introduce(desk, server))
        cookie = sign_in(server)
        for pages in PAGES:
            rounds = [
                asyncio.run(_round(desk, server, conversations, cookie, pages, f"r{pages:02d}{repetition}"))
                for repetition in range(REPETITIONS)]
            _report(results, pages, rounds)


def _report(results: Results, pages: int, rounds: list[tuple[list[float], list[float]]]) -> None:
    for name, index in [("page", 0), ("API", 1)]:
        best = min((each[index] for each in rounds), key=lambda latencies: percentile(latencies, 0.99))
        p50, p99 = percentile(best, 0.50), percentile(best, 0.99)
        results.add(
            f"webhook to {name} at {RATE} messages/s, {pages} page{'s' if pages > 1 else ''} open",
            f"p50 {milliseconds(p50)}, p99 {milliseconds(p99)}", milliseconds(LIMIT_SECONDS), p99 / LIMIT_SECONDS,
            "screen_p99_of_50_ms" if pages == 1 else None)


async def _introduce(desk: Desk, server: Server) -> dict[int, bytes]:
    """One message from each contact, so that every conversation is there; then which is whose."""
    numbers = iter(range(CONTACTS))

    async def send() -> None:
        connection = await Connection(server.port).open()
        for number in numbers:
            await _post(connection, desk, meta.body(number, number, "introduce"))
        connection.close()

    await asyncio.gather(*(send() for _ in range(SENDERS)))
    contacts = {meta.phone(number): number for number in range(CONTACTS)}
    conversations, cursor = {}, ""
    while cursor is not None:
        _, answer = server.get(f"/api/v1/conversations?state=all&limit=200&cursor={cursor}", desk.bearer)
        page = json.loads(answer)
        for item in page["items"]:
            conversations[contacts[item["contact"]["address"].lstrip("+")]] = item["id"].encode()
        cursor = page["next_cursor"]
    return conversations


async def _post(connection: Connection, desk: Desk, content: bytes) -> None:
    headers = {"X-Hub-Signature-256": meta.signature(content), "Content-Type": "application/json"}
    status = await connection.post(desk.webhook_path, headers, content)
    if status != 200:
        raise RuntimeError(f"a webhook was answered with {status}")


async def _round(
    desk: Desk, server: Server, conversations: dict[int, bytes], cookie: dict[str, str], pages: int, name: str
) -> tuple[list[float], list[float]]:
    """The latencies of all pages, and of one program."""
    watch = Watch(conversations)
    to_pages, to_program = [], []
    screens = [await Stream(server.port, "/events", cookie).open() for _ in range(pages)]
    program = await Stream(server.port, "/api/v1/events", desk.bearer).open()
    followers = [asyncio.create_task(watch.follow(screen, to_pages)) for screen in screens]
    followers.append(asyncio.create_task(watch.follow(program, to_program)))
    sent = RATE * SECONDS
    await _send_steadily(desk, server, watch, name)
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while (len(to_program) < sent or len(to_pages) < sent * pages) and time.perf_counter() < deadline:
        await asyncio.sleep(0.1)
    for follower in followers:
        if follower.done():
            follower.result()
        follower.cancel()
    for stream in [*screens, program]:
        stream.close()
    if len(to_program) < sent or len(to_pages) < sent * pages:
        raise RuntimeError(f"of {sent} messages, {len(to_program)} reached the program and {len(to_pages)} the {pages} pages")
    return to_pages, to_program


async def _send_steadily(desk: Desk, server: Server, watch: Watch, name: str) -> None:
    """Each message leaves at its appointed time, however slow the answers are; its clock starts then."""
    ready = [(number, meta.body(number, number % CONTACTS, name)) for number in range(RATE * SECONDS)]
    todo = iter(ready)
    start = time.perf_counter() + 0.2

    async def send() -> None:
        connection = await Connection(server.port).open()
        for number, content in todo:
            appointed = start + number / RATE
            await asyncio.sleep(max(0, appointed - time.perf_counter()))
            watch.left[watch.conversation_of[number % CONTACTS]] = appointed
            await _post(connection, desk, content)
        connection.close()

    await asyncio.gather(*(send() for _ in range(SENDERS)))
