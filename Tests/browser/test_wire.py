"""What goes over the wire: TLS by the server itself, and whom it believes about where a request came from."""

from __future__ import annotations

import contextlib
import dataclasses
import pathlib
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator

import httpx
import pytest

from desk import MARTA, Desk, eventually
from simulator import binary

CONFIGURATION = 78
REFUSED = "the new certificate is refused, the old one stays"


@dataclasses.dataclass(frozen=True)
class Identity:
    """A certificate for this machine that it signed itself, and its key."""

    certificate: pathlib.Path
    key: pathlib.Path

    @classmethod
    def make(cls, folder: pathlib.Path, name: str) -> Identity:
        made = cls(folder / f"{name}.pem", folder / f"{name}.key")
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "30",
             "-subj", f"/CN={name}", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", made.key, "-out", made.certificate],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
        return made

    @property
    def der(self) -> bytes:
        return ssl.PEM_cert_to_DER_cert(self.certificate.read_text())

    @property
    def trusting(self) -> ssl.SSLContext:
        """What a client has who trusts it, and nobody else."""
        return ssl.create_default_context(cafile=str(self.certificate))


@dataclasses.dataclass
class SecureDesk:
    desk: Desk
    first: Identity
    second: Identity
    installed: Identity

    def install(self, identity: Identity, key: pathlib.Path | None = None) -> None:
        shutil.copy(identity.certificate, self.installed.certificate)
        shutil.copy(key or identity.key, self.installed.key)

    def shown(self) -> bytes:
        """The certificate that a new connection is shown, once the handshake is done."""
        context = ssl._create_unverified_context()
        with socket.create_connection(("127.0.0.1", self.desk.port), timeout=10) as plain, context.wrap_socket(plain) as secure:
            return secure.getpeercert(binary_form=True)

    def answers(self) -> bool:
        assert self.desk.process.poll() is None, self.desk.log.read_text()
        with contextlib.suppress(httpx.TransportError):
            return self.get(self.first).is_success
        return False

    def get(self, trusted: Identity, path: str = "/healthz") -> httpx.Response:
        return httpx.get(f"https://localhost:{self.desk.port}{path}", verify=trusted.trusting, timeout=10)


@pytest.fixture
def secure(tmp_path: pathlib.Path) -> Iterator[SecureDesk]:
    with Desk.empty() as desk:
        desk.create_workspace()
        installed = Identity(tmp_path / "in-use.pem", tmp_path / "in-use.key")
        secure = SecureDesk(desk, Identity.make(tmp_path, "first"), Identity.make(tmp_path, "second"), installed)
        secure.install(secure.first)
        desk.launch(CONTESTA_TLS_CERTIFICATE=str(installed.certificate), CONTESTA_TLS_KEY=str(installed.key))
        eventually("the server over TLS", secure.answers)
        yield secure


def test_the_server_speaks_tls_itself(secure: SecureDesk) -> None:
    answer = secure.get(secure.first, "/sign-in")
    assert answer.status_code == 200
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("__Host-") and "Secure" in cookie and "HttpOnly" in cookie
    assert f"https://localhost:{secure.desk.port}" in secure.desk.log.read_text()
    with pytest.raises(httpx.ConnectError):
        secure.get(secure.second)


def test_plain_http_gets_no_answer_where_tls_is_spoken(secure: SecureDesk) -> None:
    with pytest.raises(httpx.TransportError):
        httpx.get(f"http://localhost:{secure.desk.port}/healthz", timeout=10)
    assert secure.answers()


@pytest.mark.parametrize(("version", "is_spoken"), [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)])
def test_nothing_older_than_tls_1_2_is_spoken(secure: SecureDesk, version: str, is_spoken: bool) -> None:
    context = ssl._create_unverified_context()
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
    with socket.create_connection(("127.0.0.1", secure.desk.port), timeout=10) as plain:
        if is_spoken:
            assert context.wrap_socket(plain).version() == version.replace("_", ".")
        else:
            with pytest.raises((ssl.SSLError, ConnectionError)):
                context.wrap_socket(plain)


@pytest.mark.parametrize("asked_by", ["signal", "itself"])
def test_a_new_certificate_is_used_for_new_connections_and_the_old_ones_go_on(secure: SecureDesk, asked_by: str) -> None:
    with httpx.Client(base_url=f"https://localhost:{secure.desk.port}", verify=secure.first.trusting) as already_there:
        assert already_there.get("/healthz").is_success
        secure.install(secure.second)
        if asked_by == "signal":
            secure.desk.process.send_signal(signal.SIGHUP)
        eventually("the new certificate", lambda: secure.shown() == secure.second.der)
        assert already_there.get("/healthz").is_success
    assert secure.get(secure.second).is_success
    assert secure.desk.process.poll() is None


@pytest.mark.parametrize("fault", ["rubbish", "another's key", "gone"])
def test_a_new_certificate_that_can_not_be_used_is_refused_and_the_old_one_stays(secure: SecureDesk, fault: str) -> None:
    match fault:
        case "rubbish":
            secure.installed.certificate.write_text("-----BEGIN CERTIFICATE-----\nrubbish\n-----END CERTIFICATE-----\n")
        case "another's key":
            secure.install(secure.second, key=secure.first.key)
        case _:
            secure.installed.key.unlink()
    secure.desk.process.send_signal(signal.SIGHUP)
    eventually("the refusal", lambda: REFUSED in secure.desk.log.read_text())
    assert secure.shown() == secure.first.der
    assert "PRIVATE KEY" not in secure.desk.log.read_text()
    secure.install(secure.second)
    secure.desk.process.send_signal(signal.SIGHUP)
    eventually("the mended certificate", lambda: secure.shown() == secure.second.der)


