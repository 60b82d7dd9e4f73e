"""(i) How long somebody outside needs to check a long ledger, from an export that this file writes by docs/ledger.md alone."""

from __future__ import annotations

import hashlib
import json
import pathlib
import resource
import subprocess
import time

from .results import Results

ENTRIES = 1_000_000
WORKSPACE = "0199a0b1-0000-7000-8000-000000000000"
NOTHING = "0" * 64


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    export = folder / "ledger.jsonl"
    _write(export)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    start = time.perf_counter()
    checked = subprocess.run(
        [programs / "contesta", "ledger", "verify", "--file", export], capture_output=True, text=True, timeout=600, check=True)
    seconds = time.perf_counter() - start
    if f"{ENTRIES} entries" not in checked.stdout:
        raise RuntimeError(f"the export was not checked: {checked.stdout}")
    memory = max(before, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) / 1_024
    results.add(f"{ENTRIES:,} ledger entries checked from an export", f"{seconds:.1f} s", f"{ENTRIES / seconds:,.0f}/s")
    results.add("… with no more memory than", f"{memory:.0f} MB")


def _text(text: str) -> bytes:
    content = text.encode()
    return len(content).to_bytes(8, "big") + content


def _number(number: int) -> bytes:
    return b"\xff" * 8 + number.to_bytes(8, "big", signed=True)


def _write(export: pathlib.Path) -> None:
    previous = NOTHING
    with export.open("w") as lines:
        lines.write(json.dumps({"ledger": WORKSPACE, "format": "contesta-ledger/1", "key": None}) + "\n")
        for sequence in range(1, ENTRIES + 1):
            at, kind, subject = 1_795_000_000_000_000 + sequence, "message_received", f"message-{sequence}"
            details = {"content": hashlib.sha256(subject.encode()).hexdigest()}
            fields = [_text(WORKSPACE), _number(sequence), _number(at), _text(kind), _text(subject)]
            fields += [_text(key) + _text(value) for key, value in details.items()]
            digest = hashlib.sha256(b"".join(fields) + _text(previous)).hexdigest()
            entry = {"sequence": sequence, "at_microseconds": at, "kind": kind, "subject": subject, "details": details}
            lines.write(json.dumps({"entry": {**entry, "previous_hash": previous, "hash": digest}}) + "\n")
            previous = digest
