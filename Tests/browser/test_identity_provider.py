"""Signing in by the word of a workspace's identity provider: set by command, linked by each person, in three languages; and who is refused."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from desk import BUSINESS, MARTA, Desk, Person
from identity_provider import CLIENT, SECRET, IdentityProvider
from simulator import binary
from words import say

NAME = "Casa Espiga"
WIDTHS = [390, 820, 1440]
LOCALES = {"es": "es-AR", "pt": "pt-BR", "en": "en-GB"}


@pytest.fixture(scope="module")
def provider() -> Iterator[IdentityProvider]:
    with IdentityProvider.running() as provider:
        yield provider


@pytest.fixture(scope="module")
def house(provider: IdentityProvider) -> Iterator[Desk]:
    """A desk whose workspace has the provider."""
    with Desk.empty() as desk:
        desk.create_workspace()
        desk.start()
        desk.spoken.add(SECRET)
        set_provider(desk, provider)
        yield desk


@pytest.fixture(autouse=True)
def honesty(provider: IdentityProvider) -> Iterator[None]:
    yield
    provider.be_honest()


def set_provider(desk: Desk, provider: IdentityProvider, secret: str = SECRET, client: str = CLIENT) -> dict[str, str]:
    answer = desk.command(
        "sign-in-provider", "set", BUSINESS, "--name", NAME, "--issuer", provider.issuer, "--client-id", client, "--secrets-stdin",
        "--public-url", desk.url, secrets=f"client_secret={secret}\n",
    )  # fmt: skip
    assert answer["redirect_uri"] == f"{desk.url}/sign-in/callback"
    return answer


def refused(desk: Desk, *arguments: str, secrets: str = "client_secret=x\n") -> tuple[int, str]:
    finished = subprocess.run(
        [binary(), "sign-in-provider", *arguments, *desk.store], input=secrets, capture_output=True, text=True, timeout=120
    )
    return finished.returncode, finished.stderr


def by_password(page: Page, desk: Desk, person: Person, language: str = "es") -> None:
    page.goto(f"{desk.url}/sign-in")
    page.get_by_label(say("form.email", language)).fill(person.email)
    page.get_by_label(say("form.password", language)).fill(person.password)
    page.get_by_role("button", name=say("signIn.action", language), exact=True).click()
    expect(page.locator("h1")).not_to_have_text(say("signIn.title", language))


def join(page: Page, desk: Desk, language: str) -> Person:
    """Somebody new, whose screens are in the browser's language."""
    person = Person(f"Ana {language}", f"ana-{language}-{len(desk.spoken)}@example.com", "cuatro nubes de lata")
    desk.spoken.add(person.email + " and one more")
    page.goto(desk.invite(person.email))
    page.get_by_label(say("form.name", language)).fill(person.name)
    page.get_by_label(say("form.newPassword", language)).fill(person.password)
    page.get_by_role("button", name=say("invitation.action", language)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("agreement.title", language))
    return person


def link(page: Page, desk: Desk, password: str, language: str = "es") -> None:
    """As far as the provider's page."""
    page.goto(f"{desk.url}/settings/account")
    section = page.locator("#identities")
    section.get_by_label(say("form.password", language)).fill(password)
    section.get_by_role("button", name=say("account.linkIdentity", language, name=NAME)).click()


def press(page: Page, desk: Desk, language: str = "es") -> None:
    """As far as the provider's page."""
    page.goto(f"{desk.url}/sign-in")
    page.get_by_role("button", name=say("signIn.with", language, name=NAME)).click()


def says(page: Page, reason: str, language: str = "es") -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(say(f"providerRefusal.{reason}.title", language))
    expect(page.get_by_text(say(f"providerRefusal.{reason}.text", language))).to_be_visible()


def is_in(page: Page, desk: Desk) -> bool:
    return page.request.get(f"{desk.url}/api/v1/me").status == 200


def test_the_command_says_what_is_wrong_and_never_the_secret(house: Desk, provider: IdentityProvider) -> None:
    common = ("--name", NAME, "--client-id", CLIENT)
    status, words = refused(house, "set", BUSINESS, *common, "--issuer", provider.issuer + "/", "--secrets-stdin")
    assert status == 65 and f'calls itself another issuer, "{provider.issuer}"' in words
    status, words = refused(house, "set", BUSINESS, *common, "--issuer", "http://example.com", "--secrets-stdin")
    assert status == 65 and "no https address" in words
    status, words = refused(house, "set", BUSINESS, *common, "--issuer", "http://127.0.0.1:1", "--secrets-stdin")
    assert status == 75 and "can't be reached" in words
    provider.metadata["code_challenge_methods_supported"] = ["plain"]
    status, words = refused(house, "set", BUSINESS, *common, "--issuer", provider.issuer, "--secrets-stdin")
    assert status == 65 and "S256" in words
    status, _ = refused(house, "set", BUSINESS, *common, "--issuer", provider.issuer)
    assert status == 64, "the secret comes on standard input only"
    shown = house.command("sign-in-provider", "show", BUSINESS)
    assert shown["issuer"] == provider.issuer and shown["client_id"] == CLIENT and SECRET not in str(shown)


