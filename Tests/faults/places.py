"""A small file system of a test's own, which can be filled, made read-only, and cut from its current. Needs root."""

from __future__ import annotations

import contextlib
import fcntl
import functools
import os
import pathlib
import struct
import subprocess
import tempfile
from collections.abc import Iterator

import pytest

from desk import eventually

# _IOR('X', 125, __u32) of the kernel's fs/ext4/ext4.h, and its flag for going down without writing the journal.
EXT4_IOC_SHUTDOWN = 0x8004587D
WITHOUT_THE_LOG = 2


def run(*command: object) -> str:
    finished = subprocess.run([str(each) for each in command], capture_output=True, text=True)
    assert finished.returncode == 0, f"{command}: {finished.stdout}{finished.stderr}"
    return finished.stdout.strip()


@functools.cache
def can_mount() -> bool:
    """Tried once, on a file system that nobody needs."""
    with tempfile.TemporaryDirectory(prefix="contesta-disk-") as home:
        image, place = pathlib.Path(home, "disk"), pathlib.Path(home, "mounted")
        image.write_bytes(bytes(1_048_576))
        place.mkdir()
        tries = [["mkfs.ext4", "-q", "-F", image], ["mount", "-o", "loop", image, place], ["umount", place]]
        return os.geteuid() == 0 and all(subprocess.run(each, capture_output=True).returncode == 0 for each in tries)


class SmallDisk:
    """An ext4 file system in a file, mounted."""

    def __init__(self, home: pathlib.Path, megabytes: int) -> None:
        self.image = home / "disk"
        self.mount_point = home / "mounted"
        self.folder = self.mount_point / "data"
        self.ballast = self.mount_point / "ballast"
        with self.image.open("wb") as image:
            image.truncate(megabytes * 1_048_576)
        run("mkfs.ext4", "-q", "-F", "-m", "0", self.image)
        self.mount_point.mkdir()
        self.mount()
        self.folder.mkdir(mode=0o700)

    @classmethod
    @contextlib.contextmanager
    def mounted(cls, megabytes: int = 64) -> Iterator[SmallDisk]:
        if not can_mount():
            pytest.skip("nothing can be mounted here: run this as root on a machine with loop devices and ext4")
        with tempfile.TemporaryDirectory(prefix="contesta-disk-") as home:
            disk = cls(pathlib.Path(home), megabytes)
            try:
                yield disk
            finally:
                run("umount", "--lazy", disk.mount_point)

    def mount(self) -> None:
        """An error of the file system makes it read-only, as Debian's installer sets it up."""
        run("mount", "-o", "loop,errors=remount-ro", self.image, self.mount_point)

    def mount_again(self) -> None:
        """As at the next start of the machine: the journal is played, and the file system looked over."""
        try:
            eventually("the end of all use of the disk", self._unmount, 15)
        except AssertionError:
            self._leave_behind()
        subprocess.run(["e2fsck", "-p", str(self.image)], capture_output=True)
        self.mount()

    def _leave_behind(self) -> None:
        """Once in a while the kernel does not let go. What is down or read-only writes nothing more: a copy is what the disk has."""
        run("umount", "--lazy", self.mount_point)
        copy = self.image.with_name("disk-as-it-was-left")
        run("cp", "--sparse=always", self.image, copy)
        self.image = copy

    def _unmount(self) -> bool:
        """A process that was killed lets go of its files a moment after it is gone."""
        return subprocess.run(["umount", str(self.mount_point)], capture_output=True).returncode == 0

    def cut_power(self) -> None:
        """What was not made durable is gone, and nothing can be read or written until it is mounted again."""
        place = os.open(self.mount_point, os.O_RDONLY)
        try:
            fcntl.ioctl(place, EXT4_IOC_SHUTDOWN, struct.pack("I", WITHOUT_THE_LOG))
        finally:
            os.close(place)

    def fill(self) -> None:
        """To the last byte."""
        with self.ballast.open("ab", buffering=0) as ballast:
            for size in (1_048_576, 4_096, 1):
                with contextlib.suppress(OSError):
                    while True:
                        ballast.write(bytes(size))
            os.fsync(ballast.fileno())

    def leave(self, megabytes: float) -> None:
        """All but that is taken, in one go, so that nothing that becomes free meanwhile is taken too."""
        room = os.statvfs(self.mount_point)
        taken = self.ballast.stat().st_size if self.ballast.exists() else 0
        with self.ballast.open("ab") as ballast:
            os.posix_fallocate(ballast.fileno(), taken, room.f_bavail * room.f_frsize - int(megabytes * 1_048_576))
            os.fsync(ballast.fileno())

    def empty(self) -> None:
        self.ballast.unlink()

    def become_read_only(self) -> None:
        """The kernel finds an error, as with a failing disk."""
        device = pathlib.Path(run("findmnt", "--noheadings", "--output", "SOURCE", self.mount_point)).name
        pathlib.Path(f"/sys/fs/ext4/{device}/trigger_fs_error").write_text("a test's error")
