"""What becomes of a reply: failed with its reason, really tried again; and when nobody knows, a person decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from acts import bubble, card, open_conversation, reply
from desk import Desk
from words import say

RETRY = "delivery.retry"


@pytest.fixture
def asked(page: Page, desk: Desk, new_contact: Callable) -> str:
    """A contact who asked something, with the conversation open; gives the simulator's id of the contact."""
    desk.simulator.post("settings", {"statuses": "auto"})
    contact, name = new_contact("Bruno Díaz")
    desk.simulator.write(contact, "¿Abren el lunes?")
    open_conversation(page, desk.url, desk.conversation_with(name))
    return contact


def test_a_failed_send_tells_why_and_is_really_sent_again(page: Page, desk: Desk, asked: str) -> None:
    conversation = page.url
    desk.simulator.fault("error", contact=asked, code=131026)
    reply(page, "Sí, de 8 a 13.")
    page.goto(conversation)
    message = bubble(page, "Sí, de 8 a 13.")
    expect(message).to_contain_text(say("failure.code.131026"))
    expect(message).to_contain_text("131026")
    assert desk.simulator.receipts(contact=asked) == []
    expect(page.locator("#conversation-header .clock")).to_be_visible()

    message.get_by_role("button", name=say(RETRY)).click()
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=asked)
    assert receipt["text"] == "Sí, de 8 a 13."
    expect(message.locator(".ticks--read, .ticks--delivered, .ticks--accepted")).to_be_attached()
    expect(page.locator("#conversation-header")).to_contain_text(say("conversation.nothingOwed"))


def test_a_send_that_failed_later_is_owed_again(page: Page, desk: Desk, asked: str) -> None:
    conversation = page.url
    desk.simulator.fault("async_failure", contact=asked, code=131026)
    reply(page, "Sí, abrimos.")
    page.goto(conversation)
    expect(bubble(page, "Sí, abrimos.")).to_contain_text(say("failure.code.131026"))
    expect(page.locator("#conversation-header .clock")).to_be_visible()


def doubtful(page: Page, desk: Desk, contact: str, fault: str, text: str):
    """Sends a reply of which nobody hears whether it went, and gives its entry among what waits for a decision."""
    desk.simulator.post("settings", {"statuses": "manual"})
    desk.simulator.fault(fault, contact=contact)
    conversation = page.url
    reply(page, text)
    page.goto(conversation)
    expect(bubble(page, text)).to_contain_text(say("delivery.unknownExplanation"))
    page.goto(f"{desk.url}/waiting")
    entry = page.locator(".decision", has_text=text)
    expect(entry).to_be_visible()
    return entry


def test_a_doubtful_send_that_went_is_not_repeated(page: Page, desk: Desk, asked: str) -> None:
    entry = doubtful(page, desk, asked, "cut_after_acceptance", "Sí, todo el lunes.")
    entry.get_by_role("button", name=say("delivery.wasSent")).click()
    expect(page.get_by_text(say("flash.resolved"))).to_be_visible()
    expect(page.locator("#conversation-header")).to_contain_text(say("conversation.nothingOwed"))
    assert [receipt["text"] for receipt in desk.simulator.receipts(contact=asked)] == ["Sí, todo el lunes."]


def test_a_doubtful_send_that_did_not_go_is_sent_again(page: Page, desk: Desk, asked: str) -> None:
    entry = doubtful(page, desk, asked, "cut_before_acceptance", "Abrimos a las 8.")
    assert desk.simulator.receipts(contact=asked) == []
    entry.get_by_role("button", name=say("delivery.sendAgain")).click()
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=asked)
    assert receipt["text"] == "Abrimos a las 8."
    page.goto(f"{desk.url}/waiting")
    expect(page.get_by_text(say("waiting.empty.title"))).to_be_visible()


def test_a_doubtful_send_is_settled_by_the_providers_own_word(page: Page, desk: Desk, asked: str) -> None:
    doubtful(page, desk, asked, "cut_after_acceptance", "El lunes sí.")
    (receipt,) = desk.simulator.wait_for_receipts(1, contact=asked)
    desk.simulator.post("statuses", {"message_id": receipt["message_id"], "status": "delivered"})
    page.goto(f"{desk.url}/?state=answered")
    expect(card(page, "Bruno Díaz").first).to_be_visible()
    page.goto(f"{desk.url}/waiting")
    expect(page.get_by_text(say("waiting.empty.title"))).to_be_visible()
    assert len(desk.simulator.receipts(contact=asked)) == 1
