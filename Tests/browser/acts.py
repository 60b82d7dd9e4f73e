"""What people do on the screens, under the names that they would give it."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

from words import say


def open_conversation(page: Page, url: str, conversation: str) -> None:
    page.goto(f"{url}/conversations/{conversation}")
    expect(page.locator("#timeline")).to_be_attached()


def wait_for_behaviour(page: Page, name: str) -> None:
    """Modules load after the page: what they do is there once they are."""
    page.wait_for_function(
        "(end) => performance.getEntriesByType('resource').some((entry) => entry.name.endsWith(end))", arg=f"/{name}.js"
    )
    page.evaluate("new Promise((resolve) => setTimeout(resolve))")


def read_agreement(page: Page) -> None:
    """Paragraph by paragraph, as whoever reads does; only then it can be signed."""
    for paragraph in page.locator(".agreement > *").all():
        paragraph.scroll_into_view_if_needed()
        wait_for_frames(page)
    expect(page.get_by_role("button", name=say("agreement.action"))).to_be_enabled()


def wait_for_frames(page: Page) -> None:
    """Scrolling is told to scripts with the next frame."""
    page.evaluate("new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))")


def writing(page: Page) -> Locator:
    return page.get_by_role("textbox", name=say("composer.text"))


def send_button(page: Page) -> Locator:
    return page.get_by_role("button", name=say("composer.send"), exact=True)


def reply(page: Page, text: str) -> None:
    writing(page).fill(text)
    send_button(page).click()


def undo_button(page: Page) -> Locator:
    return page.get_by_role("button", name=say("undo.action"))


def card(page: Page, name: str) -> Locator:
    return page.locator("#queue-cards .card", has_text=name)


def bubble(page: Page, text: str) -> Locator:
    """The message with these words."""
    return page.locator("#timeline .message", has_text=text)


def dismiss(page: Page, reason: str = "noReply.reason.thanks") -> None:
    page.locator("#no-reply summary").click()
    page.get_by_role("radio", name=say(reason)).check()
    page.get_by_role("button", name=say("noReply.action")).click()


def expect_empty_queue(page: Page) -> None:
    expect(page.get_by_text(say("queue.empty.owed.title"))).to_be_visible()
    expect(page.get_by_text(say("queue.empty.owed.text"))).to_be_visible()
