"""A wire that misbehaves: a proxy between two programs, in this process."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import httpx


class Wire:
    """Passes everything on in both directions, until it is told to do worse."""

    def __init__(self) -> None:
        self.target: tuple[str, int] | None = None
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.connections: list[socket.socket] = []
        self.sound = threading.Event()
        self.sound.set()
        threading.Thread(target=self._accept, daemon=True).start()

    @classmethod
    @contextlib.contextmanager
    def laid(cls) -> Iterator[Wire]:
        wire = cls()
        try:
            yield wire
        finally:
            wire.listener.close()
            wire.recover()

    def leading_to(self, url: str) -> str:
        """The address at which it is reached over the wire."""
        self.target = ("127.0.0.1", httpx.URL(url).port)
        return f"http://127.0.0.1:{self.listener.getsockname()[1]}"

    def fall_silent(self) -> None:
        """Connections stay open and are taken, and nothing gets through any more, either way: half-open, as the peer sees it."""
        self.sound.clear()

    def forget(self) -> None:
        """What is connected stays open and silent for good, and new connections work: a router on the way has lost its table."""
        self.sound.clear()
        self.sound = threading.Event()
        self.sound.set()

    def recover(self) -> None:
        """New connections work; the silent ones are cut."""
        self.cut()
        self.sound.set()

    def cut(self) -> None:
        while self.connections:
            with contextlib.suppress(OSError):
                self.connections.pop().shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self.listener.accept()
                self.connections.append(near)
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        sound = self.sound
        with contextlib.suppress(OSError), near:
            if not sound.is_set():
                self._swallow(near)
                return
            with socket.create_connection(self.target) as far:
                self.connections.append(far)
                back = threading.Thread(target=self._pass, args=(far, near, sound), daemon=True)
                back.start()
                self._pass(near, far, sound)
                back.join()

    def _pass(self, source: socket.socket, sink: socket.socket, sound: threading.Event) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                if not sound.is_set():
                    self._swallow(source)
                    return
                sink.sendall(data)
            # On a silent line nobody hears of an end either.
            if sound.is_set():
                sink.shutdown(socket.SHUT_WR)

    @staticmethod
    def _swallow(source: socket.socket) -> None:
        while source.recv(65_536):
            pass
