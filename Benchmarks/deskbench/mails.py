"""Ten thousand mails as a business has them, always the same ones: in three languages and every usual way of writing, some with their
history below, and files from 10 KB to 5 MB on as many of them as it takes to make the wanted sum. Nothing in them is anybody's."""

from __future__ import annotations

import base64
import email.header
import email.utils
import math
import quopri
import random
from collections.abc import Iterator

SEED = 20_261_122
BYTES_OF_ONE = 100_000
SMALLEST_FILE, LARGEST_FILE = 10_000, 5_000_000
PEOPLE = 2_000
SHARE_OF_ANSWERS, SHARE_OF_PLAIN = 0.35, 0.4
BEGINNING = 1_795_000_000
#: What Base64 with its line ends makes of a byte.
GROWTH = 4 / 3 * 78 / 76
#: A mail without a file, as these are on average.
BYTES_OF_TEXT = 3_000

WORDS = {
    "es": "mañana señora quisiera saber si todavía tienen habitación para la última semana de julio también cuánto cuesta el envío a Córdoba "
    "gracias por la atención espero su respuesta porque el año pasado hubo un problema con la reservación del niño".split(),
    "pt": "amanhã a senhora não pode vir então gostaríamos de saber se há vagas para três pessoas na próxima semana também quanto custa a "
    "entrega em São Paulo obrigada pela atenção porque o pão de queijo não chegou até às oito horas".split(),
    "en": "tomorrow we would like to know whether there is still a room for the last week of July and how much the delivery costs because "
    "last year there was a problem with the booking thank you for your answer and kind regards from all of us".split(),
}
NAMES = ["José Muñoz", "Ana Peña", "João Gonçalves", "Inês Araújo", "Mary Field", "John Brook", "Íñigo Ruiz", "Conceição Lima"]
INTRODUCTIONS = {"es": "El {date}, {name} escribió:", "pt": "Em {date}, {name} escreveu:", "en": "On {date}, {name} wrote:"}
SUBJECTS = {"es": "Reservación número {}", "pt": "Informação sobre o pedido {}", "en": "Question about order {}"}
MEDIA_TYPES = [("image", "jpeg", "jpg"), ("application", "pdf", "pdf"), ("application", "octet-stream", "bin")]
#: Charset and transfer encoding of a text.
MANNERS = [("utf-8", "quoted-printable"), ("utf-8", "base64"), ("iso-8859-1", "quoted-printable"), ("windows-1252", "base64")]


def mails(count: int) -> Iterator[bytes]:
    """`BYTES_OF_ONE` each on average."""
    chance = random.Random(SEED)
    files = _files(chance, count)
    last: dict[int, int] = {}
    return (Letter(chance, number, files.get(number), last).bytes() for number in range(count))


def _files(chance: random.Random, count: int) -> dict[int, int]:
    """How large the file of a mail is, for those that have one: small ones are as common as large ones on a logarithmic scale."""
    files: dict[int, int] = {}
    missing = count * (BYTES_OF_ONE - BYTES_OF_TEXT) / GROWTH
    while missing > SMALLEST_FILE and len(files) < count:
        size = int(math.exp(chance.uniform(math.log(SMALLEST_FILE), math.log(LARGEST_FILE))))
        number = chance.randrange(count)
        if number not in files:
            files[number] = min(size, int(missing))
            missing -= files[number]
    return files


