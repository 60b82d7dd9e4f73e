"""(h) How many seeds of the desk's simulation are played in a second, on one core."""

from __future__ import annotations

import pathlib
import re
import subprocess

from .results import Results

SEEDS = 300


def run(programs: pathlib.Path, folder: pathlib.Path, results: Results) -> None:
    command = [programs / "contesta", "simulate", "desk", "--seed", "1", "--count", str(SEEDS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=True)
    results.add(f"seeds of the simulation, {SEEDS} of 40 acts", f"{re.search(r'([0-9.]+) a second', done.stderr)[1]}/s")
