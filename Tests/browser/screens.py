"""Takes pictures of every screen of the demonstration, to be looked at by people.

    python Tests/browser/screens.py FOLDER [--width 390] [--theme dark] [--language pt] [--screen queue]

Options can be repeated; what is not named is taken whole. Nothing is compared and nothing kept but the pictures.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import pathlib
import subprocess
import tempfile
from collections.abc import Iterator

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from conftest import FLAGS
from desk import eventually, free_port
from simulator import binary
from words import say

SIZES = {390: 844, 820: 1180, 1440: 900}
THEMES = ["light", "dark"]
LANGUAGES = {"es": "es-AR", "pt": "pt-BR", "en": "en-GB"}
DOORS = {"sign-in": "/sign-in", "not-found": "/nothing-here"}
SCREENS = {
    "queue": "/", "promised": "/?state=promised", "answered": "/?state=answered", "all": "/?state=all", "search": "/search?q=pan", "search-blank": "/search",
    "waiting": "/waiting", "connect": "/connect", "mailbox": "/connect/mailbox", "ledger": "/ledger?verify=1", "health": "/health", "settings": "/settings",
    "help": "/help",
}  # fmt: skip
OWNER = ("marta@demo.contesta", "pan-y-chocolate")


@contextlib.contextmanager
def demonstration() -> Iterator[str]:
    """The address of a demonstration that lives as long as the block."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="contesta-screens-") as folder:
        command = [binary(), "serve", "--demo", "--data", folder, "--listen", f"127.0.0.1:{port}"]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        url = f"http://localhost:{port}"
        try:
            eventually("the demonstration", lambda: is_ready(url), patience=120)
            yield url
        finally:
            process.terminate()
            process.wait(timeout=30)


def is_ready(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(f"{url}/readyz", timeout=5).is_success
    return False


class Photographer:
    """Takes the pictures of one width, theme and language."""

    def __init__(self, context: BrowserContext, url: str, folder: pathlib.Path, mark: str, wanted: list[str]) -> None:
        self.page = context.new_page()
        self.url = url
        self.folder = folder
        self.mark = mark
        self.wanted = wanted

    def take(self, name: str, whole: bool = True) -> None:
        if self.wanted and name not in self.wanted:
            return
        self.page.wait_for_function("document.fonts.status === 'loaded'")
        self.page.screenshot(path=self.folder / f"{name}-{self.mark}.png", full_page=whole, animations="disabled")

    def visit(self, name: str, path: str) -> None:
        if self.wanted and not any(each.split(":")[0] == name for each in self.wanted):
            return
        self.page.goto(self.url + path)
        self.take(name)

    def conversations(self) -> None:
        """The first of the queue, the one with most kinds, one whose window is closed."""
        self.page.goto(f"{self.url}/?state=all")
        links = self.page.locator("#queue-cards .card").evaluate_all("cards => cards.map(card => card.getAttribute('href'))")
        for number, link in enumerate(links[:8]):
            self.page.goto(self.url + link)
            self.take(f"conversation-{number}", whole=False)
        owed = next((link for link in links if self.can_be_answered(link)), None)
        if owed:
            self.page.locator("#no-reply summary").click()
            self.take("no-reply", whole=False)
            self.quote_and_react(owed)
            self.answer(owed, seen_version="0")
            self.take("stale", whole=False)
            self.answer(owed)
            self.take("undo", whole=False)
            self.page.locator(".undo button").click()
            self.page.locator("#reply").fill("")

    def quote_and_react(self, link: str) -> None:
        """The composer with a quote, the emoji to choose from, and one chosen."""
        self.page.goto(self.url + link)
        newest = self.page.locator(".message--inbound").last
        self.page.goto(self.url + newest.locator("a.bubble__act").get_attribute("href"))
        self.take("quote", whole=False)
        newest.locator("button.bubble__act").click()
        self.take("react", whole=False)
        self.page.locator(":popover-open .reaction-menu__emoji").nth(1).click()
        newest.locator(".reaction--ours").wait_for()
        self.take("reacted", whole=False)

    def can_be_answered(self, link: str) -> bool:
        self.page.goto(self.url + link)
        return self.page.locator("#no-reply").count() > 0 and self.page.locator("#reply").count() > 0

    def answer(self, link: str, seen_version: str | None = None) -> None:
        """Sends a reply; one that has seen an older version than there is comes back."""
        self.page.goto(self.url + link)
        if seen_version:
            self.page.locator(".composer__form [name=version]").evaluate("(field, version) => { field.value = version }", seen_version)
        self.page.locator("#reply").fill("¡Claro que sí! Queda apartado a su nombre hasta las 20:00.")
        self.page.locator(".composer__send").click()
        self.page.locator(".notice--stale" if seen_version else ".undo").wait_for()


def sign_in(page: Page, url: str, language: str) -> None:
    page.goto(f"{url}/sign-in")
    page.locator("#email").fill(OWNER[0])
    page.locator("#password").fill(OWNER[1])
    page.get_by_role("button", name=say("signIn.action", language), exact=True).click()
    page.locator(".rail").wait_for(state="attached")


def choose_language(page: Page, url: str, language: str) -> None:
    page.goto(f"{url}/settings")
    page.locator("#locale").select_option(language)
    page.locator("#main form button[type=submit]").first.click()
    page.wait_for_load_state()


def photograph(browser: Browser, url: str, folder: pathlib.Path, options: argparse.Namespace) -> None:
    for language in options.language or LANGUAGES:
        door = browser.new_context(locale=LANGUAGES[language])
        sign_in(door.new_page(), url, language)
        choose_language(door.pages[0], url, language)
        state = door.storage_state()
        for width, theme in itertools.product(options.width or SIZES, options.theme or THEMES):
            settings = {
                "locale": LANGUAGES[language], "color_scheme": theme, "viewport": {"width": width, "height": SIZES[width]},
                "is_mobile": width < 500, "has_touch": width < 1000, "device_scale_factor": 1,
            }  # fmt: skip
            mark = f"{language}-{theme}-{width}"
            outside = browser.new_context(**settings)
            photographer = Photographer(outside, url, folder, mark, options.screen)
            for name, path in DOORS.items():
                photographer.visit(name, path)
            inside = browser.new_context(**settings, storage_state=state)
            photographer = Photographer(inside, url, folder, mark, options.screen)
            for name, path in SCREENS.items():
                photographer.visit(name, path)
            if not options.screen or any(each.startswith(("conversation", "no-reply", "stale", "undo", "quote", "react")) for each in options.screen):
                photographer.conversations()
            outside.close()
            inside.close()
            print(mark)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--width", type=int, action="append", choices=SIZES)
    parser.add_argument("--theme", action="append", choices=THEMES)
    parser.add_argument("--language", action="append", choices=LANGUAGES)
    parser.add_argument("--screen", action="append", default=[])
    parser.add_argument("--url", default=os.environ.get("CONTESTA_URL"), help="a demonstration that runs already")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with demonstration() if options.url is None else contextlib.nullcontext(options.url) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        photograph(browser, url, options.folder, options)
        browser.close()


if __name__ == "__main__":
    main()
