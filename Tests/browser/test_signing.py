"""Signing what was read, the copies that both sides keep, and the programs that act for people."""

from __future__ import annotations

import hashlib
import re

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from acts import read_agreement, wait_for_frames
from conftest import sign_in
from desk import MARTA, Desk, Person
from words import say


def join(page: Page, desk: Desk, person: Person) -> None:
    """From the invitation to the agreement."""
    page.goto(desk.invite(person.email))
    page.get_by_label(say("form.name")).fill(person.name)
    page.get_by_label(say("form.newPassword")).fill(person.password)
    page.get_by_role("button", name=say("invitation.action")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))


def sign(page: Page, person: Person) -> None:
    page.get_by_label(say("agreement.typedName")).fill(person.name)
    page.get_by_label(say("form.password")).fill(person.password)
    page.get_by_role("button", name=say("agreement.action")).click()


@pytest.fixture(scope="module")
def people(desk: Desk) -> str:
    return f"{desk.url}/people/{desk.api.get('me')['workspaces'][0]['id']}"


@pytest.fixture(scope="module")
def signed(desk: Desk, browser) -> Page:
    """Somebody who has just signed, at the page that says so."""
    person = Person("Nadia Solís", "nadia@example.com", "cinco faroles de sal")
    page = browser.new_context(locale="es-AR", viewport={"width": 1440, "height": 900}).new_page()
    join(page, desk, person)
    read_agreement(page)
    sign(page, person)
    expect(page.get_by_text(say("flash.signed"))).to_be_visible()
    return page


@pytest.mark.parametrize("width", [390, 1440])
def test_signing_opens_when_all_of_the_text_has_been_in_sight(desk: Desk, visits, width: int) -> None:
    person = Person("Omar Paz", f"omar{width}@example.com", "seis anclas de papel")
    page = visits.context(viewport={"width": width, "height": 600}).new_page()
    join(page, desk, person)
    action = page.get_by_role("button", name=say("agreement.action"))
    expect(action).to_be_disabled()
    expect(page.get_by_text(say("agreement.unread"))).to_be_attached()
    assert Axe().run(page).response["violations"] == []

    page.get_by_label(say("agreement.typedName")).fill(person.name)
    page.get_by_label(say("form.password")).fill(person.password)
    page.keyboard.press("Enter")
    expect(action).to_be_disabled()
    assert page.request.get(f"{desk.url}/api/v1/conversations").status == 403

    onward = page.get_by_role("button", name=say("agreement.readOn"))
    for _ in range(page.locator(".agreement > *").count()):
        if onward.is_hidden():
            break
        onward.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".agreement > :focus")).to_be_in_viewport()
        wait_for_frames(page)
    expect(action).to_be_enabled()
    expect(page.get_by_text(say("agreement.read"))).to_be_visible()
    page.reload()
    expect(action).to_be_enabled()
    sign(page, person)
    expect(page.get_by_text(say("flash.signed"))).to_be_visible()


def test_without_scripts_the_form_stands_below_the_text_and_is_open(desk: Desk, visits) -> None:
    person = Person("Rosa Lima", "rosa@example.com", "siete puertas de mimbre")
    page = visits.context(java_script_enabled=False).new_page()
    join(page, desk, person)
    order = page.locator(".agreement, .form--sign")
    assert [each.get_attribute("class").split()[0] for each in order.all()] == ["agreement", "form"]
    expect(page.get_by_text(say("agreement.unread"))).to_be_hidden()
    sign(page, person)
    expect(page.get_by_text(say("flash.signed"))).to_be_visible()


