"""What the tests need of a real IMAP server, whichever it is."""

from __future__ import annotations

import abc
import contextlib
import socket
import subprocess
from typing import TYPE_CHECKING

from desk import eventually

if TYPE_CHECKING:
    from servers import Mailbox, MailServers


class IMAPServer(abc.ABC):
    """Holds the mailboxes of `servers`, in whose folder it lives."""

    name: str
    #: The folder of sent mails, as this server calls it.
    sent: str
    #: How Postfix lays mails into the mailboxes and knows who may send.
    postfix: str

    def __init__(self, servers: MailServers) -> None:
        self.servers = servers
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    @abc.abstractmethod
    def is_here(cls) -> bool:
        """Whether this machine has it."""

    @abc.abstractmethod
    def prepare(self, values: dict[str, object]) -> None:
        """Writes its settings."""

    @abc.abstractmethod
    def launched(self) -> subprocess.Popen[bytes]: ...

    @abc.abstractmethod
    def give_new_numbers(self, of: Mailbox) -> None:
        """Makes a stopped server forget what it knew of an inbox, mails apart."""

    @abc.abstractmethod
    def last_words(self) -> list[str]:
        """What it noted of late, in lines."""

    def child(self, folder: str) -> str:
        """A folder that somebody makes beside the inbox, as this server calls it."""
        return self.sent.replace("Enviados", folder)

    def start(self) -> None:
        self._process = self.launched()
        for port in (self.servers.imap, self.servers.imaps):
            eventually(f"{self.name} on port {port}", lambda port=port: is_open(port))

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(timeout=20)


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
