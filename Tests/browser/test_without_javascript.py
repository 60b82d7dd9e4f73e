"""Reading, replying and everything that a day needs, in a browser without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from acts import bubble, card, dismiss, reply, undo_button, writing
from conftest import sign_in
from desk import Desk
from words import say

UNDO_SECONDS = 5


@pytest.fixture
def waiting(plain_page: Page, desk: Desk, new_contact: Callable) -> tuple[str, str]:
    """A contact who waits, with the queue open: the simulator's id and the name."""
    contact, name = new_contact("Carla Sosa")
    desk.simulator.write(contact, "Quiero dos docenas de facturas")
    desk.conversation_with(name)
    plain_page.goto(desk.url)
    return contact, name


def test_signing_in_and_out(visits, desk: Desk) -> None:
    page = visits.context(java_script_enabled=False).new_page()
    sign_in(page, desk.url)
    page.locator(".menu summary").click()
    page.get_by_role("button", name=say("layout.signOut")).click()
    expect(page.get_by_text(say("flash.signedOut"))).to_be_visible()
    page.goto(desk.url)
    expect(page.get_by_role("heading", level=1)).to_have_text(say("signIn.title"))


def test_reading_and_replying(plain_page: Page, desk: Desk, waiting: tuple[str, str]) -> None:
    contact, name = waiting
    card(plain_page, name).click()
    expect(bubble(plain_page, "dos docenas")).to_be_visible()
    reply(plain_page, "Listas a las 10.")
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=contact)
    assert receipt["text"] == "Listas a las 10."


def test_undoing_brings_the_words_back(plain_page: Page, desk: Desk, waiting: tuple[str, str]) -> None:
    contact, name = waiting
    card(plain_page, name).click()
    reply(plain_page, "Mañana no abrimos.")
    undo_button(plain_page).click()
    expect(plain_page.get_by_text(say("flash.undone"))).to_be_visible()
    expect(writing(plain_page)).to_have_value("Mañana no abrimos.")
    assert desk.simulator.receipts(contact=contact) == []


def test_saying_that_no_answer_is_needed(plain_page: Page, desk: Desk, waiting: tuple[str, str]) -> None:
    _, name = waiting
    card(plain_page, name).click()
    dismiss(plain_page)
    expect(plain_page.get_by_text(say("flash.noReplyRecorded"))).to_be_visible()
    plain_page.goto(desk.url)
    expect(card(plain_page, name)).to_have_count(0)


def test_noting_something_for_colleagues(plain_page: Page, desk: Desk, waiting: tuple[str, str]) -> None:
    contact, name = waiting
    card(plain_page, name).click()
    plain_page.get_by_label(say("panel.noteLabel")).fill("Paga siempre en efectivo.")
    plain_page.get_by_role("button", name=say("panel.noteAction")).click()
    expect(plain_page.get_by_text(say("flash.noteAdded"))).to_be_visible()
    expect(bubble(plain_page, "Paga siempre en efectivo.")).to_be_visible()
    assert desk.simulator.receipts(contact=contact) == []


def test_taking_and_putting_aside(plain_page: Page, waiting: tuple[str, str]) -> None:
    _, name = waiting
    card(plain_page, name).click()
    plain_page.get_by_role("button", name=say("panel.take")).click()
    expect(plain_page.locator("#conversation-header")).to_contain_text(say("queue.card.mine"))
    plain_page.locator("#snooze summary").click()
    plain_page.get_by_role("button", name=say("snooze.oneHour")).click()
    expect(plain_page.get_by_text(say("flash.snoozed"))).to_be_visible()
    expect(plain_page.locator("#conversation-header .clock")).to_be_visible()


def test_a_phone_has_everything_too(visits, marta, desk: Desk, waiting: tuple[str, str]) -> None:
    contact, name = waiting
    context = visits.context(
        storage_state=marta, java_script_enabled=False, viewport={"width": 390, "height": 780}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.goto(desk.url)
    card(page, name).click()
    page.get_by_role("link", name=say("panel.open"), exact=True).click()
    expect(page.get_by_label(say("panel.noteLabel"))).to_be_visible()
    page.get_by_role("link", name=say("panel.close")).click()
    reply(page, "Listas a las 11.")
    assert desk.simulator.wait_for_receipts(1, contact=contact)[0]["text"] == "Listas a las 11."
