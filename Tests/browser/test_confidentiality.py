"""What the principal decides about people: who sees what, what they sign, what they read, and that it ends at once."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import struct
import time

import httpx
import pytest
from playwright.sync_api import Page, expect

from acts import card, open_conversation, read_agreement
from conftest import sign_in
from desk import MARTA, Desk, Person
from words import say

LUCIA = Person("Lucía Ferro", "lucia@example.com", "cuatro nubes de lata")
PHONE = "5491155508888"


@pytest.fixture(scope="module")
def conversation(desk: Desk) -> str:
    contact = desk.simulator.add_contact("Rita Bravo", phone=PHONE)
    desk.simulator.write(contact, "Hola, mi tarjeta es 4111 1111 1111 1111 y mi correo rita@example.org")
    return desk.conversation_with("Rita Bravo")


@pytest.fixture(scope="module")
def people(desk: Desk) -> str:
    """The address of the page of the desk's people."""
    workspace = desk.api.get("me")["workspaces"][0]["id"]
    return f"{desk.url}/people/{workspace}"


@pytest.fixture(scope="module")
def lucia(desk: Desk, conversation: str, people: str, visits_of_module) -> Page:
    """Lucía's browser, from the invitation that Marta made on the page to her signature."""
    owner = visits_of_module()
    sign_in(owner, desk.url)
    owner.goto(people)
    owner.get_by_label(say("form.email")).fill(LUCIA.email)
    owner.get_by_label(say("people.role")).select_option("assistant")
    owner.get_by_role("button", name=say("people.invite.action")).click()
    link = owner.get_by_label(say("people.link.label")).input_value()

    page = visits_of_module()
    page.goto(link)
    page.get_by_label(say("form.name")).fill(LUCIA.name)
    page.get_by_label(say("form.newPassword")).fill(LUCIA.password)
    page.get_by_role("button", name=say("invitation.action")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))
    expect(page.locator(".agreement")).to_contain_text(LUCIA.name)
    page.get_by_label(say("agreement.typedName")).fill(LUCIA.name)
    page.get_by_label(say("form.password")).fill(LUCIA.password)
    read_agreement(page)
    page.get_by_role("button", name=say("agreement.action")).click()
    expect(page.get_by_text(say("flash.signed"))).to_be_visible()
    return page


@pytest.fixture(scope="module")
def visits_of_module(browser):
    contexts = []

    def visit() -> Page:
        context = browser.new_context(locale="es-AR", viewport={"width": 1440, "height": 900})
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield visit
    for context in contexts:
        context.close()