def test_whoever_signed_keeps_a_copy_that_can_be_checked(desk: Desk, signed: Page) -> None:
    signed.get_by_role("link", name=say("signedCopy.open")).click()
    expect(signed.get_by_role("heading", level=1)).to_have_text(say("signedCopy.title"))
    copy = signed.locator(".signed-copy")
    for words in ("Nadia Solís", "nadia@example.com", MARTA.name, "Panadería La Espiga"):
        expect(copy).to_contain_text(words)
    expect(copy.locator("time")).to_contain_text(re.compile(r"\d{4}, \d+:\d\d.*\("))
    text = signed.request.get(desk.url + signed.get_by_role("link", name=say("signedCopy.text")).get_attribute("href"))
    assert text.headers["content-disposition"].startswith("attachment")
    expect(copy).to_contain_text(hashlib.sha256(text.body()).hexdigest())
    assert "Nadia Solís" in text.text()

    number = re.search(r"/signatures/(\d+)", signed.url)[1]
    workspace = desk.api.get("me")["workspaces"][0]["id"]
    entries = desk.api.get(f"workspaces/{workspace}/ledger/entries", limit="100")["items"]
    entry = next(each for each in entries if str(each["sequence"]) == number)
    assert (entry["kind"], entry["details"]["signed_text"]) == ("agreement_signed", hashlib.sha256(text.body()).hexdigest())
    expect(copy).to_contain_text(entry["hash"])


def test_the_copy_is_ready_for_a4(signed: Page) -> None:
    signed.goto(re.sub(r"\?.*", "", signed.url))
    signed.emulate_media(media="print")
    expect(signed.locator(".signed-copy__acts")).to_be_hidden()
    expect(signed.locator(".door__header")).to_be_hidden()
    assert signed.evaluate("getComputedStyle(document.querySelector('.signed-copy')).display") == "block"
    pdf = signed.pdf(prefer_css_page_size=True)
    box = [float(side) for side in re.search(rb"/MediaBox \[([^\]]+)\]", pdf)[1].split()]
    assert [round(box[2]), round(box[3])] == [595, 842]
    signed.emulate_media(media="screen")


def test_the_copy_is_found_later_by_both_sides_and_by_nobody_else(desk: Desk, signed: Page, page: Page, people: str) -> None:
    signed.goto(f"{desk.url}/settings/account")
    link = signed.get_by_role("link", name=re.compile("versión 1"))
    own = desk.url + link.get_attribute("href")
    link.click()
    expect(signed.get_by_role("heading", level=1)).to_have_text(say("signedCopy.title"))

    page.goto(people)
    page.get_by_role("link", name="Nadia Solís").click()
    page.get_by_role("link", name=re.compile("versión 1")).click()
    expect(page.locator(".signed-copy")).to_contain_text("nadia@example.com")
    theirs = page.url
    assert page.request.get(own).status == 404
    assert signed.request.get(theirs).status in (403, 404)
    assert httpx.get(own, timeout=20).status_code == 303


def test_a_program_is_listed_and_stopped_by_whom_it_acts_for(desk: Desk, signed: Page) -> None:
    token = desk.token("nadia@example.com")
    signed.goto(f"{desk.url}/settings/account")
    signed.get_by_role("link", name=say("tokens.title")).click()
    rows = signed.locator(".people__row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(say("tokens.everywhere"))
    assert calls(desk, token) == 200
    rows.get_by_role("button").click()
    expect(signed.get_by_text(say("flash.tokenRevoked"))).to_be_visible()
    expect(signed.get_by_text(say("tokens.none"))).to_be_visible()
    assert calls(desk, token) == 401


def test_the_principal_stops_a_members_program(desk: Desk, signed: Page, page: Page, people: str) -> None:
    token = desk.token("nadia@example.com")
    page.goto(people)
    page.get_by_role("link", name="Nadia Solís").click()
    section = page.get_by_role("region", name=say("member.tokens"))
    section.get_by_role("button").click()
    expect(page.get_by_text(say("flash.tokenRevoked"))).to_be_visible()
    expect(section).to_have_count(0)
    assert calls(desk, token) == 401


def calls(desk: Desk, token: str) -> int:
    return httpx.get(f"{desk.url}/api/v1/me", headers={"Authorization": f"Bearer {token}"}, timeout=20).status_code


def test_the_authenticators_key_can_be_scanned(desk: Desk, visits) -> None:
    page = visits.context().new_page()
    sign_in(page, desk.url)
    page.goto(f"{desk.url}/settings/account")
    page.get_by_role("button", name=say("account.appBegin")).click()
    code = page.get_by_role("img", name=say("account.qrCode"))
    expect(code).to_be_visible()
    box = code.bounding_box()
    assert box["width"] == box["height"] >= 200
    assert code.locator(".qr__ink").evaluate("(ink) => getComputedStyle(ink).fill") == "rgb(0, 0, 0)"