@pytest.mark.parametrize("given", [["--tls-certificate"], ["--tls-key"], ["--tls-certificate", "--tls-key"]])
def test_a_server_does_not_start_with_half_a_pair_or_a_wrong_one(tmp_path: pathlib.Path, given: list[str]) -> None:
    (first, second) = (Identity.make(tmp_path, name) for name in ("first", "second"))
    files = {"--tls-certificate": first.certificate, "--tls-key": second.key}
    options = [word for flag in given for word in (flag, str(files[flag]))]
    with Desk.empty() as desk:
        arguments = [binary(), "serve", "--data", desk.folder, "--listen", f"127.0.0.1:{desk.port}", *options]
        ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert ended.returncode == CONFIGURATION
    assert "certificate" in ended.stderr


@pytest.mark.parametrize(
    ("trusted", "place"),
    [(None, "203.0.113.7"), ("127.0.0.1,198.51.100.0/24", "192.0.2.66"), ("none", "127.0.0.1"), ("10.0.0.0/8", "127.0.0.1")],
)
def test_where_a_session_began_is_what_trusted_proxies_say(trusted: str | None, place: str) -> None:
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.start(**({"CONTESTA_TRUSTED_PROXIES": trusted} if trusted else {}))
        if place == "203.0.113.7":
            chain = "198.51.100.9, 203.0.113.7"
        else:
            chain = "203.0.113.7, 192.0.2.66, 198.51.100.9"
        assert place in account_seen_through(desk, chain)


def account_seen_through(desk: Desk, chain: str) -> str:
    """The page of one's own sessions, signed in behind proxies. The header is in two parts, as some proxies leave it."""
    first, _, rest = chain.partition(", ")
    headers = [("X-Forwarded-For", first), ("X-Forwarded-For", rest)]
    page = httpx.get(f"{desk.url}/sign-in", timeout=20)
    name, value = page.headers["set-cookie"].split(";")[0].split("=", 1)
    form = {"csrf": value, "email": MARTA.email, "password": MARTA.password, "next": "/"}
    entered = httpx.post(f"{desk.url}/sign-in", data=form, headers=[*headers, ("Cookie", f"{name}={value}")], timeout=60)
    assert entered.status_code == 303, entered.text
    session = next(each.split(";")[0] for each in entered.headers.get_list("set-cookie") if each.startswith("__Host-contesta="))
    return httpx.get(f"{desk.url}/settings/account", headers={"Cookie": session}, timeout=20).text


def test_what_is_no_network_is_said_at_the_start() -> None:
    with Desk.empty() as desk:
        arguments = [binary(), "serve", "--data", desk.folder, "--listen", f"127.0.0.1:{desk.port}", "--trusted-proxies", "10.0.0.0/33"]
        ended = subprocess.run(arguments, capture_output=True, text=True, timeout=60)
    assert ended.returncode == CONFIGURATION
    assert "10.0.0.0/33" in ended.stderr


SMUGGLED = [
    # Two lengths, two ways of saying where the body ends, and lines that say it in disguise (RFC 9112 sections 6.1 to 6.3 and 11.2).
    "Content-Length: 5\r\nContent-Length: 6\r\n",
    "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
    "Transfer-Encoding: xchunked\r\n",
    "Transfer-Encoding: chunked, identity\r\n",
    "Transfer-Encoding : chunked\r\n",
    "Content-Length: +5\r\n",
    "Content-Length: 5\r\n folded: yes\r\n",
    "Content-Length: -1\r\n",
    "X: a\x00b\r\n",
    "X: a\rY: b\r\n",
]


@pytest.mark.parametrize("headers", SMUGGLED)
def test_no_second_request_is_smuggled_behind_the_first(desk: Desk, headers: str) -> None:
    """Whatever another program in front would make of such a request, what stands behind it is not taken for one of its own."""
    hidden = f"0\r\n\r\nGET /.well-known/security.txt HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nConnection: close\r\n\r\n"
    request = f"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\n{headers}\r\n{hidden}"
    with socket.create_connection(("127.0.0.1", desk.port), timeout=10) as plain:
        plain.sendall(request.encode("latin-1"))
        plain.shutdown(socket.SHUT_WR)
        answer = b""
        with contextlib.suppress(ConnectionError):
            while part := plain.recv(65_536):
                answer += part
    assert answer.count(b"HTTP/1.1 ") <= 1 and b"HTTP/1.1 2" not in answer, answer[:400]


@pytest.mark.parametrize("beginning", ["GET /search?q={} HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX-Long: {}\r\n"])
def test_addresses_and_headers_have_an_end(desk: Desk, beginning: str) -> None:
    request = beginning.format("a" * 200_000) + f"Host: 127.0.0.1:{desk.port}\r\nConnection: close\r\n\r\n"
    answer = b""
    with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", desk.port), timeout=10) as plain:
        plain.sendall(request.encode())
        while part := plain.recv(65_536):
            answer += part
    assert not answer or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 414", b"HTTP/1.1 431")), answer[:200]
