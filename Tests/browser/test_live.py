"""Pages that stay open: nothing is missed while the server is away, and nothing moves under a finger."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

from acts import bubble, card, open_conversation
from desk import Desk
from words import say


def test_cards_and_messages_come_after_a_kill_and_a_new_start(page: Page, desk: Desk, new_contact: Callable) -> None:
    first, first_name = new_contact("Fabián Mora")
    desk.simulator.write(first, "Antes de la caída")
    conversation = desk.conversation_with(first_name)
    other = page.context.new_page()
    open_conversation(other, desk.url, conversation)
    page.goto(desk.url)
    expect(card(page, first_name)).to_be_visible()

    desk.kill()
    second, second_name = new_contact("Gina Paz")
    desk.simulator.write(second, "Durante la caída")
    desk.simulator.write(first, "¿Siguen ahí?")
    desk.start()

    expect(card(page, second_name)).to_contain_text("Durante la caída")
    expect(card(page, first_name)).to_contain_text("¿Siguen ahí?")
    expect(bubble(other, "¿Siguen ahí?")).to_be_visible()
    expect(page.locator("#reset")).to_be_hidden()
    expect(page.locator("#queue-cards > li")).to_have_count(len(desk.api.get("conversations", state="owed", limit="100")["items"]))


def test_arrivals_wait_while_the_pointer_is_on_the_list(page: Page, desk: Desk, new_contact: Callable) -> None:
    still, still_name = new_contact("Hugo Luna")
    desk.simulator.write(still, "Estoy esperando")
    desk.conversation_with(still_name)
    page.goto(desk.url)
    own = card(page, still_name)
    own.hover()
    before = own.bounding_box()

    early, early_name = new_contact("Iris Vera")
    desk.simulator.write(early, "Escribí hace una hora", timestamp=an_hour_ago())
    expect(page.locator("#arrivals")).to_have_text(say("script.arrivals.one", count="1"))
    expect(page.locator("#announcements")).to_have_text(say("announce.arrival", name=early_name))
    assert own.bounding_box() == before
    expect(card(page, early_name)).to_have_count(0)

    page.mouse.move(1200, 500)
    expect(card(page, early_name)).to_be_visible()
    expect(page.locator("#arrivals")).to_be_hidden()
    names = page.locator("#queue-cards .card__name").all_inner_texts()
    assert names.index(early_name) < names.index(still_name)


def an_hour_ago() -> int:
    return int(time.time()) - 3_600


def test_arrivals_wait_while_the_focus_is_on_the_list(page: Page, desk: Desk, new_contact: Callable) -> None:
    still, still_name = new_contact("Juana Roca")
    desk.simulator.write(still, "Hola")
    desk.conversation_with(still_name)
    page.goto(desk.url)
    card(page, still_name).focus()
    early, early_name = new_contact("Kevin Soto")
    desk.simulator.write(early, "Buenas", timestamp=an_hour_ago())
    expect(page.locator("#arrivals")).to_be_visible()
    expect(card(page, still_name)).to_be_focused()
    page.locator("#arrivals").click()
    expect(card(page, early_name)).to_be_visible()


def test_a_card_leaves_when_somebody_else_answers(page: Page, desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Lina Ortiz")
    desk.simulator.write(contact, "¿Hay lugar?")
    conversation = desk.conversation_with(name)
    page.goto(desk.url)
    expect(card(page, name)).to_be_visible()
    desk.api.reply(conversation, "Sí, hay.", key=conversation)
    expect(card(page, name)).to_have_count(0)
    expect(page.locator("#queue-summary")).not_to_be_empty()


def test_the_principals_own_answer_from_the_phone_takes_the_card_away(page: Page, desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Mario Funes")
    desk.simulator.write(contact, "¿Me llamás?")
    desk.conversation_with(name)
    page.goto(desk.url)
    expect(card(page, name)).to_be_visible()
    desk.simulator.post(f"contacts/{contact}/echoes", {"kind": "text", "text": "Te llamo yo"})
    expect(card(page, name)).to_have_count(0)


def test_programs_resume_without_a_gap(desk: Desk, new_contact: Callable) -> None:
    contact, name = new_contact("Nora Prat")
    desk.simulator.write(contact, "Uno")
    conversation = desk.conversation_with(name)
    desk.simulator.write(contact, "Dos")
    desk.simulator.write(contact, "Tres")
    told = events(desk, last="0", count=3, concerning=conversation)
    assert [event["type"] for event in told] == ["message.received"] * 3


def events(desk: Desk, last: str, count: int, concerning: str) -> list[dict]:
    """The first events about a conversation that the API's stream tells after an id."""
    found: list[dict] = []
    with desk.api.http.stream("GET", "events", headers={"Last-Event-ID": last}, timeout=20) as stream:
        assert stream.status_code == 200
        lines = stream.iter_lines()
        while len(found) < count:
            line = next(lines)
            event = json.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
            if event.get("conversation_id") == concerning:
                found.append(event)
    return found
