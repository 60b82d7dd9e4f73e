"""Real mail servers for the tests, on loopback and in a folder of their own: Dovecot or Cyrus for IMAP, Postfix for SMTP. They need root.

    with MailServers.started() as servers:
        servers.deliver("ana@cliente.example", servers.MARTA, "Subject: Hola\\r\\n\\r\\n¿Tienen pan?\\r\\n")
        servers.mailbox(servers.MARTA)
"""

from __future__ import annotations

import contextlib
import dataclasses
import imaplib
import os
import pathlib
import shutil
import smtplib
import ssl
import subprocess
import tempfile
from collections.abc import Iterator
from typing import ClassVar

import pytest

from cyrus import Cyrus
from desk import eventually, free_port, last_lines
from dovecot import Dovecot
from imap_server import IMAPServer, is_open

PROGRAMS = ("postfix", "openssl")

#: What stands at the other end must make no difference.
IMAP_SERVERS = (Dovecot, Cyrus)


@dataclasses.dataclass(frozen=True)
class Mailbox:
    address: str
    password: str


POSTFIX = """
compatibility_level = 3.6
queue_directory = {queue}
data_directory = {folder}/data
maillog_file = {folder}/postfix.log
maillog_file_prefixes = {folder}
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.laespiga.example
mydestination =
virtual_mailbox_domains = laespiga.example, cliente.example
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_alias_maps = inline:{{{{rebota@cliente.example=nadie@lejos.example}}}}
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unlisted_recipient
bounce_queue_lifetime = 0
default_transport = error:5.1.2 there is no such place here
"""

MASTER = """
127.0.0.1:{smtp} inet n - n - - smtpd
127.0.0.1:{submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
error unix - - n - - error
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
"""


