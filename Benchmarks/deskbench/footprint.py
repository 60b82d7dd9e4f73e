"""(e) How soon the desk is there, and how much memory it takes: doing nothing, and with a thousand open event streams."""

from __future__ import annotations

import asyncio
import pathlib

from .desk import Desk, Server, sign_in
from .live import Stream
from .results import Results

CLIENTS = 1_000
STARTS = 3
IDLE_LIMIT_MEGABYTES = 80
SETTLING_SECONDS = 3


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    desk = Desk(programs / "contesta", folder / "footprint")
    starts = []
    for _ in range(STARTS):
        with desk.serve() as server:
            starts.append(server.ready_after)
    results.add("start to the first 200 of /readyz", f"{min(starts) * 1000:.0f} ms")
    with desk.serve() as server:
        asyncio.run(_measure(desk, server, results))


async def _measure(desk: Desk, server: Server, results: Results) -> None:
    await asyncio.sleep(SETTLING_SECONDS)
    idle = server.resident_megabytes()
    results.add(
        "memory, idle", f"{idle:.0f} MB", f"{IDLE_LIMIT_MEGABYTES} MB", idle / IDLE_LIMIT_MEGABYTES, "idle_memory_of_80_mb")
    programs = await _with_streams(server, "/api/v1/events", desk.bearer)
    results.add(f"memory, {CLIENTS:,} programs listening", f"{programs:.0f} MB", f"{(programs - idle) * 1024 / CLIENTS:.0f} kB each")
    pages = await _with_streams(server, "/events", sign_in(server))
    results.add(f"memory, {CLIENTS:,} open pages", f"{pages:.0f} MB")


async def _with_streams(server: Server, path: str, headers: dict[str, str]) -> float:
    streams = [Stream(server.port, path, headers) for _ in range(CLIENTS)]
    try:
        for start in range(0, CLIENTS, 50):
            await asyncio.gather(*(stream.open() for stream in streams[start : start + 50]))
        await asyncio.sleep(SETTLING_SECONDS)
        return server.resident_megabytes()
    finally:
        for stream in streams:
            stream.close()
