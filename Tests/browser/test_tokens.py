"""Tokens by which programs act, as whoever runs the machine makes, lists and ends them."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import httpx
import pytest

from desk import BUSINESS, MARTA, Desk
from simulator import binary


@pytest.fixture(scope="module")
def own_desk() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


def contesta(desk: Desk, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([binary(), *arguments, *desk.store], capture_output=True, text=True, timeout=60)


def test_a_token_is_listed_by_its_handle_and_ends_at_once(own_desk: Desk) -> None:
    before = contesta(own_desk, "token", "list", "--email", MARTA.email).stdout.splitlines()
    token = own_desk.command("token", "create", "--email", MARTA.email, "--workspace", BUSINESS)["token"]

    def status() -> int:
        return httpx.get(f"{own_desk.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=20).status_code

    assert status() == 200
    listed = contesta(own_desk, "token", "list", "--email", MARTA.email).stdout
    (made,) = [line for line in listed.splitlines() if line not in before]
    assert token not in listed, "what is kept can't be used"
    handle = made.split("\t")[0]
    assert contesta(own_desk, "token", "revoke", handle, "--email", MARTA.email).returncode == 0
    assert status() == 401
    assert contesta(own_desk, "token", "list", "--email", MARTA.email).stdout.splitlines() == before
    again = contesta(own_desk, "token", "revoke", handle, "--email", MARTA.email)
    assert again.returncode != 0 and handle not in contesta(own_desk, "token", "list", "--email", MARTA.email).stdout


@pytest.mark.parametrize("arguments", [("list",), ("revoke", "0123456789abcdef")])
def test_nobody_has_that_address(own_desk: Desk, arguments: tuple[str, ...]) -> None:
    refused = contesta(own_desk, "token", *arguments, "--email", "nadie@example.org")
    assert refused.returncode != 0 and "nadie@example.org" in refused.stderr