@pytest.mark.parametrize(
    ("language", "scripts"), [("es", True), ("pt", True), ("en", True), ("es", False)], ids=["es", "pt", "en", "es-without-scripts"]
)
def test_link_sign_out_sign_in_and_unlink(house: Desk, provider: IdentityProvider, visits, language: str, scripts: bool) -> None:
    page = visits.context(locale=LOCALES[language], java_script_enabled=scripts).new_page()
    person = join(page, house, language)
    provider.person = f"{person.email} there"

    link(page, house, "not the password", language)
    expect(page.locator("#identities").get_by_text(say("field.passwordWrong", language))).to_be_visible()
    link(page, house, person.password, language)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text(say("flash.identityLinked", language))).to_be_visible()
    expect(page.get_by_role("button", name=say("account.unlinkIdentity", language, name=NAME))).to_be_visible()

    sign_out(page, house)
    press(page, house, language)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("agreement.title", language))
    assert is_in(page, house)

    page.goto(f"{house.url}/settings/account")
    section = page.locator("#identities")
    section.get_by_label(say("form.password", language)).fill(person.password)
    section.get_by_role("button", name=say("account.unlinkIdentity", language, name=NAME)).click()
    expect(page.get_by_text(say("flash.identityUnlinked", language))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("signIn.title", language))
    assert not is_in(page, house), "the session had begun through it"
    press(page, house, language)
    page.get_by_role("button", name="Yes").click()
    says(page, "notLinked", language)
    assert not is_in(page, house), "the address is Marta's, and opens nothing"


def sign_out(page: Page, desk: Desk) -> None:
    page.context.clear_cookies()
    assert not is_in(page, desk)


@pytest.fixture(scope="module")
def known(house: Desk, provider: IdentityProvider, browser: Browser) -> str:
    """What the provider calls somebody who has linked themselves once."""
    page = browser.new_context(locale="es-AR").new_page()
    person = join(page, house, "es")
    provider.person = f"{person.email} there"
    link(page, house, person.password)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text(say("flash.identityLinked"))).to_be_visible()
    page.context.close()
    return provider.person


@pytest.fixture
def linked(known: str, provider: IdentityProvider, visits) -> Page:
    """A browser in which nobody is signed in, of somebody whom the provider knows."""
    provider.person = known
    return visits.context().new_page()


@pytest.mark.parametrize(
    ("lies", "changes", "reason"),
    [
        ("claims", {"nonce": "another"}, "refused"), ("claims", {"aud": "another"}, "refused"),
        ("claims", {"iss": "https://evil.example"}, "refused"), ("claims", {"exp": 1}, "refused"),
        ("header", {"alg": "none"}, "refused"), ("header", {"alg": "HS256"}, "refused"), ("header", {"kid": "unknown"}, "refused"),
        ("answer", {"iss": "https://evil.example"}, "refused"), ("answer", {"state": "0" * 64}, "expired"),
        ("answer", {"code": "guessed"}, "refused"), ("answer", {"error": "server_error"}, "unavailable"),
    ],
)  # fmt: skip
def test_a_lie_opens_nothing(
    house: Desk, provider: IdentityProvider, linked: Page, lies: str, changes: dict[str, object], reason: str
) -> None:
    getattr(provider, lies).update(changes)
    press(linked, house)
    linked.get_by_role("button", name="Yes").click()
    says(linked, reason)
    assert not is_in(linked, house)
    provider.be_honest()
    linked.get_by_role("link", name=say("providerRefusal.toSignIn")).click()
    press(linked, house)
    linked.get_by_role("button", name="Yes").click()
    expect(linked.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))


def test_no_is_told_kindly(house: Desk, linked: Page) -> None:
    press(linked, house)
    linked.get_by_role("button", name="No").click()
    says(linked, "cancelled")


