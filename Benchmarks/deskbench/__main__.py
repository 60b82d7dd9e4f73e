"""Run by script/bench."""

from __future__ import annotations

import argparse
import pathlib
import shutil
import signal
import sys

from . import dispatch, footprint, growth, ingest, ledger, live, mail, recovery, simulation
from .results import Results

NAMES = ["ingest", "screen", "queue", "search", "footprint", "dispatch", "recovery", "simulation", "ledger", "mail"]


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/bench", description="Measures Contesta and its floors in one run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)}; all of them by default")
    parser.add_argument("--programs", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=pathlib.Path, required=True, help=argparse.SUPPRESS)
    parser.add_argument("--sizes", default=",".join(map(str, growth.SIZES)), help="how many conversations queue and search are measured at")
    parser.add_argument("--mails", type=int, default=mail.COUNT, help="how many mails lie in the mailbox that is collected")
    arguments = parser.parse_args()
    names = arguments.names or NAMES
    if unknown := set(names) - set(NAMES):
        parser.error(f"there is nothing to measure called {', '.join(sorted(unknown))}")
    results = Results()
    # A bench that is told to stop takes its servers along.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sizes = [int(size) for size in arguments.sizes.split(",")]
        measure(names, arguments.programs, arguments.folder, results, sizes, arguments.mails)
    finally:
        print("\n" + results.table() + "\n")
        shutil.rmtree(arguments.folder, ignore_errors=True)
    if broken := results.broken():
        print("Far beyond its committed threshold: " + "; ".join(broken), file=sys.stderr)
    return 1 if broken else 0


def measure(names: list[str], programs: pathlib.Path, folder: pathlib.Path, results: Results, sizes: list[int], mail_count: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    steps = {
        "ingest": ingest.run, "screen": live.run, "footprint": footprint.run, "dispatch": dispatch.run, "simulation": simulation.run,
        "ledger": ledger.run,
        "mail": lambda programs, folder, results: mail.run(programs, folder, results, mail_count),
        "recovery": lambda programs, folder, results: recovery.run(programs, folder, results, sizes[-1]),
    }
    for name, step in steps.items():
        if name in names:
            print(f"==> Measuring {name}", flush=True)
            step(programs, folder, results)
    if grown := [name for name in ("queue", "search") if name in names]:
        print(f"==> Measuring {' and '.join(grown)}", flush=True)
        growth.run(programs, folder, results, grown, sizes)


if __name__ == "__main__":
    sys.exit(main())