def member(page: Page, people: str) -> None:
    page.goto(people)
    page.get_by_role("link", name=LUCIA.name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(LUCIA.name)


def test_numbers_and_addresses_are_covered_to_a_member(desk: Desk, lucia: Page, conversation: str) -> None:
    open_conversation(lucia, desk.url, conversation)
    words = lucia.locator("body").inner_text()
    for secret in (PHONE, "4111 1111 1111 1111", "rita@example.org"):
        assert secret not in words and secret not in lucia.content(), secret
    assert "1111" in words and say("reveal.covered") in words
    expect(lucia.get_by_text(say("reveal.open"))).to_have_count(0)
    lucia.goto(f"{desk.url}/search?q={PHONE}")
    assert "Rita" not in lucia.locator("main").inner_text()
    found = lucia.request.get(f"{desk.url}/api/v1/search?q=4111").json()
    assert found["items"] == []


def test_what_is_revealed_has_a_reason_that_the_principal_reads(page: Page, desk: Desk, lucia: Page, conversation: str, people: str) -> None:
    member(page, people)
    page.get_by_role("radio", name=say("member.byHand")).check()
    page.get_by_role("checkbox", name=say("grant.action.reveal")).check()
    page.get_by_role("button", name=say("action.save")).click()
    expect(page.get_by_text(say("flash.memberChanged"))).to_be_visible()

    open_conversation(lucia, desk.url, conversation)
    assert PHONE not in lucia.content()
    lucia.get_by_text(say("reveal.open")).click()
    lucia.get_by_label(say("reveal.reason")).fill("Pide que la llamen")
    lucia.get_by_role("button", name=say("reveal.action")).click()
    expect(lucia.get_by_text(say("flash.revealed"))).to_be_visible()
    expect(lucia.locator("body")).to_contain_text(PHONE)
    expect(lucia.locator("#timeline")).to_contain_text("4111 1111 1111 1111")

    page.goto(f"{people}/readings?act=revealed")
    row = page.get_by_role("row").filter(has_text=LUCIA.name).filter(has_text="Pide que la llamen")
    expect(row).to_have_count(1)
    file = page.request.get(f"{people}/readings/file?act=revealed").text()
    assert "Pide que la llamen" in file and file.startswith('"at","reader"')


def test_a_grant_that_is_narrowed_empties_open_screens_at_once(page: Page, desk: Desk, lucia: Page, conversation: str, people: str) -> None:
    lucia.goto(f"{desk.url}/?state=all")
    expect(card(lucia, "Rita Bravo")).to_be_visible()
    member(page, people)
    page.get_by_role("radio", name=say("member.byHand")).check()
    page.get_by_role("checkbox", name=say("member.ownOnly")).check()
    page.get_by_role("button", name=say("action.save")).click()
    expect(page.get_by_text(say("flash.memberChanged"))).to_be_visible()
    assert lucia.request.get(f"{desk.url}/api/v1/conversations/{conversation}").status == 404
    lucia.reload()
    expect(card(lucia, "Rita Bravo")).to_have_count(0)

    member(page, people)
    page.get_by_role("button", name=say("member.lookAction")).click()
    expect(page.get_by_text(say("memberView.nothing"))).to_be_visible()
    member(page, people)
    page.get_by_role("radio", name=say("member.byRole")).check()
    page.get_by_role("button", name=say("action.save")).click()
    expect(page.get_by_text(say("flash.memberChanged"))).to_be_visible()
    member(page, people)
    page.get_by_role("button", name=say("member.lookAction")).click()
    page.get_by_role("link", name="Rita Bravo").click()
    expect(page.locator("main")).to_contain_text("mi tarjeta es •••• •••• •••• 1111")


def test_a_contact_of_the_principals_only_disappears_for_others(page: Page, desk: Desk, lucia: Page, conversation: str) -> None:
    lucia.goto(f"{desk.url}/?state=all")
    expect(card(lucia, "Rita Bravo")).to_be_visible()
    open_conversation(page, desk.url, conversation)
    page.locator("select[name=class]").select_option("principal_only")
    page.locator("form[action$='/classification'] button").click()
    expect(page.get_by_text(say("flash.classified"))).to_be_visible()
    expect(card(lucia, "Rita Bravo")).to_have_count(0, timeout=20_000)
    assert lucia.request.get(f"{desk.url}/conversations/{conversation}").status == 404
    page.locator("select[name=class]").select_option("ordinary")
    page.locator("form[action$='/classification'] button").click()
    expect(page.get_by_text(say("flash.classified"))).to_be_visible()
    assert lucia.request.get(f"{desk.url}/conversations/{conversation}").status == 200


def test_another_version_of_the_agreement_is_signed_before_anything_is_seen_again(
    page: Page, desk: Desk, lucia: Page, conversation: str, people: str
) -> None:
    page.goto(f"{people}/agreement")
    text = page.get_by_label(say("agreementEditor.text"))
    text.fill(text.input_value() + "\n\n# Redes\n\n{member} no publica nada en nombre de {principal} ni de {desk}. {date}")
    page.get_by_role("button", name=say("agreementEditor.previewAction")).click()
    expect(page.locator(".agreement")).to_contain_text(f"no publica nada en nombre de {MARTA.name}")
    page.get_by_role("button", name=say("agreementEditor.publish")).click()
    expect(page.get_by_text(say("flash.agreementPublished"))).to_be_visible()

    assert lucia.request.get(f"{desk.url}/api/v1/conversations/{conversation}").status == 403
    lucia.goto(desk.url)
    expect(lucia.get_by_role("heading", level=1)).to_have_text(say("agreement.title"))
    expect(lucia.locator(".agreement")).to_contain_text(f"{LUCIA.name} no publica nada")
    lucia.get_by_label(say("agreement.typedName")).fill(LUCIA.name)
    lucia.get_by_label(say("form.password")).fill(LUCIA.password)
    read_agreement(lucia)
    lucia.get_by_role("button", name=say("agreement.action")).click()
    lucia.get_by_role("link", name=say("agreement.toQueue")).click()
    expect(card(lucia, "Rita Bravo")).to_be_visible()


def test_whoever_is_revoked_is_out_at_once(page: Page, desk: Desk, lucia: Page, conversation: str, people: str) -> None:
    open_conversation(lucia, desk.url, conversation)
    member(page, people)
    page.get_by_text(say("member.endOpen")).click()
    page.get_by_role("button", name=say("member.endAction")).click()
    expect(page.get_by_text(say("flash.memberRevoked"))).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text=LUCIA.name)).to_contain_text(say("people.state.ended"))
    for path in (f"/conversations/{conversation}", f"/api/v1/conversations/{conversation}"):
        assert lucia.request.get(f"{desk.url}{path}").status == 404, path