class Letter:
    def __init__(self, chance: random.Random, number: int, file: int | None, last: dict[int, int]) -> None:
        """`last` is the mail that each person wrote last; some go on from there."""
        self._chance, self._number, self._file = chance, number, file
        self._language = chance.choice(list(WORDS))
        self._person = chance.randrange(PEOPLE)
        self._name = NAMES[self._person % len(NAMES)]
        self._before = last.get(self._person) if chance.random() < SHARE_OF_ANSWERS else None
        last[self._person] = number

    def bytes(self) -> bytes:
        part = self._words()
        if self._file is not None:
            part = self._many("mixed", [part, self._attachment(self._file)])
        return self._head() + part

    def _head(self) -> bytes:
        sender = email.utils.formataddr((self._name, f"person{self._person}@customers.invalid"))
        subject = email.header.Header(SUBJECTS[self._language].format(self._number), "utf-8").encode()
        at = email.utils.formatdate(BEGINNING + 60 * self._number)
        lines = [
            "Return-Path: <person@customers.invalid>",
            f"Received: from mail.customers.invalid (mail.customers.invalid [192.0.2.1]) by mail.bench.invalid with ESMTPS id {self._number:08x}; {at}",
            f"From: {sender}", "To: La Espiga <bench@laespiga.example>", f"Subject: {subject}", f"Date: {at}",
            f"Message-ID: <{self._number}@customers.invalid>", "MIME-Version: 1.0"]  # fmt: skip
        if self._before is not None:
            lines += [f"{field}: <{self._before}@customers.invalid>" for field in ("In-Reply-To", "References")]
        return "\n".join(lines).encode() + b"\n"

    def _words(self) -> bytes:
        text = "\n\n".join(self._paragraph() for _ in range(self._chance.randint(1, 5))) + f"\n\n{self._name}\n"
        if self._before is not None:
            text += self._history()
        charset, encoding = self._chance.choice(MANNERS)
        if self._chance.random() < SHARE_OF_PLAIN:
            return self._text("plain", text, charset, encoding)
        page = self._page(text)
        return self._many("alternative", [self._text("plain", text, charset, encoding), self._text("html", page, charset, encoding)])

    def _paragraph(self) -> str:
        words = self._chance.choices(WORDS[self._language], k=self._chance.randint(12, 70))
        return " ".join(words).capitalize() + "."

    def _history(self) -> str:
        """What was written before, quoted twice."""
        date = email.utils.formatdate(BEGINNING)
        older = "\n".join(f"> {line}" for line in (self._paragraph(), INTRODUCTIONS[self._language].format(date=date, name="La Espiga")))
        return f"\n{INTRODUCTIONS[self._language].format(date=date, name='La Espiga')}\n{older}\n>> {self._paragraph()}\n"

    def _page(self, text: str) -> str:
        paragraphs = "".join(
            f'<tr><td style="font-family:Arial,sans-serif;font-size:14px;color:#222;padding:8px 16px">{each}</td></tr>\n'
            for each in text.replace("&", "&amp;").replace(">", "&gt;").split("\n\n"))
        return (
            '<!DOCTYPE html>\n<html><head><meta http-equiv="Content-Type" content="text/html"><style>td { line-height: 1.4 }</style></head>\n'
            f'<body bgcolor="#ffffff"><table width="600" cellpadding="0" cellspacing="0" border="0">\n{paragraphs}</table>\n'
            '<p><a href="https://customers.invalid/order">customers.invalid</a> <img src="https://customers.invalid/logo.png" width="80"></p>\n'
            "</body></html>\n")

    @staticmethod
    def _text(kind: str, text: str, charset: str, encoding: str) -> bytes:
        content = text.encode(charset)
        body = base64.encodebytes(content) if encoding == "base64" else quopri.encodestring(content)
        return f"Content-Type: text/{kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n\n".encode() + body

    def _attachment(self, size: int) -> bytes:
        kind, subtype, ending = self._chance.choice(MEDIA_TYPES)
        name = f"file {self._number}.{ending}"
        head = f'Content-Type: {kind}/{subtype}; name="{name}"\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"\n\n'
        return head.encode() + base64.encodebytes(self._chance.randbytes(size))

    def _many(self, kind: str, parts: list[bytes]) -> bytes:
        mark = f"=_{kind}_{self._number:08x}".encode()
        body = b"".join(b"--" + mark + b"\n" + part + b"\n" for part in parts)
        return b"Content-Type: multipart/" + kind.encode() + b'; boundary="' + mark + b'"\n\n' + body + b"--" + mark + b"--\n"
