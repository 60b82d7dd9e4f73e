"""Cyrus IMAP, as `script/bootstrap --tests` unpacks it beside the Dovecot that is installed: Debian lets one be installed at a time.

It shares no code with Dovecot and keeps mails in its own way: folders lie below the inbox (`INBOX.Enviados`), mails come by LMTP, and
passwords are known to Cyrus SASL.
"""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
from typing import TYPE_CHECKING

from desk import last_lines
from imap_server import IMAPServer

if TYPE_CHECKING:
    from servers import Mailbox

ROOT = pathlib.Path(__file__).parents[2] / ".build/cyrus"
PROGRAMS = "usr/lib/cyrus/bin"

SETTINGS = """
configdirectory: {folder}/cyrus
proc_path: {folder}/cyrus/proc
mboxname_lockpath: {folder}/cyrus/lock
idlesocket: {folder}/cyrus/idle
defaultpartition: default
partition-default: {folder}/mail
cyrus_user: mail
cyrus_group: mail
virtdomains: userid
altnamespace: no
unixhierarchysep: no
autocreate_quota: 0
autocreate_post: yes
autocreate_inbox_folders: Enviados
autocreate_subscribe_folders: Enviados
xlist-sent: Enviados
duplicatesuppression: no
sasl_pwcheck_method: auxprop
sasl_auxprop_plugin: sasldb
sasl_sasldb_path: {folder}/passwords
sasl_mech_list: PLAIN LOGIN
allowplaintext: yes
tls_server_cert: {folder}/server.pem
tls_server_key: {folder}/cyrus/server.key
"""

SERVICES = """
START {{
  recover cmd="{programs}/ctl_cyrusdb -C {folder}/imapd.conf -r"
}}
DAEMON {{
  idled cmd="{programs}/idled -C {folder}/imapd.conf"
}}
SERVICES {{
  imap cmd="{programs}/imapd -C {folder}/imapd.conf" listen="127.0.0.1:{imap}" prefork=0
  imaps cmd="{programs}/imapd -C {folder}/imapd.conf -s" listen="127.0.0.1:{imaps}" prefork=0
  lmtp cmd="{programs}/lmtpd -C {folder}/imapd.conf -a" listen="127.0.0.1:{lmtp}" prefork=0
}}
"""

# While Cyrus is away, mails wait here and are brought soon after it is back; sooner than this, Postfix trips over its own tries.
POSTFIX = """
virtual_transport = lmtp:inet:127.0.0.1:{lmtp}
minimal_backoff_time = 3s
maximal_backoff_time = 3s
queue_run_delay = 1s
smtpd_sasl_type = cyrus
cyrus_sasl_config_path = {folder}/postfix/sasl
"""

SENDERS = """
pwcheck_method: auxprop
auxprop_plugin: sasldb
sasldb_path: {folder}/passwords
mech_list: PLAIN LOGIN
"""


class Cyrus(IMAPServer):
    name = "Cyrus"
    sent = "INBOX.Enviados"
    postfix = POSTFIX

    @classmethod
    def is_here(cls) -> bool:
        return (ROOT / PROGRAMS / "imapd").is_file()

    def prepare(self, values: dict[str, object]) -> None:
        servers = self.servers
        # Cyrus works as the user `mail`, who need not be able to look into this checkout.
        shutil.copytree(ROOT, self._root, symlinks=True)
        for place in (servers.folder / "cyrus", *(servers.folder / "cyrus" / each for each in ("lock", "proc", "socket"))):
            place.mkdir()
            shutil.chown(place, "mail", "mail")
        shutil.chown(shutil.copy(servers.folder / "server.key", servers.folder / "cyrus"), "mail", "mail")
        servers.write("imapd.conf", SETTINGS.format(**values))
        servers.write("cyrus.conf", SERVICES.format(programs=self._root / PROGRAMS, **values))
        for each in servers.people:
            # Cyrus writes down each conversation about a mailbox for which there is such a folder.
            (servers.folder / "cyrus/log" / each.address).mkdir(parents=True)
            shutil.chown(servers.folder / "cyrus/log" / each.address, "mail", "mail")
        (servers.folder / "postfix/sasl").mkdir()
        servers.write("postfix/sasl/smtpd.conf", SENDERS.format(**values))
        for each in servers.people:
            self._remember(each)

    def _remember(self, person: Mailbox) -> None:
        user, domain = person.address.split("@")
        passwords = self.servers.folder / "passwords"
        command = [self._root / "usr/sbin/saslpasswd2", "-p", "-c", "-f", passwords, "-u", domain, user]
        subprocess.run(command, input=person.password.encode(), check=True)
        passwords.chmod(0o644)

    def launched(self) -> subprocess.Popen[bytes]:
        command = self._command("master", "-D", "-M", self.servers.folder / "cyrus.conf", "-p", self.servers.folder / "cyrus.pid")
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, env=self._environment)

    def last_words(self) -> list[str]:
        noted = sorted((self.servers.folder / "cyrus/log").glob("*/*"), key=lambda file: file.stat().st_mtime)
        return [line for file in noted[-3:] for line in (file.name, *last_lines(file))]

    def start(self) -> None:
        """Mailboxes are made at the first sign-in; a mail that comes at the same moment would be put off."""
        super().start()
        for each in self.servers.people:
            self.servers.mailbox(each).logout()

    def give_new_numbers(self, of: Mailbox) -> None:
        user, domain = of.address.split("@")
        name = f"user.{user}@{domain}"
        folder = pathlib.Path(self._answer("mbpath", name))
        for file in ("cyrus.index", "cyrus.header", "cyrus.cache"):
            (folder / file).unlink()
        self._answer("reconstruct", name)

    def _answer(self, program: str, *arguments: str) -> str:
        done = subprocess.run(
            self._command(program, *arguments), env=self._environment, user="mail", group="mail", capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def _command(self, program: str, *arguments: object) -> list[object]:
        return [self._root / PROGRAMS / program, "-C", self.servers.folder / "imapd.conf", *arguments]

    @property
    def _root(self) -> pathlib.Path:
        return self.servers.folder / "programs"

    @property
    def _environment(self) -> dict[str, str]:
        libraries = [*self._root.glob("usr/lib/*-linux-gnu"), *self._root.glob("lib/*-linux-gnu")]
        return {**os.environ, "LD_LIBRARY_PATH": ":".join(map(str, libraries))}
