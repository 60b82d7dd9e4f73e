"""What every answer tells a browser that it may do with it, and what no answer does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest

from desk import MARTA, Desk

ANSWERS = ["/sign-in", "/nowhere", "/api/v1/me", "/api/openapi.json", "/livez", "/static/css/pages.css", "/invitations/none", "/setup"]
DIRECTIVES = {
    "default-src 'none'", "style-src 'self'", "connect-src 'self'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    "require-trusted-types-for 'script'",
}  # fmt: skip


@pytest.fixture(scope="module")
def founded() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


@pytest.fixture
def client(founded: Desk) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=founded.url, timeout=30) as client:
        yield client


def cookies(answer: httpx.Response) -> dict[str, str]:
    """Each cookie that an answer sets, with its attributes."""
    return {cookie.split("=", 1)[0]: cookie for cookie in answer.headers.get_list("set-cookie")}


def signed_in(client: httpx.Client, following: str = "/") -> tuple[httpx.Response, str]:
    """The answer to a right password, and the header that a browser would send from then on."""
    form = client.get("/sign-in")
    kept = "; ".join(cookie.split(";", 1)[0] for cookie in cookies(form).values())
    (token,) = set(re.findall(r'name="csrf" value="([^"]+)"', form.text))
    fields = {"csrf": token, "email": MARTA.email, "password": MARTA.password, "next": following}
    answer = client.post("/sign-in", data=fields, headers={"Cookie": kept, "Origin": str(client.base_url)})
    assert answer.status_code == 303, answer.text
    return answer, "; ".join([kept, *(cookie.split(";", 1)[0] for cookie in cookies(answer).values())])


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_says_what_a_browser_may_do_with_it(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = set(headers["content-security-policy"].split("; "))
    assert policy >= DIRECTIVES, path
    (scripts,) = [directive for directive in policy if directive.startswith("script-src")]
    assert re.fullmatch(r"script-src 'nonce-[0-9a-f]{32}' 'strict-dynamic'", scripts)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert int(re.findall(r"max-age=(\d+)", headers["strict-transport-security"])[0]) >= 31_536_000
    assert "charset=utf-8" in headers["content-type"].lower() or not headers["content-type"].startswith("text/")


def test_a_nonce_is_used_once(client: httpx.Client) -> None:
    policies = {client.get("/sign-in").headers["content-security-policy"] for _ in range(5)}
    assert len(policies) == 5


def test_no_other_origin_may_read_anything(client: httpx.Client) -> None:
    for path in ANSWERS:
        answer = client.get(path, headers={"Origin": "https://evil.example"})
        assert not [name for name in answer.headers if name.startswith("access-control-")], path
    preflight = client.options("/api/v1/me", headers={"Origin": "https://evil.example", "Access-Control-Request-Method": "DELETE"})
    assert preflight.status_code >= 400 and "access-control-allow-origin" not in preflight.headers


def test_the_session_is_for_this_host_alone_and_no_script_reads_it(client: httpx.Client) -> None:
    answer, _ = signed_in(client)
    cookie = cookies(answer)["__Host-contesta"].lower()
    for attribute in ["secure", "httponly", "samesite=lax", "path=/"]:
        assert attribute in cookie, cookie
    assert "domain=" not in cookie


def test_what_is_confidential_is_kept_by_no_cache(client: httpx.Client) -> None:
    _, cookie = signed_in(client)
    for path in ["/", "/search?q=hola", "/waiting", "/settings/account"]:
        answer = client.get(path, headers={"Cookie": cookie})
        assert answer.status_code == 200, path
        assert "no-store" in answer.headers["cache-control"], path


def test_signing_out_clears_what_the_browser_kept(client: httpx.Client) -> None:
    _, cookie = signed_in(client)
    page = client.get("/", headers={"Cookie": cookie})
    token = re.findall(r'name="csrf" value="([^"]+)"', page.text)[0]
    answer = client.post("/sign-out", data={"csrf": token}, headers={"Cookie": cookie, "Origin": str(client.base_url)})
    assert answer.status_code == 303
    assert answer.headers["clear-site-data"] == '"cache", "storage"'
    assert client.get("/", headers={"Cookie": cookie}).status_code == 303


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\r\nSet-Cookie: a=b"])
def test_nobody_is_led_elsewhere_after_signing_in(client: httpx.Client, elsewhere: str) -> None:
    answer, _ = signed_in(client, following=elsewhere)
    assert answer.headers["location"] == "/"
    assert not any(cookie.startswith("a=") for cookie in answer.headers.get_list("set-cookie"))


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "PUT", "PATCH"])
def test_other_methods_reach_nothing(client: httpx.Client, method: str) -> None:
    assert client.request(method, "/sign-in").status_code in (400, 403, 404, 405, 501)


@pytest.mark.parametrize("path", ["/.git/config", "/contesta.sqlite", "/static/../contesta.sqlite", "/static/css/", "/keys/master.key"])
def test_no_file_of_the_machine_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(path).status_code in (303, 400, 404), path
