"""Nobody sees what their agreement does not cover (promise P5): everybody goes through every door, and finds the words of those contacts
whom they may see, and no other word of anybody's."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
from collections.abc import Iterator

import httpx
import pytest

from canaries import Canaries, Visit, say, talk
from desk import MARTA, Desk, Person, eventually
from people import Member, browsing, limit, token_in, workspace_of
from simulator import PHONE_NUMBER_ID

BRANCH_ACCOUNT = "900800700600500"
KEYS = ["plain", "branch", "money", "grand", "secret", "own"]
READING = {"actions": ["read", "reply", "hand_over"]}
NEIGHBOUR = Person("Norberto Vega", "norte@example.com", "nueve faroles de lata")


@dataclasses.dataclass
class Place:
    desk: Desk
    branch: str
    contacts: dict[str, Canaries]
    conversations: dict[str, str]
    members: dict[str, Member]
    named: dict[str, list[str]]

    @property
    def words(self) -> set[str]:
        return set().union(*(each.all for each in self.contacts.values()))

    def shown(self, *keys: str) -> set[str]:
        return set().union(*(self.contacts[key].shown(Canaries.SAID if key == "branch" else Canaries.SHOWN) for key in keys))

    def without(self, *keys: str) -> dict[str, list[str]]:
        """The names of things, of other contacts than these."""
        kept = [key for key in KEYS if key not in keys]
        ids = [self.conversations[key] for key in kept]
        messages = [message["id"] for id in ids for message in self.desk.api.messages(id)[:2]]
        return {**self.named, "conversation": ids, "id": ids, "message": messages, "commitment": commitments(self.desk, ids)}


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with Desk.founded() as desk:
        contacts = {key: Canaries(key) for key in KEYS}
        branch = desk.add_inbox(name="Sucursal", phone_number_id=BRANCH_ACCOUNT)
        say(desk, branch, BRANCH_ACCOUNT, contacts["branch"], "text", "first")
        conversations = {key: talk(desk, contacts[key]) for key in KEYS if key != "branch"}
        conversations["branch"] = desk.conversation_with(contacts["branch"].name)
        desk.api.post(f"conversations/{conversations['branch']}/notes", {"text": contacts["branch"].note})
        draft(desk, contacts, conversations)
        members = people(desk, branch)
        classify(desk, conversations, members)
        yield Place(desk, branch, contacts, conversations, members, names(desk, branch, conversations))
        assert desk.process.poll() is None, desk.log.read_text()


def draft(desk: Desk, contacts: dict[str, Canaries], conversations: dict[str, str]) -> None:
    """What the principal began to write and has not sent."""
    desk.api.get("search", q=contacts["plain"].text)
    pages = principal_at_a_browser(desk)
    for key, conversation in conversations.items():
        csrf = token_in(pages.get(f"/conversations/{conversation}"))
        answer = pages.post(f"/conversations/{conversation}/draft", data={"csrf": csrf, "text": contacts[key].draft})
        assert answer.status_code < 400, answer.text


def principal_at_a_browser(desk: Desk) -> httpx.Client:
    pages = browsing(desk.url)
    fields = {"csrf": token_in(pages.get("/sign-in")), "email": MARTA.email, "password": MARTA.password, "next": "/"}
    assert pages.post("/sign-in", data=fields).status_code == 303
    return pages


def people(desk: Desk, branch: str) -> dict[str, Member]:
    def hire(name: str, role: str = "assistant", signs: bool = True, grant: dict | None = None) -> Member:
        member = Member.joins(desk, Person(f"Persona {name}", f"{name}@example.com", f"diez campanas de {name}"), role, signs)
        if grant:
            limit(desk, member, {**READING, **grant}, role)
        return member

    members = {
        "unsigned": hire("unsigned", signs=False), "by role": hire("role"), "by inbox": hire("inbox", grant={"inboxes": [branch]}),
        "by topic": hire("topic", grant={"topics": ["finance"]}), "by class": hire("class", grant={"contact_classes": ["important"]}),
        "own only": hire("own", grant={"own_only": True}), "until yesterday": hire("until"), "administrator": hire("machine", "administrator"),
        "exporting": hire("export", grant={"actions": ["read", "export"], "topics": ["finance"]}), "revoked": hire("revoked"),
    }  # fmt: skip
    soon = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=1)
    limit(desk, members["until yesterday"], {**READING, "ends_at": soon.strftime("%Y-%m-%dT%H:%M:%SZ")})
    assert desk.api.http.delete(f"workspaces/{workspace_of(desk)}/members/{members['revoked'].id}").is_success
    desk.command(
        "workspace", "create", "Taller Norte", "--owner-email", NEIGHBOUR.email, "--owner-name", NEIGHBOUR.name, "--password-stdin",
        secrets=NEIGHBOUR.password + "\n",
    )  # fmt: skip
    members["a neighbour"] = Member(desk, NEIGHBOUR).signs_in()
    eventually("the end of a grant", lambda: datetime.datetime.now(datetime.UTC) > soon + datetime.timedelta(seconds=1))
    return members


def classify(desk: Desk, conversations: dict[str, str], members: dict[str, Member]) -> None:
    def put(path: str, body: dict[str, str]) -> None:
        answer = desk.api.http.put(path, json=body)
        assert answer.is_success, answer.text

    put(f"conversations/{conversations['money']}/topic", {"topic": "finance"})
    put(f"conversations/{conversations['grand']}/contact-class", {"class": "important"})
    put(f"conversations/{conversations['secret']}/contact-class", {"class": "principal_only"})
    desk.api.post(f"conversations/{conversations['own']}/assign", {"assignee": members["own only"].id})


def names(desk: Desk, branch: str, conversations: dict[str, str]) -> dict[str, list[str]]:
    """What a thief would like to know beforehand: the names of everything. They open nothing."""
    workspace = workspace_of(desk)
    messages = [message["id"] for id in conversations.values() for message in desk.api.messages(id)]
    entries = desk.api.get(f"workspaces/{workspace}/ledger/entries", limit="200")["items"]
    signatures = [str(entry["sequence"]) for entry in entries if entry["kind"] == "agreement_signed"]
    return {
        "workspace": [workspace], "conversation": list(conversations.values()), "id": list(conversations.values()), "message": messages,
        "index": ["0"], "member": [each["id"] for each in desk.api.get(f"workspaces/{workspace}/members")["items"]],
        "inbox": [desk.inbox_id, branch], "entry": signatures[:2], "commitment": commitments(desk, list(conversations.values())),
    }  # fmt: skip


def commitments(desk: Desk, conversations: list[str]) -> list[str]:
    return [each["id"] for id in conversations for each in desk.api.get(f"conversations/{id}")["commitments"]]


def visit(place: Place, member: Member | None) -> Visit:
    anonymous = httpx.Client(base_url=place.desk.url, timeout=60)
    if member is None:
        return Visit(place.words, anonymous, browsing(place.desk.url))
    programs = httpx.Client(base_url=place.desk.url, timeout=60, headers={"Authorization": f"Bearer {member.token}"})
    return Visit(place.words, programs, member.pages)


# Whose words each of them may find. Everything else of everybody is to be found by nobody.
SIGHTS = {
    "nobody": [], "unsigned": [], "revoked": [], "until yesterday": [], "administrator": [], "a neighbour": [],
    "by role": ["plain", "branch", "money", "grand", "own"], "by inbox": ["branch"], "by topic": ["money"], "by class": ["grand"],
    "own only": ["own"], "exporting": ["money"],
}  # fmt: skip


@pytest.mark.parametrize("who", SIGHTS)
def test_everybody_finds_what_they_may_see_and_nothing_else(place: Place, who: str) -> None:
    member = place.members.get(who)
    visit_ = visit(place, member)
    with streams(place, visit_, member, SIGHTS[who]):
        for key in KEYS:
            account = BRANCH_ACCOUNT if key == "branch" else PHONE_NUMBER_ID
            say(place.desk, place.branch if key == "branch" else place.desk.inbox_id, account, place.contacts[key], "live", who)
    visit_.look_everywhere(place.named)
    visit_.knock(place.without(*SIGHTS[who]), token_in(member.pages.get("/settings/account")) if member else "")
    expected = place.shown(*SIGHTS[who])
    beyond = {word: path for word, path in visit_.found.items() if word not in expected}
    assert beyond == {}, "found outside of the grant"
    assert expected - set(visit_.found) == set(), "not found, although it may be seen: this test would see nothing else either"
    for way in (visit_.found_by_programs, visit_.found_on_pages):
        assert {place.contacts[key].text for key in SIGHTS[who]} <= way
    assert {place.contacts[key].live for key in SIGHTS[who]} <= visit_.found_in_streams
    assert visit_.count > 200


@contextlib.contextmanager
def streams(place: Place, visit_: Visit, member: Member | None, keys: list[str]) -> Iterator[None]:
    """A page's stream with one of the conversations open, and a program's."""
    if member is None:
        yield
        return
    opened = place.conversations[keys[0] if keys else "plain"]
    with contextlib.ExitStack() as stack:
        stack.enter_context(visit_.listening(visit_.api, "/api/v1/events?last_event_id=1"))
        stack.enter_context(visit_.listening(visit_.pages, f"/events?state=all&conversation={opened}"))
        yield


def test_the_principal_finds_every_word(place: Place) -> None:
    """And with that, that there is a way to each of them."""
    desk = place.desk
    programs = httpx.Client(base_url=desk.url, timeout=60, headers=dict(desk.api.http.headers))
    visit_ = Visit(place.words, programs, principal_at_a_browser(desk))
    visit_.look_everywhere(place.named)
    branch = place.contacts["branch"]
    unsaid = branch.all - branch.shown([*Canaries.SAID, "draft", "phone"])
    reasons = {place.contacts[key].reason for key in KEYS if key != "branch"}
    assert place.words - visit_.found_where_it_belongs == unsaid | reasons
    assert reasons <= set(visit_.found), "why numbers were uncovered stands in the log"