def code(key: str, step: int) -> str:
    """A time-based code as RFC 6238 has it, written down once more and apart from the program's own."""
    secret = base64.b32decode(key.replace(" ", ""))
    digest = hmac.new(secret, struct.pack(">Q", step), hashlib.sha1).digest()
    offset = digest[19] & 15
    return f"{(struct.unpack('>I', digest[offset : offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def test_a_code_from_the_phone_is_asked_for_after_the_password(page: Page, desk: Desk, visits) -> None:
    page.goto(f"{desk.url}/settings/account")
    page.get_by_role("button", name=say("account.appBegin")).click()
    key = page.locator(".steps .digest").inner_text()
    used = int(time.time()) // 30
    page.locator("#code").fill(code(key, used))
    page.get_by_role("button", name=say("account.appOnAction")).click()
    recovery = page.locator(".codes li").all_inner_texts()
    assert len(recovery) == 10

    other = visits.context().new_page()
    other.goto(f"{desk.url}/sign-in")
    other.get_by_label(say("form.email")).fill(MARTA.email)
    other.get_by_label(say("form.password")).fill(MARTA.password)
    other.get_by_role("button", name=say("signIn.action")).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(say("signInCode.title"))
    assert other.request.get(f"{desk.url}/api/v1/me").status == 401
    other.locator("#code").fill(code(key, used))
    other.get_by_role("button", name=say("signIn.action")).click()
    expect(other.get_by_text(say("signInCode.wrong"))).to_be_visible()
    other.locator("#code").fill(recovery[0])
    other.get_by_role("button", name=say("signIn.action")).click()
    expect(other.get_by_role("heading", level=1)).not_to_have_text(say("signInCode.title"))
    assert other.request.get(f"{desk.url}/api/v1/me").status == 200

    page.goto(f"{desk.url}/settings/account")
    expect(page.get_by_text(say("account.appOn"))).to_be_visible()
    page.get_by_role("button", name=say("account.endOthers")).click()
    assert other.request.get(f"{desk.url}/api/v1/me").status == 401
    page.get_by_label(say("form.password"), exact=True).last.fill(MARTA.password)
    page.get_by_role("button", name=say("account.appOff")).click()
    expect(page.get_by_text(say("flash.appTurnedOff"))).to_be_visible()


def test_a_common_password_is_refused(page: Page, desk: Desk) -> None:
    page.goto(f"{desk.url}/settings/account")
    page.get_by_label(say("account.current")).fill(MARTA.password)
    page.get_by_label(say("form.newPassword")).fill("contraseña2026")
    page.get_by_role("button", name=say("account.passwordAction")).click()
    expect(page.get_by_text(say("field.passwordCommon"))).to_be_visible()


def test_the_log_tells_programs_too(desk: Desk, people: str) -> None:
    workspace = re.search(r"/people/(.+)$", people)[1]
    headers = {**desk.api.http.headers, "Accept": "text/csv"}
    answer = httpx.get(f"{desk.url}/api/v1/workspaces/{workspace}/reports/readings?act=opened", headers=headers, timeout=20)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/csv")
    assert answer.text.count("\r\n") > 1
