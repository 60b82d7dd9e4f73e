"""Dovecot, as Debian has it."""

from __future__ import annotations

import dataclasses
import itertools
import shutil
import subprocess
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from desk import last_lines
from imap_server import IMAPServer

if TYPE_CHECKING:
    from servers import Mailbox

SETTINGS = """
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
virtual_mailbox_base = {folder}/mail
virtual_uid_maps = static:8
virtual_gid_maps = static:8
virtual_minimum_uid = 1
maximal_queue_lifetime = 0
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
"""


#: Of the files that were laid into mailboxes.
laid = itertools.count()


def line(of: Mailbox) -> str:
    """As its passwd-file has it."""
    return f"{of.address}:{{PLAIN}}{of.password}\n"


class Dovecot(IMAPServer):
    name = "Dovecot"
    sent = "Enviados"
    postfix = POSTFIX

    @classmethod
    def is_here(cls) -> bool:
        return bool(shutil.which("dovecot", path="/usr/sbin:/usr/bin"))

    def prepare(self, values: dict[str, object]) -> None:
        servers = self.servers
        servers.run.mkdir()
        servers.write("users", "".join(map(line, servers.people)))
        settings = SETTINGS.format(**values)
        servers.write("dovecot.conf", self._taking_tokens_alone(settings) if servers.introspection else settings)

    def _taking_tokens_alone(self, settings: str) -> str:
        folder = self.servers.folder
        known = f"driver = passwd-file\n  args = scheme=PLAIN {folder}/users"
        assert known in settings
        by_token = f"driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/oauth2.conf"
        self.servers.write("oauth2.conf", f"introspection_url = {self.servers.introspection}\nintrospection_mode = post\n"
                           "username_attribute = email\nactive_attribute = active\nactive_value = true\n")  # fmt: skip
        return settings.replace(known, by_token).replace("= plain login", "= xoauth2 oauthbearer")

    def launched(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(["dovecot", "-F", "-c", str(self.servers.folder / "dovecot.conf")], stdin=subprocess.DEVNULL)

    def last_words(self) -> list[str]:
        return last_lines(self.servers.folder / "dovecot.log")

    def lay(self, into: Mailbox, mails: Iterable[bytes]) -> None:
        """Each whole and at once into the mailbox's own files (maildir): by the thousand, as no server of outgoing mail brings them."""
        parts = {part: self.servers.folder / "mail" / into.address / part for part in ("tmp", "new", "cur")}
        for place in (parts["tmp"].parent, *parts.values()):
            place.mkdir(exist_ok=True)
            shutil.chown(place, "mail", "mail")
        for mail in mails:
            name = f"{time.time_ns()}.{next(laid)}.localhost"
            (parts["tmp"] / name).write_bytes(mail)
            (parts["tmp"] / name).rename(parts["new"] / name)

    def change_password(self, of: Mailbox, password: str) -> Mailbox:
        """From now on the mailbox takes this password alone, and whoever is signed in is put out; the mailbox as it is now."""
        renewed = dataclasses.replace(of, password=password)
        self.servers.write("users", "".join(line(renewed if each.address == of.address else each) for each in self.servers.people))
        settings = str(self.servers.folder / "dovecot.conf")
        subprocess.run(["doveadm", "-c", settings, "kick", of.address], check=True, capture_output=True)
        return renewed

    def give_new_numbers(self, of: Mailbox) -> None:
        for file in (self.servers.folder / "mail" / of.address).glob("dovecot*"):
            file.unlink()
