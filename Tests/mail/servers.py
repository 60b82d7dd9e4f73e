"""Real mail servers for the tests, on loopback and in a folder of their own: Dovecot for IMAP, Postfix for SMTP. Needs root, as they do.

    with MailServers.started() as servers:
        servers.deliver("ana@cliente.example", servers.MARTA, "Subject: Hola\\r\\n\\r\\n¿Tienen pan?\\r\\n")
        servers.mailbox(servers.MARTA)
"""

from __future__ import annotations

import contextlib
import dataclasses
import imaplib
import itertools
import os
import pathlib
import shutil
import smtplib
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator

import pytest

from desk import eventually, free_port

PROGRAMS = ("dovecot", "postfix", "openssl")


@dataclasses.dataclass(frozen=True)
class Mailbox:
    address: str
    password: str


DOVECOT = """
base_dir = {run}
state_dir = {run}
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.key
disable_plaintext_auth = yes
auth_mechanisms = plain login
mail_location = maildir:{folder}/mail/%u
first_valid_uid = 1
default_internal_user = dovecot
default_login_user = dovenull
passdb {{
  driver = passwd-file
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Enviados {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service auth {{
  unix_listener {queue}/private/auth {{
    mode = 0660
    user = postfix
    group = postfix
  }}
}}
"""

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
virtual_mailbox_base = {folder}/mail
virtual_mailbox_maps = texthash:{folder}/mailboxes
virtual_alias_maps = inline:{{{{rebota@cliente.example=nadie@lejos.example}}}}
virtual_uid_maps = static:8
virtual_gid_maps = static:8
virtual_minimum_uid = 1
smtpd_tls_cert_file = {folder}/server.pem
smtpd_tls_key_file = {folder}/server.key
smtpd_tls_security_level = may
smtpd_tls_auth_only = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_sasl_auth_enable = yes
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
smtpd_recipient_restrictions = permit_sasl_authenticated, reject_unlisted_recipient
bounce_queue_lifetime = 0
maximal_queue_lifetime = 0
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
anvil unix - - n - 1 anvil
tlsmgr unix - - n 1000? 1 tlsmgr
postlog unix-dgram n - n - 1 postlogd
proxymap unix - - n - - proxymap
"""


class MailServers:
    MARTA = Mailbox("marta@laespiga.example", "tres panes sin sal")
    ANA = Mailbox("ana@cliente.example", "clave de ana")

    def __init__(self, folder: pathlib.Path, introspection: str | None = None) -> None:
        self.folder = folder
        self.introspection = introspection
        self.run = folder / "run"
        self.queue = folder / "queue"
        self.imap, self.imaps, self.smtp, self.submissions = (free_port() for _ in range(4))
        self._dovecot: subprocess.Popen[bytes] | None = None
        self._laid = itertools.count()

    @classmethod
    @contextlib.contextmanager
    def started(cls, introspection: str | None = None) -> Iterator[MailServers]:
        """`introspection` is where a provider tells whose an access token is; passwords are refused then."""
        if not cls.can_start():
            pytest.skip("Dovecot and Postfix can't be started here: run this as root on Debian with both installed")
        folder = pathlib.Path(tempfile.mkdtemp(prefix="contesta-mail-"))
        folder.chmod(0o755)
        servers = cls(folder, introspection)
        try:
            servers.prepare()
            servers.start()
            yield servers
        finally:
            servers.stop()
            shutil.rmtree(folder, ignore_errors=True)

    # What they need

    @staticmethod
    def can_start() -> bool:
        return os.geteuid() == 0 and all(shutil.which(program, path="/usr/sbin:/usr/bin") for program in PROGRAMS)

    def prepare(self) -> None:
        values = {
            "folder": self.folder, "run": self.run, "queue": self.queue, "imap": self.imap, "imaps": self.imaps, "smtp": self.smtp,
            "submissions": self.submissions,
        }  # fmt: skip
        for place in (self.run, self.queue, self.folder / "mail", self.folder / "data", self.folder / "postfix"):
            place.mkdir()
        shutil.chown(self.folder / "mail", "mail", "mail")
        shutil.chown(self.folder / "data", "postfix", "postfix")
        self._certify()
        people = (self.MARTA, self.ANA)
        self._write("users", "".join(map(line, people)))
        self._write("mailboxes", "".join(f"{each.address} {each.address}/\n" for each in people))
        self._write("dovecot.conf", DOVECOT.format(**values))
        if self.introspection:
            self._take_tokens_alone()
        self._write("postfix/main.cf", POSTFIX.format(**values))
        self._write("postfix/master.cf", MASTER.format(**values))

    def _take_tokens_alone(self) -> None:
        configuration = (self.folder / "dovecot.conf").read_text()
        known = f"driver = passwd-file\n  args = scheme=PLAIN {self.folder}/users"
        assert known in configuration
        by_token = f"driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {self.folder}/oauth2.conf"
        configuration = configuration.replace(known, by_token).replace("= plain login", "= xoauth2 oauthbearer")
        self._write("dovecot.conf", configuration)
        self._write("oauth2.conf", f"introspection_url = {self.introspection}\nintrospection_mode = post\nusername_attribute = email\n"
                    "active_attribute = active\nactive_value = true\n")  # fmt: skip

    def _write(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text)

    def _certify(self) -> None:
        """An authority of the business's own, and what it says of `localhost`."""
        def openssl(*words: object) -> None:
            subprocess.run(["openssl", *map(str, words)], check=True, capture_output=True, cwd=self.folder)

        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", 2, "-subj", "/CN=La Espiga", "-keyout", "authority.key",
                "-out", "authority.pem", "-addext", "basicConstraints=critical,CA:TRUE")  # fmt: skip
        openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.csr")
        self._write("names", "subjectAltName=DNS:localhost\n")
        openssl("x509", "-req", "-in", "server.csr", "-CA", "authority.pem", "-CAkey", "authority.key", "-CAcreateserial", "-days", 2,
                "-extfile", "names", "-out", "server.pem")  # fmt: skip

    @property
    def authority(self) -> pathlib.Path:
        return self.folder / "authority.pem"

    # Their life

    def start(self) -> None:
        self._postfix("start")
        self.start_dovecot()
        for port in (self.smtp, self.submissions):
            eventually(f"a mail server on port {port}", lambda port=port: is_open(port))

    def start_dovecot(self) -> None:
        self._dovecot = subprocess.Popen(["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")], stdin=subprocess.DEVNULL)
        for port in (self.imap, self.imaps):
            eventually(f"Dovecot on port {port}", lambda port=port: is_open(port))

    def stop_dovecot(self) -> None:
        if self._dovecot:
            self._dovecot.terminate()
            self._dovecot.wait(timeout=20)

    def stop(self) -> None:
        self._postfix("stop", is_checked=False)
        self.stop_dovecot()

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

    def lay(self, into: Mailbox, mails: Iterable[bytes]) -> None:
        """Each whole and at once into the mailbox's own files (maildir): by the thousand, as no server of outgoing mail brings them."""
        parts = {part: self.folder / "mail" / into.address / part for part in ("tmp", "new", "cur")}
        for place in (parts["tmp"].parent, *parts.values()):
            place.mkdir(exist_ok=True)
            shutil.chown(place, "mail", "mail")
        for mail in mails:
            name = f"{time.time_ns()}.{next(self._laid)}.localhost"
            (parts["tmp"] / name).write_bytes(mail)
            (parts["tmp"] / name).rename(parts["new"] / name)

    def change_password(self, of: Mailbox, password: str) -> Mailbox:
        """From now on the mailbox takes this password alone, and whoever is signed in is put out; the mailbox as it is now."""
        renewed = dataclasses.replace(of, password=password)
        people = (self.MARTA, self.ANA)
        self._write("users", "".join(line(renewed if each.address == of.address else each) for each in people))
        subprocess.run(["doveadm", "-c", str(self.folder / "dovecot.conf"), "kick", of.address], check=True, capture_output=True)
        return renewed

    def wait_for_mail(self, to: Mailbox, count: int = 1) -> list[bytes]:
        """All that lies in the inbox, once it is so many."""
        def mails() -> list[bytes]:
            with self.mailbox(to) as mailbox:
                mailbox.select(readonly=True)
                return [each[1] for each in mailbox.fetch("1:*", "(BODY.PEEK[])")[1] if isinstance(each, tuple)]

        return eventually(f"{count} mails for {to.address}", lambda: len(found := mails()) >= count and found)

    def raw(self, of: Mailbox) -> list[bytes]:
        """All that lies in the inbox, by its files: also where no password lets anybody in."""
        return [file.read_bytes() for part in ("new", "cur") for file in (self.folder / "mail" / of.address / part).glob("*")]

    def wait_for_subject(self, to: Mailbox, subject: str) -> None:
        def is_there() -> bool:
            with self.mailbox(to) as mailbox:
                mailbox.select(readonly=True)
                return mailbox.search(None, "HEADER", "Subject", f'"{subject}"')[1] != [b""]

        eventually(f"“{subject}” for {to.address}", is_there)

    def renumber(self, of: Mailbox) -> None:
        """Gives the inbox another UIDVALIDITY, and its mails other UIDs, as a server that was rebuilt."""
        self.stop_dovecot()
        for file in (self.folder / "mail" / of.address).glob("dovecot*"):
            file.unlink()
        self.start_dovecot()

    def flags(self, of: Mailbox) -> list[bytes]:
        with self.mailbox(of) as mailbox:
            mailbox.select(readonly=True)
            return [each for each in mailbox.fetch("1:*", "(FLAGS)")[1] if isinstance(each, bytes)]


def line(of: Mailbox) -> str:
    """As Dovecot's passwd-file has it."""
    return f"{of.address}:{{PLAIN}}{of.password}\n"


def is_open(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False
