"""What can be wrong around a program while it runs: a disk that fails, and a clock that jumps. Both by libraries that are loaded first."""

from __future__ import annotations

import pathlib
import subprocess
import tempfile

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
