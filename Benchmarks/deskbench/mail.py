"""(j) A mailbox of ten thousand mails, 1 GB in all, collected from Dovecot on this machine; next to Python's imaplib and email, which fetch
and read the same mails and store nothing. Then how soon a new mail is on the screen."""

from __future__ import annotations

import asyncio
import contextlib
import email
import email.header
import email.message
import imaplib
import pathlib
import random
import re
import shutil
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator

from conditions import forget_peak_memory, peak_memory
from servers import MailServers

from . import mails
from .desk import Desk, Server, sign_in
from .live import Stream
from .results import Results, milliseconds, percentile

COUNT = 10_000
#: As the desk fetches: so much at once.
BATCH_COUNT, BATCH_BYTES = 64, 2 * 1_048_576
PATIENCE_SECONDS = 1_800
MEMORY_LIMIT_MEGABYTES = 200
PAGE_LIMIT_SECONDS = 0.300
PAGES_EVERY_SECONDS = 0.5
NEW_MAILS = 50
SCREEN_LIMIT_SECONDS = 1
SCREEN_PATIENCE_SECONDS = 30
BENCH = MailServers.MARTA


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results, count: int = COUNT) -> None:
    if not MailServers.can_start():
        raise RuntimeError("Dovecot and Postfix can't be started here: run this as root on Debian with both installed")
    with MailServers.started() as servers:
        print(f"    writing {count:,} mails", flush=True)
        servers.imap_server.lay(BENCH, mails.mails(count))
        sizes = _sizes(servers)
        floor = _read_with_python(servers, sizes)
        desk = _desk(programs, folder / "mail", servers)
        try:
            with desk.serve() as server:
                _report_collecting(results, _collect(desk, server, count), floor, count, sum(sizes.values()))
                _report_screen(results, *asyncio.run(_new_mails(server, servers)))
        finally:
            shutil.rmtree(desk.folder, ignore_errors=True)


def _desk(programs: pathlib.Path, folder: pathlib.Path, servers: MailServers) -> Desk:
    desk = Desk(programs / "contesta", folder)
    desk.run(
        "inbox", "add", desk.workspace, "email", "--name", "Correo", f"address={BENCH.address}", "imap_host=localhost",
        f"imap_port={servers.imaps}", "smtp_host=localhost", f"smtp_port={servers.submissions}",
        f"certificate_authority={servers.authority.read_text()}", "--secrets-stdin", text=f"password={BENCH.password}\n")
    return desk


# What is compared with


def _sizes(servers: MailServers) -> dict[int, int]:
    """The size of each mail by its number. Asked for once before anybody is measured: a server finds them out at the first question."""
    with servers.mailbox(BENCH) as mailbox:
        mailbox.select(readonly=True)
        lines = mailbox.uid("FETCH", "1:*", "(UID RFC822.SIZE)")[1]
    return {int(re.search(rb"UID (\d+)", line)[1]): int(re.search(rb"SIZE (\d+)", line)[1]) for line in lines}


def _batches(sizes: dict[int, int]) -> Iterator[list[int]]:
    batch: list[int] = []
    for number, size in sorted(sizes.items()):
        if batch and (len(batch) == BATCH_COUNT or sum(sizes[each] for each in batch) + size > BATCH_BYTES):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _read_with_python(servers: MailServers, sizes: dict[int, int]) -> dict[str, float]:
    """Seconds until everything was fetched and read, and how many of them went into fetching."""
    read, fetching = 0, 0.0
    start = time.perf_counter()
    with servers.mailbox(BENCH) as mailbox:
        mailbox.select(readonly=True)
        for batch in _batches(sizes):
            asked = time.perf_counter()
            answer = mailbox.uid("FETCH", ",".join(map(str, batch)), "(UID FLAGS INTERNALDATE BODY.PEEK[])")[1]
            fetching += time.perf_counter() - asked
            read += sum(_read(each[1]) for each in answer if isinstance(each, tuple))
    if read != len(sizes):
        raise RuntimeError(f"of {len(sizes)} mails, Python read {read}")
    return {"seconds": time.perf_counter() - start, "fetching": fetching}


def _read(raw: bytes) -> bool:
    """Every part is decoded, and every text to its letters."""
    mail = email.message_from_bytes(raw)
    heads = [str(email.header.make_header(email.header.decode_header(mail[name]))) for name in ("From", "To", "Subject", "Date")]
    return all(heads) and all(_decoded(part) for part in mail.walk() if not part.is_multipart())


def _decoded(part: email.message.Message) -> bool:
    content = part.get_payload(decode=True)
    return bool(content.decode(part.get_content_charset("utf-8"), "replace") if part.get_content_maintype() == "text" else content)


# The desk


class Pages:
    """Somebody who looks at the queue now and then, and how long each look took."""

    def __init__(self, server: Server) -> None:
        self.seconds: list[float] = []
        self._server, self._key = server, sign_in(server)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Pages:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(PAGES_EVERY_SECONDS):
            start = time.perf_counter()
            status, _ = self._server.get("/", self._key)
            # A page that is refused counts as one that never came.
            self.seconds.append(time.perf_counter() - start if status == 200 else float("inf"))


