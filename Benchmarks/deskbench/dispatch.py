"""(f) How fast replies leave: a thousand contacts have asked, all are answered, and the simulator's log tells when it had each reply."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import pathlib
import re
import subprocess
import time
import urllib.request

from . import meta
from .desk import Desk, Server
from .live import Connection
from .results import Results, milliseconds, percentile

CONTACTS = 1_000
WRITERS = 8
PATIENCE_SECONDS = 120


class Simulator:
    """`contesta simulate meta`, which may send a thousand messages a second as an upgraded number may."""

    def __init__(self, program: pathlib.Path, log: pathlib.Path) -> None:
        command = [
            program, "simulate", "meta", "--listen", "127.0.0.1:0", "--secrets-stdin", "--phone-number-id", meta.PHONE_NUMBER_ID,
            "--waba-id", meta.BUSINESS_ACCOUNT_ID, "--statuses", "manual"]
        with log.open("ab") as errors:
            self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
        self._process.stdin.write(f"app_secret={meta.APP_SECRET}\naccess_token=bench\nverify_token=bench\n")
        self._process.stdin.close()
        self.url = json.loads(self._process.stdout.readline())["base_url"]
        self.ask("settings", {"throughput_per_second": 100_000, "webhook_concurrency": 8})

    def ask(self, path: str, body: object = None) -> dict:
        data = None if body is None else json.dumps(body).encode()
        with urllib.request.urlopen(f"{self.url}/simulator/{path}", data=data, timeout=PATIENCE_SECONDS) as answer:
            return json.load(answer)

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=30)


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    with contextlib.closing(Simulator(programs / "contesta", folder / "simulator.log")) as simulator:
        os.environ["CONTESTA_UNDO_SECONDS"] = "0"
        desk = Desk(programs / "contesta", folder / "dispatch", provider=simulator.url)
        with desk.serve() as server:
            simulator.ask("webhook", {"url": f"http://127.0.0.1:{server.port}{desk.webhook_path}"})
            _measure(desk, server, simulator, results)
        del os.environ["CONTESTA_UNDO_SECONDS"]


def _measure(desk: Desk, server: Server, simulator: Simulator, results: Results) -> None:
    for contact in range(CONTACTS):
        person = simulator.ask("contacts", {"name": f"Contact {contact}", "phone": meta.phone(contact)})
        simulator.ask(f"contacts/{person['id']}/messages", {"kind": "text", "text": meta.text(contact)})
    conversations = _owed(desk, server)
    start = time.time()
    asyncio.run(_answer(desk, server, conversations))
    recorded = time.time() - start
    receipts = simulator.ask(f"receipts?at_least={CONTACTS}&timeout_ms=60000")["items"]
    if len(receipts) != CONTACTS or len({each["to"] for each in receipts}) != CONTACTS:
        raise RuntimeError(f"of {CONTACTS} replies, {len(receipts)} arrived")
    sent = sorted(_seconds(each["at"]) - start for each in receipts)
    results.add(f"replies to {CONTACTS:,} contacts, recorded by the interface", f"{CONTACTS / recorded:,.0f}/s")
    results.add(
        f"… and received by the provider, which allows {CONTACTS:,}/s", f"{CONTACTS / sent[-1]:,.0f}/s",
        f"half of them after {milliseconds(percentile(sent, 0.5))}")


def _owed(desk: Desk, server: Server) -> list[dict]:
    """All of them, as soon as they are there."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        found, cursor = [], ""
        while cursor is not None:
            status, body = server.get(f"/api/v1/conversations?state=owed&limit=100{cursor}", desk.bearer)
            if status != 200:
                raise RuntimeError(f"the queue was answered with {status}")
            page = json.loads(body)
            found += page["items"]
            cursor = f"&cursor={page['next_cursor']}" if page["next_cursor"] else None
        if len(found) >= CONTACTS:
            return [each | {"question": question(desk, server, each["id"])} for each in found]
        time.sleep(0.2)
    raise RuntimeError(f"of {CONTACTS} conversations, {len(found)} came")


def question(desk: Desk, server: Server, conversation: str) -> str:
    """The message that is to be answered."""
    status, body = server.get(f"/api/v1/conversations/{conversation}/messages?limit=1", desk.bearer)
    if status != 200:
        raise RuntimeError(f"a conversation's messages were answered with {status}")
    return json.loads(body)["items"][0]["id"]


async def _answer(desk: Desk, server: Server, conversations: list[dict]) -> None:
    async def write(share: list[dict]) -> None:
        connection = await Connection(server.port).open()
        for each in share:
            headers = {**desk.bearer, "Content-Type": "application/json", "Idempotency-Key": each["id"]}
            body = json.dumps({"text": "Sí, a las cinco.", "answers": each["question"], "version": each["version"]}).encode()
            status = await connection.post(f"/api/v1/conversations/{each['id']}/replies", headers, body)
            if status != 201:
                raise RuntimeError(f"a reply was answered with {status}")
        connection.close()

    await asyncio.gather(*(write(conversations[number::WRITERS]) for number in range(WRITERS)))


def _seconds(timestamp: str) -> float:
    """Since 1970, of a time as RFC 3339 writes it."""
    whole, fraction = re.fullmatch(r"(.+?)(\.\d+)?Z", timestamp).groups()
    return float(time.mktime(time.strptime(whole, "%Y-%m-%dT%H:%M:%S")) - time.timezone) + float(fraction or 0)
