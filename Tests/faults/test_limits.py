"""Too little of everything: a processor that is hardly there, no file descriptors left, readers that don't read, a pause in the middle."""

from __future__ import annotations

import contextlib
import os
import pathlib
import resource
import signal
import socket
import threading
import time
from collections.abc import Iterator

import httpx

from desk import Desk, eventually
from trial import Trial

MEGABYTE = 1_048_576


def memory(desk: Desk) -> int:
    """What the server holds in memory, in bytes (proc(5), `statm`)."""
    pages = int(pathlib.Path(f"/proc/{desk.process.pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize()


def descriptors(desk: Desk) -> int:
    """How many files and connections the server has open (proc(5), `fd`)."""
    return len(os.listdir(f"/proc/{desk.process.pid}/fd"))


def test_a_server_that_was_paused_goes_on_and_sends_nothing_twice() -> None:
    """Row 69, with one server: longer than a provider waits, shorter than an hour."""
    with Trial.begun(people=4) as trial:
        with trial.going_on():
            trial.wait_for_exchanges(4)
            trial.desk.process.send_signal(signal.SIGSTOP)
            time.sleep(25)
            trial.desk.process.send_signal(signal.SIGCONT)
            trial.wait_for_exchanges(4)
        trial.judge()


@contextlib.contextmanager
def hardly_any_processor(desk: Desk) -> Iterator[None]:
    """A tenth of the time is left to the server, in stretches of ten milliseconds."""
    over = threading.Event()

    def choke() -> None:
        while not over.is_set():
            desk.process.send_signal(signal.SIGSTOP)
            time.sleep(0.09)
            desk.process.send_signal(signal.SIGCONT)
            time.sleep(0.01)

    thread = threading.Thread(target=choke)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def test_a_tenth_of_a_processor_is_slow_and_loses_nothing() -> None:
    """Row 72."""
    with Trial.begun(people=3) as trial:
        with trial.going_on():
            with hardly_any_processor(trial.desk):
                trial.wait_for_exchanges(3)
            trial.wait_for_exchanges(3)
        trial.judge()


def test_without_a_descriptor_left_nobody_comes_in_and_afterwards_everybody_does() -> None:
    """Row 72."""
    with Trial.begun(people=3) as trial:
        trial.talks[0].exchange()
        resource.prlimit(trial.desk.process.pid, resource.RLIMIT_NOFILE, (160, 160))
        url = httpx.URL(trial.desk.url)
        with trial.going_on():
            crowd = []
            for _ in range(300):
                with contextlib.suppress(OSError):
                    crowd.append(socket.create_connection((url.host, url.port), timeout=2))
            eventually("a full house", lambda: descriptors(trial.desk) >= 80)
            trial.wait_for_exchanges(1)
            assert descriptors(trial.desk) <= 128, "the desk's own descriptors were taken by whoever came in"
            for connection in crowd:
                connection.close()
            trial.wait_for_exchanges(3)
        assert trial.desk.answers()
        trial.judge()


def reader(desk: Desk, last: str | None = None) -> socket.socket:
    """Somebody who asks for the event stream and reads none of it, with hardly any room for what comes."""
    url = httpx.URL(desk.url)
    connection = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2_048)
    connection.connect(("127.0.0.1", url.port))
    token = desk.api.http.headers["Authorization"]
    more = f"Last-Event-ID: {last}\r\n" if last else ""
    connection.sendall(f"GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n{more}\r\n".encode())
    return connection


def test_readers_that_do_not_read_cost_little_and_stop_nobody() -> None:
    """Row 73."""
    with Trial.begun(people=4) as trial:
        trial.talks[0].exchange()
        before = memory(trial.desk)
        stalled = [reader(trial.desk) for _ in range(100)]
        heard: list[str] = []
        with httpx.stream("GET", f"{trial.desk.url}/api/v1/events", headers=trial.desk.api.http.headers, timeout=60) as stream:
            listening = threading.Thread(target=lambda: listen(stream, heard), daemon=True)
            listening.start()
            with trial.going_on():
                trial.wait_for_exchanges(20)
            eventually("the last event", lambda: len(heard) >= 40, 30)
        assert memory(trial.desk) - before < 64 * MEGABYTE
        assert [int(number) for number in heard] == sorted({int(number) for number in heard}), "an event came twice, or out of order"
        for connection in stalled:
            connection.close()
        trial.judge()


def listen(stream: httpx.Response, heard: list[str]) -> None:
    with contextlib.suppress(httpx.HTTPError, httpx.StreamError):
        number = ""
        for line in stream.iter_lines():
            if line.startswith("id: "):
                number = line.removeprefix("id: ")
            elif line.startswith("event: ") and number:
                heard.append(number)
