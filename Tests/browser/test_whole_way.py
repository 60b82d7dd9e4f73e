"""The whole way of a message: webhook in, card without reload, reply, undo, reply, ticks that turn read, an empty queue."""

from __future__ import annotations

from playwright.sync_api import expect

from acts import card, expect_empty_queue, reply, undo_button, writing
from conftest import sign_in
from desk import Desk
from words import say

UNDO_SECONDS = 5


def test_a_message_is_answered_once_and_the_queue_is_empty_again(desk: Desk, visits) -> None:
    page = visits.context().new_page()
    sign_in(page, desk.url)
    expect_empty_queue(page)

    ana = desk.simulator.add_contact("Ana Beltrán", phone="5491155501234")
    desk.simulator.write(ana, "Hola, ¿hacen tortas por encargo?")
    expect(card(page, "Ana Beltrán")).to_contain_text("¿hacen tortas por encargo?")
    expect(page.locator("#announcements")).to_have_text(say("announce.arrival", name="Ana Beltrán"))
    expect(page.locator("#queue-empty")).to_be_hidden()

    card(page, "Ana Beltrán").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Beltrán")
    reply(page, "Sí, con tres días de anticipación.")
    undo_button(page).click()
    expect(page.get_by_text(say("flash.undone"))).to_be_visible()
    expect(writing(page)).to_have_value("Sí, con tres días de anticipación.")
    expect(page.locator(".message--outbound")).to_have_count(0)
    assert desk.simulator.receipts() == []

    reply(page, "Sí, con dos días de anticipación.")
    (receipt,) = desk.simulator.wait_for_receipts(1)
    assert (receipt["kind"], receipt["text"], receipt["contact_id"]) == ("text", "Sí, con dos días de anticipación.", ana)

    sent = page.locator(".message--outbound", has_text="dos días")
    desk.simulator.post(f"contacts/{ana}/read")
    expect(sent.locator(".ticks--read")).to_be_attached()
    page.locator(".rail .brand").click()
    expect_empty_queue(page)
    assert len(desk.simulator.receipts(outcome="all")) == 1

