"""For everybody: axe-core on every screen, the keyboard, sizes of targets, languages."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from acts import open_conversation, send_button, wait_for_behaviour, writing
from desk import Desk, Programs, eventually
from words import say

WIDTHS = [390, 1440]
THEMES = ["light", "dark"]
MAIN_ACTS = [".button", ".chip", ".card", ".navigation__link", "summary", ".input", ".select", ".conversation-header__back"]


@dataclasses.dataclass(frozen=True)
class Scene:
    """A desk with one of everything, and how to get to each of its screens."""

    desk: Desk
    conversation: str
    stale: str
    invitation: str
    paths: dict[str, str]


@pytest.fixture(scope="module")
def scene(desk: Desk, browser: Browser) -> Iterator[Scene]:
    simulator = desk.simulator
    everything = simulator.add_contact("Sara Núñez", phone="5491155501111")
    for kind in ("text", "image", "voice", "video", "document", "sticker", "location", "contacts", "order", "unsupported"):
        simulator.post(f"contacts/{everything}/messages", {"kind": kind, "text": "¿Lo ven?", **members(kind)})
    conversation = desk.conversation_with("Sara Núñez")
    eventually("all files", lambda: [file["state"] for file in files(desk, conversation)] == ["stored"] * 5)
    doubtful = simulator.add_contact("Tito Lanús", phone="5491155502222")
    simulator.post("settings", {"statuses": "manual"})
    simulator.write(doubtful, "¿Está listo?")
    unknown = desk.conversation_with("Tito Lanús")
    simulator.fault("cut_before_acceptance", contact=doubtful)
    sent = desk.api.reply(unknown, "Sí, ya está.", key="unknown")
    eventually("the doubtful send", lambda: desk.api.status(unknown, sent["id"]) == "unknown")
    invitation = desk.invite("invitada@example.com").removeprefix(desk.url)
    workspace = desk.api.get("me")["workspaces"][0]["id"]
    member = join(browser, desk, workspace)
    yield Scene(desk, conversation, unknown, invitation, {**paths(conversation, unknown, desk.inbox_id), **people(workspace, member, conversation, signed(desk, workspace))})


def join(browser: Browser, desk: Desk, workspace: str) -> str:
    """Somebody becomes a member; their id."""
    page = browser.new_context(locale="es-AR").new_page()
    page.goto(desk.invite("lucia@example.com"))
    page.get_by_label(say("form.name")).fill("Lucía Ferro")
    page.get_by_label(say("form.newPassword")).fill("cuatro nubes de lata")
    page.get_by_role("button", name=say("invitation.action")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))
    page.context.close()
    members = desk.api.get(f"workspaces/{workspace}/members")["items"]
    return next(member["id"] for member in members if member["name"] == "Lucía Ferro")


def signed(desk: Desk, workspace: str) -> str:
    """The number of the ledger's entry about Lucía's signature."""
    program = Programs(desk.url, desk.token("lucia@example.com"))
    program.post(
        f"workspaces/{workspace}/agreement/signature", {"version": 1, "typed_name": "Lucía Ferro", "password": "cuatro nubes de lata"}
    )
    entries = desk.api.get(f"workspaces/{workspace}/ledger/entries", limit="100")["items"]
    return str(next(entry["sequence"] for entry in entries if entry["kind"] == "agreement_signed"))


def people(workspace: str, member: str, conversation: str, signature: str) -> dict[str, str]:
    own = f"/people/{workspace}/members/{member}"
    return {
        "account": "/settings/account", "tokens": "/settings/account/tokens", "signed-copy": f"{own}/signatures/{signature}", "people": f"/people/{workspace}", "member": own, "member-look": f"{own}/look",
        "readings": f"/people/{workspace}/readings", "agreement-editor": f"/people/{workspace}/agreement",
        "confirm": f"/confirm?next=/conversations/{conversation}",
    }  # fmt: skip


def files(desk: Desk, conversation: str) -> list[dict]:
    return [file for message in desk.api.messages(conversation) for file in message["attachments"]]


def members(kind: str) -> dict[str, object]:
    match kind:
        case "location":
            return {"latitude": -34.6, "longitude": -58.4, "name": "Obelisco"}
        case "contacts":
            return {"contacts": [{"name": "Ema", "phones": ["+54 11 5550 1000"], "emails": [], "organization": "Flores"}]}
        case "order":
            return {"items": [{"product_retailer_id": "torta", "quantity": 1, "item_price": 10, "currency": "ARS"}]}
        case _:
            return {}


def paths(conversation: str, unknown: str, inbox: str) -> dict[str, str]:
    return {
        "queue": "/", "answered": "/?state=answered", "all": "/?state=all", "conversation": f"/conversations/{conversation}",
        "doubtful": f"/conversations/{unknown}", "search": "/search?q=ven", "search-empty": "/search?q=nadadeesto",
        "waiting": "/waiting", "connect": "/connect", "mailbox": "/connect/mailbox", "connection": f"/connect?inbox={inbox}",
        "ledger": "/ledger?verify=1", "health": "/health", "settings": "/settings", "help": "/help", "not-found": "/nothing-here",
    }  # fmt: skip


SCREENS = [*paths("", "", ""), *people("", "", "", ""), "sign-in", "invitation"]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_on_any_screen(visits, marta, scene: Scene, width: int, theme: str) -> None:
    found = {}
    for screen, page in screens(visits, marta, scene, width, theme):
        violations = Axe().run(page).response["violations"]
        if violations:
            found[screen] = [told(each) for each in violations]
    assert found == {}


def screens(visits, marta, scene: Scene, width: int, theme: str) -> Iterator[tuple[str, Page]]:
    options = {"viewport": {"width": width, "height": 900}, "color_scheme": theme, "reduced_motion": "reduce"}
    inside = visits.context(storage_state=marta, **options).new_page()
    for screen, path in scene.paths.items():
        inside.goto(scene.desk.url + path)
        yield screen, inside
    outside = visits.context(**options).new_page()
    for screen, path in (("sign-in", "/sign-in"), ("invitation", scene.invitation)):
        outside.goto(scene.desk.url + path)
        yield screen, outside


def told(violation: dict) -> str:
    nodes = [node["html"][:160] for node in violation["nodes"][:3]]
    return f"{violation['id']}: {violation['help']} {nodes}"


@pytest.mark.parametrize("width", WIDTHS)
def test_open_folds_and_dialogs_are_accessible_too(visits, marta, scene: Scene, width: int) -> None:
    page = visits.context(storage_state=marta, viewport={"width": width, "height": 900}, reduced_motion="reduce").new_page()
    open_conversation(page, scene.desk.url, scene.conversation)
    for opener in ("#promise summary", "#no-reply summary", "#snooze summary"):
        page.locator(opener).click()
        assert [told(each) for each in Axe().run(page).response["violations"]] == []
        page.keyboard.press("Escape")
    wait_for_behaviour(page, "shortcuts")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=say("shortcuts.title"))).to_be_visible()
    assert [told(each) for each in Axe().run(page).response["violations"]] == []


@pytest.mark.parametrize("width", WIDTHS)
def test_main_acts_are_large_enough_to_touch(visits, marta, scene: Scene, width: int) -> None:
    small = {}
    for screen, page in screens(visits, marta, scene, width, "light"):
        found = page.evaluate(
            """(selector) => [...document.querySelectorAll(selector)]
                .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.closest(".visually-hidden"))
                .map((each) => [each.outerHTML.slice(0, 90), each.getBoundingClientRect()])
                .filter(([, box]) => box.width > 0 && (box.height < 43.5 || box.width < 43.5)).map(([html]) => html)""",
            ", ".join(MAIN_ACTS),
        )
        if found:
            small[screen] = found
    assert small == {}


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_scrolls_sideways(visits, marta, scene: Scene, width: int) -> None:
    wide = [
        screen
        for screen, page in screens(visits, marta, scene, width, "light")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    ]
    assert wide == []


def test_every_page_has_one_first_heading_a_main_part_and_a_language(visits, marta, scene: Scene) -> None:
    for screen, page in screens(visits, marta, scene, 1440, "light"):
        assert page.locator("h1").count() == 1, screen
        assert page.locator("main").count() == 1, screen
        assert page.locator("html").get_attribute("lang") == "es", screen
        assert "user-scalable" not in page.locator("meta[name=viewport]").get_attribute("content"), screen


def test_the_keyboard_moves_reads_and_answers(page: Page, scene: Scene) -> None:
    page.goto(scene.desk.url)
    wait_for_behaviour(page, "shortcuts")
    cards = page.locator("#queue-cards .card")
    page.keyboard.press("j")
    expect(cards.nth(0)).to_be_focused()
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("k")
    expect(cards.nth(0)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#timeline")).to_be_attached()
    wait_for_behaviour(page, "shortcuts")
    page.keyboard.press("n")
    expect(page.get_by_role("radio").first).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("r")
    expect(writing(page)).to_be_focused()
    page.keyboard.type("jrn/?")
    expect(writing(page)).to_have_value("jrn/?")
    writing(page).fill("")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=say("shortcuts.title"))).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_visible()


def test_single_keys_can_be_switched_off(page: Page, scene: Scene) -> None:
    choose_single_keys(page, scene.desk, False)
    open_conversation(page, scene.desk.url, scene.conversation)
    wait_for_behaviour(page, "shortcuts")
    for key in "rn?/":
        page.keyboard.press(key)
    expect(writing(page)).not_to_be_focused()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.url.endswith(scene.conversation)
    choose_single_keys(page, scene.desk, True)


def choose_single_keys(page: Page, desk: Desk, is_on: bool) -> None:
    page.goto(f"{desk.url}/settings")
    page.get_by_role("checkbox", name=say("settings.singleKeys")).set_checked(is_on)
    page.get_by_role("button", name=say("action.save")).first.click()
    expect(page.get_by_text(say("flash.settingsSaved"))).to_be_visible()


def test_enter_while_a_letter_is_composed_sends_nothing(page: Page, scene: Scene) -> None:
    open_conversation(page, scene.desk.url, scene.conversation)
    wait_for_behaviour(page, "composer")
    writing(page).fill("Mañana sí")
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "´", "selectionStart": 1, "selectionEnd": 1})
    page.evaluate(
        """document.getElementById("reply").dispatchEvent(
            new KeyboardEvent("keydown", { key: "Enter", keyCode: 229, isComposing: true, bubbles: true, cancelable: true }))"""
    )
    client.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229, "code": "Enter"})
    expect(writing(page)).to_have_value("Mañana sí´")
    assert scene.desk.simulator.receipts() == []
    assert page.url.endswith(scene.conversation)
    writing(page).fill("")


def test_shift_and_enter_begin_a_new_line(page: Page, scene: Scene) -> None:
    open_conversation(page, scene.desk.url, scene.conversation)
    wait_for_behaviour(page, "composer")
    writing(page).fill("Uno")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Dos")
    expect(writing(page)).to_have_value("Uno\nDos")
    writing(page).fill("")


def test_the_skip_link_comes_first_and_leads_to_the_content(page: Page, scene: Scene) -> None:
    page.goto(scene.desk.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name=say("layout.skip"))).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_names_for_screen_readers(page: Page, scene: Scene) -> None:
    open_conversation(page, scene.desk.url, scene.conversation)
    expect(send_button(page)).to_be_visible()
    expect(page.get_by_role("region", name=say("conversation.messages"))).to_be_visible()
    expect(page.get_by_role("complementary", name=say("panel.label"))).to_be_visible()
    expect(page.get_by_role("navigation", name=say("layout.navigation"))).to_be_visible()
    expect(page.locator("#timeline [dir=auto]").first).to_be_attached()
