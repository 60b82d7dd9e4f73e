"""A conversation that changes while somebody writes: the send stops, shows what is new, and keeps the words."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from acts import bubble, open_conversation, reply, send_button, writing
from desk import Desk, eventually
from words import say


@pytest.fixture
def asked(page: Page, desk: Desk, new_contact: Callable) -> tuple[str, str]:
    """A contact who asked something, with the conversation open: the simulator's id, and the conversation."""
    contact, name = new_contact("Dora Gil")
    desk.simulator.write(contact, "¿Tienen pan de centeno?")
    conversation = desk.conversation_with(name)
    open_conversation(page, desk.url, conversation)
    return contact, conversation


def stale_notice(page: Page):
    return page.locator(".notice--stale")


def test_a_message_that_comes_meanwhile_stops_the_send(page: Page, desk: Desk, asked: tuple[str, str]) -> None:
    contact, _ = asked
    writing(page).fill("Sí, de 400 gramos.")
    desk.simulator.write(contact, "Sin semillas, por favor")
    expect(bubble(page, "Sin semillas, por favor")).to_be_visible()
    expect(writing(page)).to_have_value("Sí, de 400 gramos.")
    expect(writing(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(stale_notice(page)).to_contain_text(say("composer.stale.title.one", count="1"))
    expect(stale_notice(page)).to_contain_text("Sin semillas, por favor")
    expect(writing(page)).to_have_value("Sí, de 400 gramos.")
    assert desk.simulator.receipts(contact=contact) == []

    send_button(page).click()
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=contact)
    assert receipt["text"] == "Sí, de 400 gramos."


def test_it_stops_without_live_updates_as_well(plain_page: Page, desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    open_conversation(plain_page, desk.url, conversation)
    writing(plain_page).fill("Sí, hay.")
    desk.simulator.write(contact, "¿Y de salvado?")
    eventually("the second message", lambda: len(desk.api.messages(conversation)) == 2)
    send_button(plain_page).click()
    expect(stale_notice(plain_page)).to_contain_text("¿Y de salvado?")
    expect(writing(plain_page)).to_have_value("Sí, hay.")
    assert desk.simulator.receipts(contact=contact) == []


def test_an_edit_meanwhile_stops_the_send(plain_page: Page, desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Elsa Ruiz")
    written = desk.simulator.write(contact, "Quiero 2 kilos")
    conversation = desk.conversation_with(name)
    open_conversation(plain_page, desk.url, conversation)
    desk.simulator.post(f"contacts/{contact}/edits", {"message_id": written, "text": "Quiero 12 kilos"})
    eventually("the edit", lambda: "12 kilos" in desk.api.messages(conversation)[0]["text"])
    reply(plain_page, "Anotado.")
    expect(stale_notice(plain_page)).to_be_visible()
    expect(bubble(plain_page, "Quiero 12 kilos")).to_be_visible()
    assert desk.simulator.receipts(contact=contact) == []


def test_the_second_of_two_tabs_is_told_of_the_reply_of_the_first(page: Page, desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    other = page.context.new_page()
    open_conversation(other, desk.url, conversation)
    writing(other).fill("Sí, a 900 pesos.")
    writing(page).fill("Sí, hay de centeno.")
    send_button(page).click()
    expect(bubble(other, "Sí, hay de centeno.")).to_be_visible()
    expect(writing(other)).to_have_value("Sí, a 900 pesos.")
    send_button(other).click()
    expect(stale_notice(other)).to_contain_text("Sí, hay de centeno.")
    expect(writing(other)).to_have_value("Sí, a 900 pesos.")
    receipts = desk.simulator.wait_for_receipts(1, contact=contact)
    assert [receipt["text"] for receipt in receipts] == ["Sí, hay de centeno."]


def test_a_double_click_sends_once(page: Page, desk: Desk, asked: tuple[str, str]) -> None:
    contact, conversation = asked
    writing(page).fill("Sí, a la tarde.")
    send_button(page).dblclick()
    desk.simulator.wait_for_receipts(1, contact=contact)
    desk.simulator.write(contact, "Gracias")
    open_conversation(page, desk.url, conversation)
    expect(bubble(page, "Gracias")).to_be_visible()
    assert len(desk.simulator.receipts(contact=contact)) == 1


def test_a_draft_is_there_in_another_browser(page: Page, desk: Desk, visits, marta, asked: tuple[str, str]) -> None:
    _, conversation = asked
    writing(page).fill("Lo pienso y")
    expect(page.locator("[data-saved]")).to_have_text(say("script.draftSaved"))
    elsewhere = visits.context(storage_state=marta).new_page()
    open_conversation(elsewhere, desk.url, conversation)
    expect(writing(elsewhere)).to_have_value("Lo pienso y")
