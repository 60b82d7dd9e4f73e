"""A provider of mailboxes on this machine that lets programs in by OAuth 2.0 (RFC 6749, with PKCE), and tells Dovecot whose an access token
is (RFC 7662). Each refresh token is good once, as at the strictest real ones.

    with PermissionProvider.running("marta@laespiga.example") as provider:
        provider.revoke()
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import http.server
import json
import secrets
import threading
import urllib.parse
from collections.abc import Iterator
from typing import Any

CLIENT = "contesta-desk"
SECRET = "a secret & with % signs"
SCOPE = "mail.read mail.send"


class PermissionProvider:
    def __init__(self, address: str) -> None:
        self.address = address
        self.codes: dict[str, dict[str, str]] = {}
        self.refresh_tokens: set[str] = set()
        self.access_tokens: set[str] = set()
        self.grants: list[str] = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @classmethod
    @contextlib.contextmanager
    def running(cls, address: str) -> Iterator[PermissionProvider]:
        provider = cls(address)
        threading.Thread(target=provider.server.serve_forever, daemon=True).start()
        try:
            yield provider
        finally:
            provider.server.shutdown()
            provider.server.server_close()

    def issue(self) -> str:
        """A refresh token, as if somebody had said yes before."""
        token = secrets.token_urlsafe(24)
        self.refresh_tokens.add(token)
        return token

    def revoke(self) -> None:
        self.refresh_tokens.clear()
        self.access_tokens.clear()

    def page(self, query: dict[str, str]) -> str:
        expected = {"response_type": "code", "client_id": CLIENT, "scope": SCOPE, "code_challenge_method": "S256"}
        assert query.items() >= expected.items(), query
        fields = "".join(f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">' for name, value in query.items())
        return (
            f'<!doctype html><html lang="en"><title>Mail</title><form method="post" action="decide">{fields}'
            '<button name="decision" value="yes">Yes</button><button name="decision" value="no">No</button></form></html>'
        )

    def decide(self, form: dict[str, str]) -> str:
        answer = {"state": form["state"]}
        if form["decision"] == "yes":
            answer["code"] = secrets.token_urlsafe(24)
            self.codes[answer["code"]] = form
        else:
            answer["error"] = "access_denied"
        return f"{form['redirect_uri']}?{urllib.parse.urlencode(answer)}"

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        self.grants.append(form.get("grant_type", ""))
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return 401, {"error": "invalid_client"}
        if not self.is_good(form):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(24)
        self.access_tokens.add(access)
        return 200, {"access_token": access, "token_type": "Bearer", "expires_in": 600, "refresh_token": self.issue()}

    def is_good(self, form: dict[str, str]) -> bool:
        if form.get("grant_type") == "refresh_token":
            known = form.get("refresh_token", "") in self.refresh_tokens
            self.refresh_tokens.discard(form.get("refresh_token", ""))
            return known
        asked = self.codes.pop(form.get("code", ""), None)
        verifier = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        return asked is not None and asked["code_challenge"] == verifier and asked["redirect_uri"] == form.get("redirect_uri")

    def introspection(self, token: str) -> dict[str, Any]:
        return {"active": True, "email": self.address} if token in self.access_tokens else {"active": False}

    def handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urllib.parse.urlsplit(self.path)
                if address.path == "/authorize":
                    self.say(200, provider.page(single(address.query)), "text/html; charset=utf-8")
                else:
                    self.say(404, "", "text/plain")

            def do_POST(self) -> None:
                form = single(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())
                match urllib.parse.urlsplit(self.path).path:
                    case "/decide":
                        self.send_response(302)
                        self.send_header("Location", provider.decide(form))
                        self.send_header("Content-Length", "0")
                        self.end_headers()
                    case "/token":
                        status, answer = provider.token(form)
                        self.say(status, json.dumps(answer), "application/json")
                    case "/introspect":
                        self.say(200, json.dumps(provider.introspection(form.get("token", ""))), "application/json")
                    case _:
                        self.say(404, "", "text/plain")

            def say(self, status: int, text: str, kind: str) -> None:
                body = text.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *arguments: Any) -> None:
                """Says nothing: a test's output is its own."""

        return Handler


def single(text: str) -> dict[str, str]:
    return dict(urllib.parse.parse_qsl(text, keep_blank_values=True))
