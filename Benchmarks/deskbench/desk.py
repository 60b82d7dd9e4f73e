"""A desk of our own to measure: a release build of Contesta on an empty folder, with one workspace, one inbox and one person."""

from __future__ import annotations

import contextlib
import http.client
import json
import pathlib
import re
import shutil
import socket
import subprocess
import time
import urllib.parse

from . import meta

PASSWORD = "a bench is no place to sleep"
OWNER = "owner@bench.invalid"
PATIENCE_SECONDS = 60


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


class Server:
    """A program that serves HTTP on a loopback port; `ready_after` says how many seconds it took to its first good answer."""

    def __init__(self, command: list[str], port: int, log: pathlib.Path) -> None:
        self.port = port
        start = time.perf_counter()
        with log.open("ab") as output:
            self.process = subprocess.Popen(command, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        try:
            self._wait(start)
        except BaseException:
            self.stop()
            raise

    def _wait(self, start: float) -> None:
        while time.perf_counter() - start < PATIENCE_SECONDS:
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get("/readyz")[0] == 200:
                    self.ready_after = time.perf_counter() - start
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.002)
        raise RuntimeError("the server did not become ready; its words are in the log of the bench")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        with contextlib.closing(self.connect()) as connection:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()

    def resident_megabytes(self) -> float:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024

    def kill(self) -> None:
        """As when the current goes."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class Desk:
    """The folder of a desk, and the keys to it."""

    def __init__(
        self, program: pathlib.Path, folder: pathlib.Path, provider: str = "http://127.0.0.1:9", url: str | None = None
    ) -> None:
        """`provider` is the address of a simulator, if somebody shall be there; `url` that of a PostgreSQL instead of SQLite."""
        self.program, self.folder, self.provider = program, folder, provider
        self.store = ["--data", str(folder), *(["--database", url] if url else [])]
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        made = self.run("workspace", "create", "Bench", "--owner-email", OWNER, "--password-stdin", "--json", text=PASSWORD + "\n")
        self.workspace, self.owner = made["workspace_id"], made["owner_id"]
        secrets = f"app_secret={meta.APP_SECRET}\naccess_token=bench\nverify_token=bench\n"
        inbox = self.run(
            "inbox", "add", self.workspace, "whatsapp", "--name", "Bench", f"phone_number_id={meta.PHONE_NUMBER_ID}",
            f"waba_id={meta.BUSINESS_ACCOUNT_ID}", f"api_base={provider}", "messages_per_second=1000", "--secrets-stdin", "--json", text=secrets)
        self.inbox, self.webhook_path = inbox["inbox_id"], inbox["webhook_path"]
        self.token = self.run("token", "create", "--email", OWNER, "--json")["token"]

    @property
    def database(self) -> pathlib.Path:
        return self.folder / "contesta.sqlite"

    @property
    def bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def run(self, *arguments: str, text: str = "") -> dict[str, str]:
        command = [str(self.program), *arguments, *self.store]
        done = subprocess.run(command, input=text, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
        if done.returncode != 0:
            raise RuntimeError(f"contesta {' '.join(arguments[:2])} failed: {done.stderr.strip()}")
        return json.loads(done.stdout)

    def serve(self, port: int | None = None) -> Server:
        port = port or free_port()
        command = [str(self.program), "serve", *self.store, "--listen", f"127.0.0.1:{port}"]
        return Server(command, port, self.folder / "serve.log")


def sign_in(server: Server) -> dict[str, str]:
    """The header of somebody who has signed in with a browser."""
    with contextlib.closing(server.connect()) as connection:
        connection.request("GET", "/sign-in")
        answer = connection.getresponse()
        cookies, page = _cookies(answer), answer.read().decode()
        csrf = re.search(r'name="csrf" value="([^"]*)"', page)[1]
        form = urllib.parse.urlencode({"csrf": csrf, "email": OWNER, "password": PASSWORD, "next": "/"})
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request("POST", "/sign-in", form, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 303:
            raise RuntimeError(f"signing in was answered with {answer.status}")
        return {"Cookie": _cookies(answer)}


def _cookies(answer: http.client.HTTPResponse) -> str:
    return "; ".join(line.split(";")[0] for line in answer.headers.get_all("Set-Cookie") or [])