def test_an_answer_counts_once_and_in_its_own_browser(house: Desk, provider: IdentityProvider, linked: Page, visits) -> None:
    answers: list[str] = []
    linked.on("request", lambda request: answers.append(request.url) if "/sign-in/callback" in request.url else None)
    press(linked, house)
    linked.get_by_role("button", name="Yes").click()
    expect(linked.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))
    linked.goto(answers[0])
    says(linked, "expired")

    stranger = visits.context().new_page()
    press(linked, house)
    with linked.expect_request("**/sign-in/callback*") as caught:
        linked.route("**/sign-in/callback*", lambda route: route.abort())
        linked.get_by_role("button", name="Yes").click()
    stranger.goto(caught.value.url)
    says(stranger, "expired")
    assert not is_in(stranger, house)


def test_a_link_ends_in_the_session_that_began_it(house: Desk, provider: IdentityProvider, visits) -> None:
    """A browser that was signed out on the way, or is somebody else's by now, links nothing."""
    page = visits.context().new_page()
    person = join(page, house, "es")
    provider.person = f"{person.email} there"
    link(page, house, person.password)
    expect(page.get_by_role("button", name="Yes")).to_be_visible()
    session = [cookie for cookie in page.context.cookies() if cookie["name"] != "__Host-contesta"]
    page.context.clear_cookies()
    page.context.add_cookies(session)
    page.get_by_role("button", name="Yes").click()
    says(page, "expired")


def test_what_is_sensitive_asks_for_the_password(house: Desk, provider: IdentityProvider, visits) -> None:
    page = visits.context().new_page()
    by_password(page, house, MARTA)
    provider.person = "marta-there"
    link(page, house, MARTA.password)
    page.get_by_role("button", name="Yes").click()
    expect(page.get_by_text(say("flash.identityLinked"))).to_be_visible()
    sign_out(page, house)
    press(page, house)
    page.get_by_role("button", name="Yes").click()
    expect(page.locator(".rail")).to_be_attached()
    workspace = house.api.get("me")["workspaces"][0]["id"]
    page.goto(f"{house.url}/people/{workspace}")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("confirm.title"))
    page.get_by_label(say("form.password")).fill(MARTA.password)
    page.get_by_role("button", name=say("confirm.action")).click()
    expect(page).to_have_url(f"{house.url}/people/{workspace}")
    kinds = [entry["kind"] for entry in house.api.get(f"workspaces/{workspace}/ledger/entries", limit="100")["items"]]
    assert "identity_linked" in kinds and "identity_provider_set" in kinds


def test_the_buttons_form_is_ours_and_its_page_leads_nowhere_else(house: Desk, visits) -> None:
    page = visits.context().new_page()
    page.goto(f"{house.url}/sign-in")
    action = page.get_by_role("button", name=say("signIn.with", name=NAME)).locator("xpath=ancestor::form").get_attribute("action")
    assert page.request.post(house.url + action, form={"csrf": "0" * 64, "next": "/"}).status == 403
    token = page.locator("input[name=csrf]").first.get_attribute("value")
    assert page.request.post(house.url + action, form={"csrf": token}, headers={"Sec-Fetch-Site": "cross-site"}).status == 403
    answer = page.request.post(house.url + action, form={"csrf": token, "next": "https://evil.example/"})
    cookie = answer.headers_array
    kept = next(header["value"] for header in cookie if header["name"].lower() == "set-cookie" and "departure" in header["value"])
    assert kept.startswith("__Host-contesta-departure=") and all(part in kept for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"))
    assert "form-action 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_screens_are_for_everybody(house: Desk, visits, theme: str) -> None:
    context: BrowserContext = visits.context(color_scheme=theme)
    page = context.new_page()
    for path in ("/sign-in", "/sign-in/callback?state=x"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(house.url + path)
            expect_good(page)
    by_password(page, house, MARTA)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(f"{house.url}/settings/account")
        expect(page.locator("#identities")).to_be_visible()
        expect_good(page)


def expect_good(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), "no sideways scrolling"
    results = Axe().run(page)
    assert results.violations_count == 0, results.generate_report()


def test_removing_the_provider_ends_what_it_opened(house: Desk, provider: IdentityProvider, linked: Page) -> None:
    press(linked, house)
    linked.get_by_role("button", name="Yes").click()
    expect(linked.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))
    assert is_in(linked, house)
    house.command("sign-in-provider", "remove", BUSINESS)
    assert not is_in(linked, house)
    linked.goto(f"{house.url}/sign-in")
    expect(linked.get_by_role("button", name=say("signIn.action"), exact=True)).to_be_visible()
    expect(linked.get_by_role("button", name=say("signIn.with", name=NAME))).to_have_count(0)
    set_provider(house, provider)
