"""Seals what the seeder writes as the desk itself does (docs/confidentiality.md), with the master key of the desk's own folder."""

from __future__ import annotations

import base64
import functools
import hmac
import os
import sqlite3
from dataclasses import dataclass

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from .desk import Desk

FIRST_SIGN, SIGN_COUNT = 0x4E00, 20_992


@dataclass(frozen=True)
class Key:
    name: str
    secret: AESGCM

    def seal(self, text: str, nonce: bytes | None = None) -> str:
        if not text:
            return text
        head, nonce = f"~1.{self.name}.", nonce or os.urandom(12)
        return head + base64.b64encode(nonce + self.secret.encrypt(nonce, text.encode(), head.encode())).decode()


def derive(key: bytes, purpose: str) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=f"contesta {purpose}".encode()).derive(key)


class Sealing:
    """The keys of a desk's one workspace, and new ones for contacts and conversations."""

    def __init__(self, desk: Desk) -> None:
        self._workspace = desk.workspace
        master = base64.b64decode((desk.folder / "keys" / "master.key").read_text())
        with sqlite3.connect(desk.database) as database:
            name, wrapped = database.execute(
                "SELECT id, wrapped FROM sealing_keys WHERE name = ?", (f"workspace:{desk.workspace}",)).fetchone()
        root = AESGCM(derive(master, "wrap")).decrypt(wrapped[:12], wrapped[12:], name.encode())
        self._workspace_key = Key(name, AESGCM(derive(root, "seal")))
        self._wrap, self._lookup, self._words = (derive(root, purpose) for purpose in ("wrap", "lookup", "words"))

    def new_key(self, subject: str) -> tuple[Key, tuple[str, str, str, bytes]]:
        """A key for a contact or a conversation, and its row."""
        secret, name, nonce = os.urandom(32), base64.urlsafe_b64encode(os.urandom(8)).decode().rstrip("="), os.urandom(12)
        wrapped = nonce + AESGCM(self._wrap).encrypt(nonce, secret, name.encode())
        return Key(name, AESGCM(secret)), (self._workspace, subject, name, wrapped)

    def for_lookup(self, text: str) -> str:
        """Equal for equal texts."""
        return self._workspace_key.seal(text, nonce=hmac.digest(self._lookup, text.encode(), "sha256")[:12])

    def tokens(self, text: str) -> str:
        return " ".join(sorted({self._token(word) for word in text.lower().split()}))

    @functools.lru_cache(maxsize=50_000)  # noqa: B019 - there is one for the whole run
    def _token(self, word: str) -> str:
        digest, signs = hmac.new(self._words, digestmod="sha256"), ""
        for letter in word:
            digest.update(ord(letter).to_bytes(4, "little"))
            signs += chr(FIRST_SIGN + int.from_bytes(digest.digest()[:4], "big") % SIGN_COUNT)
        return signs
