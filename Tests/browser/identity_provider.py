"""An OpenID Connect provider on this machine, with people who exist only in tests: enough of Core 1.0 and Discovery 1.0 for the code flow
with PKCE, as strict as a real one, and every lie on demand.

    with IdentityProvider.running() as provider:
        provider.person = "marta-there"
        provider.claims["nonce"] = "of somebody else"
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import html
import http.server
import json
import pathlib
import secrets
import subprocess
import tempfile
import threading
import time
import urllib.parse
from collections.abc import Iterator
from typing import Any

CLIENT = "contesta-desk"
SECRET = "a secret & with % signs"


class IdentityProvider:
    """`person` is who sits in front of it; `claims`, `header` and `answer` go over what an honest one would say."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.key = folder / "key.pem"
        subprocess.run(["openssl", "genrsa", "-out", str(self.key), "2048"], check=True, capture_output=True)
        self.person = "somebody"
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {}
        self.answer: dict[str, str] = {}
        self.metadata: dict[str, Any] = {}
        self.authorizations: list[dict[str, str]] = []
        self.grants: dict[str, dict[str, str]] = {}
        self.refusals: list[str] = []
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self.handler())
        self.issuer = f"http://127.0.0.1:{self.server.server_port}/realm"

    @classmethod
    @contextlib.contextmanager
    def running(cls) -> Iterator[IdentityProvider]:
        with tempfile.TemporaryDirectory(prefix="contesta-provider-") as folder:
            provider = cls(pathlib.Path(folder))
            threading.Thread(target=provider.server.serve_forever, daemon=True).start()
            try:
                yield provider
            finally:
                provider.server.shutdown()
                provider.server.server_close()

    def be_honest(self) -> None:
        for lies in (self.claims, self.header, self.answer, self.metadata):
            lies.clear()

    # What it says

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys", "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True, **self.metadata,
        }  # fmt: skip

    def keys(self) -> dict[str, Any]:
        shown = subprocess.run(["openssl", "rsa", "-in", str(self.key), "-noout", "-modulus"], check=True, capture_output=True, text=True)
        modulus = bytes.fromhex(shown.stdout.strip().partition("=")[2])
        return {"keys": [{"kty": "RSA", "kid": "one", "use": "sig", "alg": "RS256", "n": encoded(modulus), "e": "AQAB"}]}

    def token(self, grant: dict[str, str]) -> str:
        now = int(time.time())
        header = {"alg": "RS256", "kid": "one", "typ": "JWT", **self.header}
        claims = {
            "iss": self.issuer, "sub": grant["person"], "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": grant["nonce"],
            "email": "marta@laespiga.example", "email_verified": True, **self.claims,
        }  # fmt: skip
        signed = f"{encoded(json.dumps(header).encode())}.{encoded(json.dumps(claims).encode())}"
        signature = subprocess.run(
            ["openssl", "dgst", "-sha256", "-sign", str(self.key)], input=signed.encode(), check=True, capture_output=True
        ).stdout
        return f"{signed}.{'' if header['alg'] == 'none' else encoded(signature)}"

    # What it does

    def authorize(self, query: dict[str, str]) -> str:
        """The page on which somebody says yes or no."""
        self.authorizations.append(query)
        expected = {"response_type": "code", "client_id": CLIENT, "scope": "openid", "code_challenge_method": "S256"}
        assert query.items() >= expected.items(), query
        fields = "".join(f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">' for name, value in query.items())
        return (
            f'<!doctype html><html lang="en"><title>Realm</title><form method="post" action="decide">{fields}'
            '<button name="decision" value="yes">Yes</button><button name="decision" value="no">No</button></form></html>'
        )

    def decide(self, form: dict[str, str]) -> str:
        """Where the browser is sent."""
        answer = {"state": form["state"], "iss": self.issuer}
        if form["decision"] == "yes":
            code = secrets.token_urlsafe(24)
            self.grants[code] = {
                "person": self.person, "nonce": form["nonce"], "challenge": form["code_challenge"], "redirect": form["redirect_uri"],
            }  # fmt: skip
            answer["code"] = code
        else:
            answer["error"] = "access_denied"
        return f"{form['redirect_uri']}?{urllib.parse.urlencode({**answer, **self.answer})}"

    def exchange(self, authorization: str, form: dict[str, str]) -> tuple[int, dict[str, str]]:
        wanted = "Basic " + base64.b64encode(f"{CLIENT}:{urllib.parse.quote(SECRET, safe='')}".encode()).decode()
        if authorization != wanted:
            return self.refuse(401, "invalid_client")
        grant = self.grants.pop(form.get("code", ""), None)
        verifier = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if grant is None or encoded(verifier) != grant["challenge"] or form.get("redirect_uri") != grant["redirect"]:
            return self.refuse(400, "invalid_grant")
        return 200, {"access_token": "unused", "token_type": "Bearer", "id_token": self.token(grant)}

    def refuse(self, status: int, error: str) -> tuple[int, dict[str, str]]:
        self.refusals.append(error)
        return status, {"error": error}

    def handler(self) -> type[http.server.BaseHTTPRequestHandler]:
        provider = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                address = urllib.parse.urlsplit(self.path)
                match address.path.removeprefix("/realm"):
                    case "/.well-known/openid-configuration":
                        self.say(200, json.dumps(provider.description()), "application/json")
                    case "/keys":
                        self.say(200, json.dumps(provider.keys()), "application/json")
                    case "/authorize":
                        self.say(200, provider.authorize(single(address.query)), "text/html; charset=utf-8")
                    case _:
                        self.say(404, "", "text/plain")

            def do_POST(self) -> None:
                form = single(self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode())
                match self.path.removeprefix("/realm"):
                    case "/decide":
                        self.send_response(302)
                        self.send_header("Location", provider.decide(form))
                        self.send_header("Content-Length", "0")
                        self.end_headers()
                    case "/token":
                        status, answer = provider.exchange(self.headers.get("Authorization", ""), form)
                        self.say(status, json.dumps(answer), "application/json")
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


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