class MailServers:
    MARTA = Mailbox("marta@laespiga.example", "tres panes sin sal")
    ANA = Mailbox("ana@cliente.example", "clave de ana")

    people = (MARTA, ANA)

    #: Those of the tests that run.
    open: ClassVar[set[MailServers]] = set()

    def __init__(self, folder: pathlib.Path, kind: type[IMAPServer], introspection: str | None = None) -> None:
        self.folder = folder
        self.introspection = introspection
        self.run = folder / "run"
        self.queue = folder / "queue"
        self.imap, self.imaps, self.smtp, self.submissions, self.lmtp = (free_port() for _ in range(5))
        self.imap_server = kind(self)

    @classmethod
    @contextlib.contextmanager
    def started(cls, kind: type[IMAPServer] = Dovecot, introspection: str | None = None) -> Iterator[MailServers]:
        """`introspection` is where a provider tells whose an access token is; passwords are refused then."""
        if not cls.can_start(kind):
            pytest.skip(f"{kind.name} and Postfix can't be started here: run script/bootstrap --tests and this as root on Debian")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="contesta-mail-"))
        folder.chmod(0o755)
        servers = cls(folder, kind, introspection)
        cls.open.add(servers)
        try:
            servers.prepare()
            servers.start()
            yield servers
        except BaseException:
            # pytest shows it beside what failed.
            print(servers.last_words())
            raise
        finally:
            cls.open.remove(servers)
            servers.stop()
            shutil.rmtree(folder, ignore_errors=True)

    # What they need

    @staticmethod
    def can_start(kind: type[IMAPServer] = Dovecot) -> bool:
        return os.geteuid() == 0 and kind.is_here() and all(shutil.which(program, path="/usr/sbin:/usr/bin") for program in PROGRAMS)

    def prepare(self) -> None:
        values = {
            "folder": self.folder, "run": self.run, "queue": self.queue, "imap": self.imap, "imaps": self.imaps, "smtp": self.smtp,
            "submissions": self.submissions, "lmtp": self.lmtp,
        }  # fmt: skip
        for place in (self.queue, self.folder / "mail", self.folder / "data", self.folder / "postfix"):
            place.mkdir()
        shutil.chown(self.folder / "mail", "mail", "mail")
        shutil.chown(self.folder / "data", "postfix", "postfix")
        self._certify()
        self.write("mailboxes", "".join(f"{each.address} {each.address}/\n" for each in self.people))
        self.imap_server.prepare(values)
        self.write("postfix/main.cf", (POSTFIX + self.imap_server.postfix).format(**values))
        self.write("postfix/master.cf", MASTER.format(**values))

    def write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def _certify(self) -> None:
        """An authority of the business's own, and what it says of `localhost`."""
        def openssl(*words: object) -> None:
            subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=self.folder)

        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", "/CN=La Espiga", "-keyout", "authority.key",
                "-out", "authority.pem", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        self.write("names", "subjectAltName=DNS:localhost\n")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", 2,
                "-extfile", "names", "-out", "server.pem")  # fmt: skip

    @property
    def authority(self) -> pathlib.Path:
        return self.folder / "authority.pem"

    # Their life

    def start(self) -> None:
        self._postfix("start")
        self.start_imap()
        for port in (self.smtp, self.submissions):
            eventually(f"a mail server on port {port}", lambda port=port: is_open(port))

    def start_imap(self) -> None:
        self.imap_server.start()

    def stop_imap(self) -> None:
        self.imap_server.stop()

    def stop(self) -> None:
        self._postfix("stop", is_checked=False)
        self.stop_imap()

    def _postfix(self, order: str, is_checked: bool = True) -> None:
        done = subprocess.run(["postfix", "-c", str(self.folder / "postfix"), order], capture_output=True, text=True)
        assert done.returncode == 0 or not is_checked, done.stdout + done.stderr

    # What people do with them

    def deliver(self, sender: str, recipient: Mailbox, mail: str | bytes) -> None:
        """From outside, without signing in."""
        raw = mail.encode() if isinstance(mail, str) else mail
        with smtplib.SMTP("127.0.0.1", self.smtp) as server:
            server.sendmail(sender, [recipient.address], raw)

    def mailbox(self, of: Mailbox) -> imaplib.IMAP4_SSL:
        context = ssl.create_default_context(cafile=str(self.authority))
        mailbox = imaplib.IMAP4_SSL("localhost", self.imaps, ssl_context=context)
        mailbox.login(of.address, of.password)
        return mailbox

    def wait_for_mail(self, to: Mailbox, count: int = 1) -> list[bytes]:
        """All that lies in the inbox, once it is so many."""
        def mails() -> list[bytes]:
            with self.mailbox(to) as mailbox:
                mailbox.select(readonly=True)
                return [each[1] for each in mailbox.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(each, tuple)]

        return eventually(f"{count} mails for {to.address}", lambda: len(found := mails()) >= count and found)

    def count(self, of: Mailbox, *folders: str) -> int:
        """How many mails lie in folders."""
        with self.mailbox(of) as mailbox:
            return sum(int(mailbox.select(folder, readonly=True)[1][0]) for folder in folders)

    def raw(self, of: Mailbox) -> list[bytes]:
        """All that lies in the inbox, by its files: also where no password lets anybody in."""
        return [file.read_bytes() for part in ("new", "cur") for file in (self.folder / "mail" / of.address / part).glob("*")]

    def wait_for_subject(self, to: Mailbox, subject: str) -> None:
        def is_there() -> bool:
            with self.mailbox(to) as mailbox:
                mailbox.select(readonly=True)
                return mailbox.search(None, "HEADER", "Subject", f'"{subject}"')[1] != [b""]

        eventually(f"“{subject}” for {to.address}", is_there)

    def last_words(self) -> str:
        """What they noted of late."""
        return "\n".join([f"{self.imap_server.name}:", *self.imap_server.last_words(), "Postfix:", *last_lines(self.folder / "postfix.log")])

    def renumber(self, of: Mailbox) -> None:
        """Gives the inbox another UIDVALIDITY, and its mails other UIDs, as a server that was rebuilt."""
        self.stop_imap()
        self.imap_server.give_new_numbers(of)
        self.start_imap()

    def flags(self, of: Mailbox) -> list[bytes]:
        with self.mailbox(of) as mailbox:
            mailbox.select(readonly=True)
            return [each for each in mailbox.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]
