"""(c) The queue's first page and (d) search, while a desk grows from a thousand conversations to a million."""

from __future__ import annotations

import contextlib
import pathlib
import time

from . import meta, seed
from .desk import Desk, Server, sign_in
from .results import Results, milliseconds, percentile

SIZES = [1_000, 100_000, 1_000_000]
WARM_UP = 10
REQUESTS = 100
REPETITIONS = 3
SECONDS_AT_MOST = 15

QUEUE = {
    "queue, page": ("page", "/"),
    "queue, API, owed": ("API", "/api/v1/conversations?state=owed"),
    "queue, API, all": ("API", "/api/v1/conversations?state=all"),
    "queue, API, answered": ("API", "/api/v1/conversations?state=answered"),
}
SEARCH = {
    "search, page, common word": ("page", f"/search?q={seed.COMMON}"),
    "search, API, common word": ("API", f"/api/v1/search?q={seed.COMMON}"),
    "search, API, rare word": ("API", f"/api/v1/search?q={seed.RARE}"),
    "search, API, common and rare word": ("API", f"/api/v1/search?q={seed.COMMON}+{seed.RARE}"),
    "search, API, first three letters": ("API", f"/api/v1/search?q={seed.COMMON[:3]}"),
    "search, API, no such word": ("API", "/api/v1/search?q=xyzzy"),
}


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results, names: list[str], sizes: list[int]) -> None:
    questions = (QUEUE if "queue" in names else {}) | (SEARCH if "search" in names else {})
    desk = Desk(programs / "contesta", folder / "growth")
    say_first_word(desk)
    seeder = seed.Seeder(desk)
    by_size = {}
    for size in sizes:
        print(f"    growing to {size:,} conversations", flush=True)
        seeder.grow(size)
        with desk.serve() as server:
            by_size[size] = _ask(desk, server, questions)
            starts = server.ready_after
    _report(results, questions, by_size)
    results.add(f"start with {sizes[-1]:,} conversations", f"{starts * 1000:.0f} ms")


def say_first_word(desk: Desk) -> None:
    """The one message of which the others will be copies."""
    with desk.serve() as server, contextlib.closing(server.connect()) as connection:
        content = meta.body(0, 0, "growth")
        headers = {"X-Hub-Signature-256": meta.signature(content), "Content-Type": "application/json"}
        connection.request("POST", desk.webhook_path, content, headers)
        if connection.getresponse().status != 200:
            raise RuntimeError("the first message was not taken")


def _report(results: Results, questions: dict[str, tuple[str, str]], by_size: dict[int, dict[str, list[float]]]) -> None:
    first, *others = by_size
    for question in questions:
        threshold = "queue_growth" if question in QUEUE else "search_growth"
        base = percentile(by_size[first][question], 0.5)
        results.add(f"{question}, {first:,}", _words(by_size[first][question]))
        for size in others:
            answers = by_size[size][question]
            results.add(f"{question}, {size:,}", _words(answers), f"{first:,}", percentile(answers, 0.5) / base, threshold)


def _words(answers: list[float]) -> str:
    return f"p50 {milliseconds(percentile(answers, 0.5))}, p99 {milliseconds(percentile(answers, 0.99))}"


def _ask(desk: Desk, server: Server, questions: dict[str, tuple[str, str]]) -> dict[str, list[float]]:
    keys = {"page": sign_in(server), "API": desk.bearer}
    return {name: _best(server, path, keys[who]) for name, (who, path) in questions.items()}


def _best(server: Server, path: str, headers: dict[str, str]) -> list[float]:
    rounds = [_time(server, path, headers) for _ in range(REPETITIONS)]
    return min(rounds, key=lambda seconds: percentile(seconds, 0.5))


def _time(server: Server, path: str, headers: dict[str, str]) -> list[float]:
    """The seconds of each answer, one after the other on one connection."""
    durations = []
    with contextlib.closing(server.connect()) as connection:
        end = time.perf_counter() + SECONDS_AT_MOST
        for number in range(WARM_UP + REQUESTS):
            start = time.perf_counter()
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise RuntimeError(f"{path} was answered with {answer.status}")
            if number >= WARM_UP or start > end:
                durations.append(time.perf_counter() - start)
            if start > end:
                break
    return durations