def _collect(desk: Desk, server: Server, count: int) -> dict[str, float]:
    """Seconds since the desk was ready until all mails were there, and until all of their files were taken out."""
    start = time.perf_counter()
    with contextlib.closing(sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True)) as database, Pages(server) as pages:
        def rows(table: str) -> int:
            return database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]

        # A sign-in takes 128 MB for a moment, so that passwords are hard to guess; here it is asked what mails take.
        forget_peak_memory(server.process.pid)
        _wait(lambda: rows("messages") >= count, lambda: f"of {count} mails, {rows('messages')} came")
        shown = time.perf_counter() - start
        looks = list(pages.seconds)
        _wait(lambda: rows("media_jobs") == 0, lambda: f"{rows('media_jobs')} files were not taken out")
        if rows("messages") != count:
            raise RuntimeError(f"of {count} mails, {rows('messages')} messages were made")
    return {
        "shown": shown, "whole": time.perf_counter() - start, "megabytes": peak_memory(server.process.pid) / 1_048_576,
        "p50": percentile(looks, 0.5), "p95": percentile(looks, 0.95)}  # fmt: skip


def _wait(is_over, words) -> None:
    deadline = time.perf_counter() + PATIENCE_SECONDS
    while not is_over():
        if time.perf_counter() > deadline:
            raise RuntimeError(words())
        time.sleep(0.1)


def _report_collecting(results: Results, desk: dict[str, float], floor: dict[str, float], count: int, size: int) -> None:
    def rate(seconds: float) -> str:
        return f"{count / seconds:,.0f} mails/s ({size / seconds / 1e6:,.0f} MB/s)"

    results.add(
        f"{count:,} mails of {size / 1e9:.2f} GB collected", rate(desk["shown"]),
        f"Python fetches and reads: {rate(floor['seconds'])}, {floor['fetching'] / floor['seconds']:.0%} of it waiting for the server",
        floor["seconds"] / desk["shown"], "mail_share_of_python")
    results.add("… until all files were taken out, too", rate(desk["whole"]))
    results.add(
        "peak memory meanwhile", f"{desk['megabytes']:.0f} MB", f"{MEMORY_LIMIT_MEGABYTES} MB",
        desk["megabytes"] / MEMORY_LIMIT_MEGABYTES, "mail_memory_of_200_mb")
    results.add(
        "the queue's page meanwhile", f"p50 {milliseconds(desk['p50'])}, p95 {milliseconds(desk['p95'])}", milliseconds(PAGE_LIMIT_SECONDS),
        desk["p95"] / PAGE_LIMIT_SECONDS, "mail_page_p95_of_300_ms")


# New mails


class News:
    """Another program that waits for news at the same mailbox (RFC 2177): when the server told it last."""

    def __init__(self, servers: MailServers) -> None:
        self.told = 0.0
        self._mailbox = servers.mailbox(BENCH)
        self._mailbox.select(readonly=True)
        self._mailbox.send(b"news IDLE\r\n")
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError, ValueError, imaplib.IMAP4.error):
            while line := self._mailbox.readline():
                if b"EXISTS" in line:
                    self.told = time.perf_counter()

    def close(self) -> None:
        # Only the end of the line wakes the reader, which holds its file: closing that first would wait for ever.
        self._mailbox.sock.shutdown(socket.SHUT_RDWR)
        self._listener.join()
        self._mailbox.shutdown()


async def _new_mails(server: Server, servers: MailServers) -> tuple[list[float], list[float]]:
    """Seconds from the end of a delivery to the page that shows it, and to the server's word to another program."""
    screen = await Stream(server.port, "/events", sign_in(server)).open()
    expected: dict[bytes, asyncio.Future[float]] = {}
    follower = asyncio.create_task(_follow(screen, expected))
    chance = random.Random(mails.SEED)
    shown, told = [], []
    with contextlib.closing(News(servers)) as news, contextlib.closing(screen):
        for number in range(NEW_MAILS):
            await asyncio.sleep(chance.uniform(0.5, 1.5))
            mark = f"Newcomer {number:03d}"
            expected[mark.encode()] = arrival = asyncio.get_running_loop().create_future()
            servers.imap_server.lay(BENCH, [_new_mail(mark, number)])
            delivered = time.perf_counter()
            shown.append(await asyncio.wait_for(arrival, SCREEN_PATIENCE_SECONDS) - delivered)
            told.append(news.told - delivered)
        follower.cancel()
    return shown, told


async def _follow(screen: Stream, expected: dict[bytes, asyncio.Future[float]]) -> None:
    async for line, now in screen.data():
        for mark, arrival in expected.items():
            if mark in line and not arrival.done():
                arrival.set_result(now)


def _new_mail(name: str, number: int) -> bytes:
    return (
        f"From: {name} <newcomer{number}@customers.invalid>\nTo: {BENCH.address}\nSubject: News {number}\n"
        f"Message-ID: <news{number}@customers.invalid>\n\n¿Tienen pan?\n").encode()  # fmt: skip


def _report_screen(results: Results, shown: list[float], told: list[float]) -> None:
    results.add(
        f"delivery to page, {len(shown)} mails one by one", f"p50 {milliseconds(percentile(shown, 0.5))}, p99 {milliseconds(percentile(shown, 0.99))}",
        milliseconds(SCREEN_LIMIT_SECONDS), percentile(shown, 0.99) / SCREEN_LIMIT_SECONDS, "mail_screen_p99_of_1_s")
    results.add(
        "… of which the server itself took until it told anybody", f"p50 {milliseconds(percentile(told, 0.5))}, p99 {milliseconds(percentile(told, 0.99))}")
