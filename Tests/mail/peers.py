"""Mail servers that do their worst: a scripted SMTP server, and a wire to a real IMAP server that is cut where a test says."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator


class Peer:
    """Listens on loopback, and serves each connection in a thread of its own."""

    def __init__(self, serve: Callable[[socket.socket], None]) -> None:
        self._serve = serve
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._run, args=(connection,), daemon=True).start()

    def _run(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            self._serve(connection)

    def close(self) -> None:
        self._listener.close()


class SubmissionServer:
    """Takes mails over as its script says: for each mail one word, `250`, `451`, `550`, or `lost` for a connection that ends after the
    dot. After its last word it goes on with `250`."""

    def __init__(self, *script: str) -> None:
        self.script = list(script)
        self.mails: list[bytes] = []
        self._lock = threading.Lock()
        self.peer = Peer(self._serve)

    @property
    def port(self) -> int:
        return self.peer.port

    def _serve(self, connection: socket.socket) -> None:
        lines = connection.makefile("rb")
        connection.sendall(b"220 peer ESMTP\r\n")
        for line in lines:
            verb = line.split(b" ")[0].strip().upper()
            if verb == b"EHLO":
                connection.sendall(b"250-peer\r\n250-AUTH PLAIN\r\n250-DSN\r\n250 SIZE 50000000\r\n")
            elif verb == b"AUTH":
                connection.sendall(b"235 in\r\n")
            elif verb == b"DATA":
                connection.sendall(b"354 go on\r\n")
                mail = b"".join(iter(lines.readline, b".\r\n"))
                if not self._take(mail, connection):
                    return
            elif verb == b"QUIT":
                connection.sendall(b"221 bye\r\n")
                return
            else:
                connection.sendall(b"250 ok\r\n")

    def _take(self, mail: bytes, connection: socket.socket) -> bool:
        with self._lock:
            word = self.script.pop(0) if self.script else "250"
            if word in ("250", "lost"):
                self.mails.append(mail)
        answers = {"250": b"250 2.0.0 taken\r\n", "451": b"451 4.3.0 later\r\n", "550": b"550 5.7.1 refused\r\n"}
        if word in answers:
            connection.sendall(answers[word])
        return word in answers


class CutWire:
    """Leads to an IMAP server, and cuts the connection when the client asks for something that a test forbids, or in the midst of an answer
    that it forbids."""

    def __init__(self, port: int, forbids: Callable[[bytes], bool], forbids_answer: Callable[[bytes], bool]) -> None:
        self._target = port
        self.forbids = forbids
        self.forbids_answer = forbids_answer
        self.cuts = 0
        self.peer = Peer(self._serve)

    @property
    def port(self) -> int:
        return self.peer.port

    def _serve(self, client: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", self._target)) as server:
            threading.Thread(target=self._bring_back, args=(server, client), daemon=True).start()
            for line in client.makefile("rb"):
                if self.forbids(line):
                    self.cuts += 1
                    client.shutdown(socket.SHUT_RDWR)
                    return
                server.sendall(line)

    def _bring_back(self, server: socket.socket, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := server.recv(65_536):
                client.sendall(chunk)
                if self.forbids_answer(chunk):
                    self.cuts += 1
                    client.shutdown(socket.SHUT_RDWR)
                    return


def noting(lines: list[bytes]) -> Callable[[bytes], bool]:
    """For a wire that forbids nothing, and only keeps what is asked."""
    def forbids(line: bytes) -> bool:
        lines.append(line)
        return False

    return forbids


@contextlib.contextmanager
def submission_server(*script: str) -> Iterator[SubmissionServer]:
    server = SubmissionServer(*script)
    try:
        yield server
    finally:
        server.peer.close()


@contextlib.contextmanager
def cut_wire(
    port: int, forbids: Callable[[bytes], bool], forbids_answer: Callable[[bytes], bool] = lambda _: False
) -> Iterator[CutWire]:
    wire = CutWire(port, forbids, forbids_answer)
    try:
        yield wire
    finally:
        wire.peer.close()
