"""What all tests in the browser share: one Chromium for the run, one desk for a module, and an eye on what the page complains of."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, expect, sync_playwright

from desk import MARTA, Desk, Person
from words import say

PATIENCE_MILLISECONDS = 20_000
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required",
]  # fmt: skip
# The browser's own notes about answers that a test provokes; everything else that it complains of is a fault.
EXPECTED = ("Failed to load resource", "net::ERR_", "signal is aborted")
REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""


# What drives the browsers: a thread can have one only, and each module with mail servers has a Chromium of its own beside the run's.
drivers: list[Playwright] = []


def launched() -> Iterator[Browser]:
    with contextlib.ExitStack() as stack:
        if not drivers:
            drivers.append(stack.enter_context(sync_playwright()))
            stack.callback(drivers.clear)
        browser = drivers[0].chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    yield from launched()


@pytest.fixture(scope="module")
def desk(request: pytest.FixtureRequest) -> Iterator[Desk]:
    """The module's desk. A module chooses the undo time with `UNDO_SECONDS`."""
    with Desk.founded(undo_seconds=getattr(request.module, "UNDO_SECONDS", 1)) as desk:
        yield desk


class Visits:
    """Opens browsers for people, and remembers what their pages complained of."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.complaints: list[str] = []
        self.contexts: list[BrowserContext] = []

    def context(self, **options: object) -> BrowserContext:
        defaults = {"locale": "es-AR", "timezone_id": "America/Argentina/Buenos_Aires", "viewport": {"width": 1440, "height": 900}}
        context = self.browser.new_context(**{**defaults, **options})
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        context.add_init_script(REPORT_VIOLATIONS)
        context.on("console", self._note)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.contexts.append(context)
        return context

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not any(words in message.text for words in EXPECTED):
            self.complaints.append(message.text)

    def close(self) -> None:
        for context in self.contexts:
            context.close()


@pytest.fixture
def visits(browser: Browser) -> Iterator[Visits]:
    """Fails the test when a page of it broke a rule of its Content-Security-Policy, or any script failed."""
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    visits = Visits(browser)
    yield visits
    visits.close()
    assert visits.complaints == []


def sign_in(page: Page, url: str, person: Person = MARTA) -> None:
    """Through the page, as people do."""
    page.goto(f"{url}/sign-in")
    page.get_by_label(say("form.email")).fill(person.email)
    page.get_by_label(say("form.password")).fill(person.password)
    page.get_by_role("button", name=say("signIn.action")).click()
    expect(page.locator(".rail")).to_be_attached()


@pytest.fixture(scope="module")
def marta(browser: Browser, desk: Desk) -> dict[str, object]:
    """What Marta's browser remembers once she has signed in."""
    context = browser.new_context(locale="es-AR")
    page = context.new_page()
    sign_in(page, desk.url)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def page(visits: Visits, marta: dict[str, object]) -> Page:
    """A wide window in which Marta is signed in."""
    return visits.context(storage_state=marta).new_page()


@pytest.fixture
def plain_page(visits: Visits, marta: dict[str, object]) -> Page:
    """The same without JavaScript."""
    return visits.context(storage_state=marta, java_script_enabled=False).new_page()


@pytest.fixture
def new_contact(desk: Desk) -> Callable[..., tuple[str, str]]:
    """Makes contacts of whom nobody else has the name or the number; gives the simulator's id and the name."""
    def make(name: str, **members: object) -> tuple[str, str]:
        number = len(desk.simulator.get("contacts")["items"]) + 1
        full_name = f"{name} {number}"
        return desk.simulator.add_contact(full_name, phone=f"549115550{number:04}", **members), full_name

    return make
