"""(a) Signed webhooks, answered after a durable commit: how many a second, and how long each waits. Next to two floors: a server that
checks the signature and stores nothing, and SQLite inserting rows with nothing around it."""

from __future__ import annotations

import contextlib
import json
import os
import pathlib
import sqlite3
import subprocess
import time
from collections.abc import Callable

from cluster import Cluster

from . import meta
from .desk import Desk, Server, free_port
from .results import Results

CONNECTIONS = [64, 256]
CONTACTS = 500
REPETITIONS = 3
SECONDS = 5
THREADS = 2
PATIENCE_SECONDS = 120
GROUP = 64
#: More than any floor here answers in the time, so that the load never runs out of messages.
BODIES = 30_000 * SECONDS
SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "webhooks.lua"


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    bodies = folder / "bodies.txt"
    floors, products = {each: [] for each in CONNECTIONS}, {each: [] for each in CONNECTIONS}
    inserts = []
    for repetition in range(REPETITIONS):
        inserts.append(_insert_floor(programs, folder))
        for connections in CONNECTIONS:
            meta.write_file(bodies, BODIES, CONTACTS, f"{repetition}{connections:03d}")
            floors[connections].append(_floor(programs, folder, bodies, connections))
            products[connections].append(_product(programs, folder, bodies, connections))
    meta.write_file(bodies, BODIES, CONTACTS, "postgres")
    on_postgres = {connections: _on_postgres(programs, folder, bodies, connections) for connections in CONNECTIONS}
    bodies.unlink()
    results.add(f"raw SQLite insert, {GROUP} rows to a durable commit", f"{max(inserts):,} rows/s")
    for connections in CONNECTIONS:
        floor, product = _best(floors[connections]), _best(products[connections])
        results.add(
            f"signed webhooks, {connections} connections", _words(product), f"signature only: {_words(floor)}",
            product["rate"] / floor["rate"], "ingest_share_of_http_floor")
        results.add(
            f"… shown to people, {connections} connections",
            f"{product['shown']:,.0f}/s meanwhile, {product['through']:,.0f}/s until all were")
        results.add(
            f"… against the raw insert, {connections} connections", f"{product['rate']:,.0f}/s", f"{max(inserts):,} rows/s",
            product["rate"] / max(inserts))
    for connections, load in on_postgres.items():
        results.add(
            f"signed webhooks on PostgreSQL, {connections} connections", _words(load),
            f"shown: {load['shown']:,.0f}/s meanwhile, {load['through']:,.0f}/s until all were",
            load["rate"] / _best(floors[connections])["rate"])
    results.add("memory right after that load", f"{max(load['megabytes'] for each in products.values() for load in each):.0f} MB")


def _on_postgres(programs: pathlib.Path, folder: pathlib.Path, bodies: pathlib.Path, connections: int) -> dict[str, float]:
    with Cluster.running() as cluster:
        desk = Desk(programs / "contesta", folder / "ingest", url=cluster.url)
        with desk.serve() as server:
            load = _load(server, desk.webhook_path, bodies, connections)
            return _with_shown(load, cluster.count)


def _best(loads: list[dict[str, float]]) -> dict[str, float]:
    return max(loads, key=lambda load: load["rate"])


def _words(load: dict[str, float]) -> str:
    return f"{load['rate']:,.0f}/s, p50 {load['p50'] / 1000:.1f} ms, p99 {load['p99'] / 1000:.1f} ms"


def _insert_floor(programs: pathlib.Path, folder: pathlib.Path) -> int:
    file = folder / "floor.sqlite"
    done = subprocess.run(
        [programs / "insert-floor", file, str(SECONDS), str(GROUP)], capture_output=True, text=True, check=True, timeout=60)
    for path in folder.glob("floor.sqlite*"):
        path.unlink()
    return int(done.stdout)


def _floor(programs: pathlib.Path, folder: pathlib.Path, bodies: pathlib.Path, connections: int) -> dict[str, float]:
    port = free_port()
    with Server([str(programs / "webhook-floor"), str(port), meta.APP_SECRET], port, folder / "floor.log") as server:
        return _load(server, "/webhooks/bench", bodies, connections)


def _product(programs: pathlib.Path, folder: pathlib.Path, bodies: pathlib.Path, connections: int) -> dict[str, float]:
    desk = Desk(programs / "contesta", folder / "ingest")
    with desk.serve() as server:
        load = _load(server, desk.webhook_path, bodies, connections)
        megabytes = server.resident_megabytes()
        with contextlib.closing(sqlite3.connect(f"file:{desk.database}?mode=ro", uri=True)) as database:
            return _with_shown(
                load | {"megabytes": megabytes}, lambda table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def _with_shown(load: dict[str, float], count: Callable[[str], int]) -> dict[str, float]:
    """Every webhook that was answered with 200 is there at once, and its message soon; those whose answer the load did not wait for may
    be there too. Adds how many messages were shown a second meanwhile, and until all were."""
    accepted, kept = int(load["requests"]), count("raw_events")
    start = time.perf_counter()
    shown = now = count("messages")
    if kept < accepted:
        raise RuntimeError(f"{accepted} webhooks were answered with 200, but only {kept} are stored")
    while now < accepted and time.perf_counter() - start < PATIENCE_SECONDS:
        time.sleep(0.05)
        now = count("messages")
    if now < accepted:
        raise RuntimeError(f"{accepted} webhooks were answered with 200, but only {now} messages are stored")
    seconds = load["microseconds"] / 1e6
    return load | {"shown": shown / seconds, "through": accepted / (seconds + time.perf_counter() - start)}


def _load(server: Server, path: str, bodies: pathlib.Path, connections: int) -> dict[str, float]:
    command = [
        "wrk", "--threads", str(THREADS), "--connections", str(connections), "--duration", f"{SECONDS}s", "--timeout", "10s",
        "--script", str(SCRIPT), f"http://127.0.0.1:{server.port}{path}"]
    environment = {**os.environ, "BODIES": str(bodies), "THREADS": str(THREADS)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=SECONDS * 10 + 60)
    load = json.loads(done.stdout.strip().splitlines()[-1])
    if load["refused"] or load["broken"]:
        raise RuntimeError(f"of {load['requests']} webhooks, {load['refused']} were refused and {load['broken']} broke off")
    return {**load, "rate": load["requests"] / load["microseconds"] * 1e6}
