"""A desk that answers a real mailbox: `contesta serve` beside Dovecot and Postfix.

    with MailServers.started() as servers, mail_desk(servers) as desk:
        servers.deliver("ana@cliente.example", servers.MARTA, letter("¿Tienen pan?"))
        desk.conversation_with("Ana")
"""

from __future__ import annotations

import contextlib
import email
import email.message
import email.policy
import email.utils
from collections.abc import Iterator

from desk import BUSINESS, Desk, eventually
from servers import Mailbox, MailServers


@contextlib.contextmanager
def mail_desk(servers: MailServers, **settings: str) -> Iterator[Desk]:
    """A founded desk with one mailbox, Marta's."""
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.inbox_id = connect(desk, servers, **settings)
        desk.start()
        yield desk


def connect(desk: Desk, servers: MailServers, of: Mailbox = MailServers.MARTA, **settings: str) -> str:
    desk.spoken.add(of.password)
    all_settings = {
        "address": of.address, "imap_host": "localhost", "imap_port": str(servers.imaps), "smtp_host": "localhost",
        "smtp_port": str(servers.submissions), "certificate_authority": servers.authority.read_text(), **settings,
    }  # fmt: skip
    pairs = [f"{key}={value}" for key, value in all_settings.items()]
    answer = desk.command(
        "inbox", "add", BUSINESS, "email", "--name", "Correo", "--secrets-stdin", *pairs, secrets=f"password={of.password}\n")
    return answer["inbox_id"]


def letter(
    text: str, subject: str = "Pan", sender: str = "Ana Prado <ana@cliente.example>", to: str = "marta@laespiga.example",
    answering: email.message.Message | None = None, **fields: str,
) -> bytes:  # fmt: skip
    """A mail as a stranger's program writes it; `answering` is the mail that it replies to."""
    mail = email.message.EmailMessage(policy=email.policy.SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, subject
    mail["Date"], mail["Message-ID"] = email.utils.formatdate(), email.utils.make_msgid(domain="cliente.example")
    if answering is not None:
        mail.replace_header("Subject", str(answering["Subject"]))
        mail["In-Reply-To"] = answering["Message-ID"]
        mail["References"] = f"{answering.get('References', '')} {answering['Message-ID']}".strip()
        text = f"{text}\n\nEl lun, 3 nov 2026 a las 10:21, Marta <marta@laespiga.example> escribió:\n> {answering_text(answering)}\n"
    for name, value in fields.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail.as_bytes()


def answering_text(mail: email.message.Message) -> str:
    return mail.get_body(("plain",)).get_content().splitlines()[0]


def read(raw: bytes) -> email.message.EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)


def answered(desk: Desk, conversation: str, text: str, key: str) -> dict[str, object]:
    """The reply, once the server of outgoing mail has taken it."""
    message = desk.api.reply(conversation, text, key)
    eventually("the reply to be taken", lambda: desk.api.status(conversation, message["id"]) in ("accepted", "delivered"))
    return message
