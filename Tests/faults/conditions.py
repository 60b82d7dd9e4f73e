"""What can be wrong around a program while it runs: a disk that fails, a clock that jumps, by libraries that are loaded first; and too
little memory."""

from __future__ import annotations

import contextlib
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

FAILING_CALLS = ["/usr/lib/fiu/fiu_run_preload.so", "/usr/lib/fiu/fiu_posix_preload.so"]
CONTROL = f"{tempfile.gettempdir()}/contesta-fiu"
INPUT_OUTPUT_ERROR = 5


def failing_disk() -> dict[str, str]:
    """Environment of a program whose disk a test can let fail; see https://blitiri.com.ar/p/libfiu/"""
    return {"LD_PRELOAD": " ".join(FAILING_CALLS), "FIU_CTRL_FIFO": CONTROL}


def fail_fdatasync(process: int) -> None:
    """From now on, the disk can't confirm what it was given."""
    command = f"enable name=posix/io/sync/fdatasync,failinfo={INPUT_OUTPUT_ERROR}"
    subprocess.run(["fiu-ctrl", "-f", CONTROL, "-c", command, str(process)], check=True, timeout=30)


class TurnedClock:
    """The clock of a program, turned while it runs."""

    def __init__(self, folder: pathlib.Path) -> None:
        library = folder / "turned_clock.so"
        source = pathlib.Path(__file__).with_name("turned_clock.c")
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, source], check=True, timeout=60)
        self.file = folder / "clock"
        self.environment = {"LD_PRELOAD": str(library), "TURNED_CLOCK": str(self.file)}
        self.turn(0)

    def turn(self, hours: float) -> None:
        """Ahead of the true time, or back."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{int(hours * 3_600)}\n")
        new.replace(self.file)


CONTROL_GROUPS = pathlib.Path("/sys/fs/cgroup")


@contextlib.contextmanager
def limited_memory(process: int, limit: int) -> Iterator[pathlib.Path | None]:
    """A control group of its own for a program that runs, without swap (cgroups(7), version 2); nothing where there can be none."""
    switch = CONTROL_GROUPS / "cgroup.subtree_control"
    if os.geteuid() != 0 or not switch.exists() or "memory" not in switch.read_text().split():
        yield None
        return
    home = CONTROL_GROUPS / pathlib.Path(f"/proc/{process}/cgroup").read_text().strip().removeprefix("0::/")
    group = CONTROL_GROUPS / f"contesta-trial-{process}"
    group.mkdir()
    try:
        (group / "memory.max").write_text(str(limit))
        with contextlib.suppress(FileNotFoundError):
            (group / "memory.swap.max").write_text("0")
        (group / "cgroup.procs").write_text(str(process))
        yield group
    finally:
        with contextlib.suppress(OSError):
            (home / "cgroup.procs").write_text(str(process))
        group.rmdir()


def forget_peak_memory(process: int) -> None:
    """From now on the peak is of what comes (proc(5), `clear_refs`)."""
    pathlib.Path(f"/proc/{process}/clear_refs").write_text("5\n")


def peak_memory(process: int) -> int:
    """The most that a program has held in memory at once, in bytes (proc(5), `status`)."""
    lines = pathlib.Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) * 1_024 for line in lines if line.startswith("VmHWM:"))
