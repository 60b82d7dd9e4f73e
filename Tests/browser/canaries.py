"""Contacts each of whose words occurs nowhere else, and somebody who looks behind every door of the desk for any of them.

The doors are those of Tests/DeskServerTests/RouteMatrix.swift, which the router itself is held against: a new route is looked behind
without anybody adding it here."""

from __future__ import annotations

import base64
import contextlib
import dataclasses
import hashlib
import html
import hmac
import itertools
import json
import pathlib
import re
import time
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx

from desk import Desk, eventually
from simulator import SECRETS

MATRIX = pathlib.Path(__file__).resolve().parents[1] / "DeskServerTests" / "RouteMatrix.swift"
DOOR = re.compile(r'door\(\s*\.(\w+), "([^"]+)", \.\w+(?:\(\.\w+\))?(?:, (?:#"(.*?)"#|"(.*?)"))?', re.DOTALL)
LINK = re.compile(r'(?:href|src|data-[a-z-]+)="(/[^"#]*)')
SILENCE_SECONDS = 1.5
SEARCHED = ("name", "text", "note", "reply", "promise")


@dataclasses.dataclass(frozen=True)
class Canaries:
    """One contact's words: each field has its own, made of letters only, so that nothing on the way can change how it is written."""

    key: str

    def __getattr__(self, field: str) -> str:
        if field.startswith("_"):
            raise AttributeError(field)
        return f"zq{self.key}{field}"

    @property
    def phone(self) -> str:
        return f"54911{sum(self.key.encode()) * 7919 % 90_000_000 + 10_000_000}"

    # What whoever may read the conversation sees; numbers and addresses stay covered, and drafts are their writer's own.
    SHOWN = [
        "name", "text", "place", "street", "friend", "firm", "product", "answer", "caption", "file", "content", "reply", "note", "promise",
        "live",
    ]  # fmt: skip
    # The same of a contact who has written, and nothing more.
    SAID = ["name", "text", "note", "live"]
    # What the principal alone may see.
    HIDDEN = ["draft", "phone", "mail", "reason"]

    def shown(self, fields: list[str]) -> set[str]:
        return {getattr(self, field) for field in fields}

    @property
    def all(self) -> set[str]:
        return self.shown(self.SHOWN + self.HIDDEN)


def talk(desk: Desk, canaries: Canaries) -> str:
    """A conversation with something in every field that there is; its id."""
    simulator = desk.simulator
    contact = simulator.add_contact(canaries.name, phone=canaries.phone)
    simulator.write(contact, f"Hola {canaries.text} {canaries.mail}@example.org")
    content = base64.b64encode(f"%PDF-1.4\n% {canaries.content}\n%%EOF\n".encode()).decode()
    card = {"name": canaries.friend, "phones": ["+54 11 5550 1000"], "emails": [], "organization": canaries.firm}
    for members in (
        {"kind": "document", "text": canaries.caption, "media": {"mime_type": "application/pdf", "base64": content, "file_name": f"{canaries.file}.pdf"}},
        {"kind": "location", "latitude": -34.6, "longitude": -58.4, "name": canaries.place, "address": canaries.street},
        {"kind": "contacts", "contacts": [card]},
        {"kind": "order", "items": [{"product_retailer_id": canaries.product, "quantity": 1, "item_price": 10, "currency": "ARS"}]},
        {"kind": "form_reply", "response": {"flow_token": "t", "Pedido": canaries.answer}},
    ):  # fmt: skip
        simulator.post(f"contacts/{contact}/messages", members)
    conversation = desk.conversation_with(canaries.name)
    eventually("all that was written", lambda: len(desk.api.messages(conversation)) == 6)
    eventually("the file", lambda: "stored" in [file["state"] for each in desk.api.messages(conversation) for file in each["attachments"]])
    state = desk.api.get(f"conversations/{conversation}")
    body = {
        "text": f"Va {canaries.reply}", "answers": desk.api.messages(conversation)[-1]["id"], "version": state["version"],
        "commitment": {"text": canaries.promise, "due_at": "2027-06-01T12:00:00Z"},
    }  # fmt: skip
    desk.api.post(f"conversations/{conversation}/replies", body, **{"Idempotency-Key": canaries.key})
    desk.api.post(f"conversations/{conversation}/reveal", {"reason": canaries.reason})
    desk.api.post(f"conversations/{conversation}/notes", {"text": canaries.note})
    desk.spoken |= canaries.all
    return conversation


def say(desk: Desk, inbox: str, account: str, canaries: Canaries, field: str, occasion: str) -> None:
    """A contact writes, by the provider's signed call: to an inbox that the simulator does not have, or without its words of it."""
    message = {"from": canaries.phone, "id": f"wamid.{canaries.key}.{occasion}", "timestamp": str(int(time.time())), "type": "text"}
    value = {
        "messaging_product": "whatsapp", "metadata": {"display_phone_number": "5491100000000", "phone_number_id": account},
        "contacts": [{"profile": {"name": canaries.name}, "wa_id": canaries.phone}],
        "messages": [{**message, "text": {"body": f"Hola {getattr(canaries, field)}"}}],
    }  # fmt: skip
    whole = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
    body = json.dumps(whole).encode()
    signature = "sha256=" + hmac.new(SECRETS["app_secret"].encode(), body, hashlib.sha256).hexdigest()
    answer = httpx.post(f"{desk.url}/webhooks/{inbox}", content=body, headers={"X-Hub-Signature-256": signature}, timeout=20)
    assert answer.is_success, answer.text


@dataclasses.dataclass(frozen=True)
class Door:
    method: str
    path: str
    body: str

    @property
    def is_for_programs(self) -> bool:
        return self.path.startswith("/api/")

    def filled(self, named: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
        """Its path and body with everything that may stand in it."""
        names = sorted(set(re.findall(r"{(\w+)}", self.path + self.body)))
        for values in itertools.product(*(named.get(name, ["x"]) for name in names)):
            pairs = dict(zip(names, values))
            yield tuple(re.sub(r"{(\w+)}", lambda found: pairs[found[1]], text) for text in (self.path, self.body))


def doors() -> list[Door]:
    found = [Door(method.upper(), path, form or json_body or "") for method, path, json_body, form in DOOR.findall(MATRIX.read_text())]
    assert len(found) > 120, "the matrix is written in another way now"
    return found


@dataclasses.dataclass
class Visit:
    """Somebody who goes wherever there is a way, and what they found where."""

    words: set[str]
    api: httpx.Client
    pages: httpx.Client
    found: dict[str, str] = dataclasses.field(default_factory=dict)
    found_on_pages: set[str] = dataclasses.field(default_factory=set)
    found_by_programs: set[str] = dataclasses.field(default_factory=set)
    found_in_streams: set[str] = dataclasses.field(default_factory=set)
    # Without the log of what was read, which repeats what somebody searched for.
    found_where_it_belongs: set[str] = dataclasses.field(default_factory=set)
    asked: set[str] = dataclasses.field(default_factory=set)
    count: int = 0

    def look_everywhere(self, named: dict[str, list[str]]) -> None:
        for door in doors():
            if door.method == "GET" and not door.path.endswith(("/events", "/static/**")):
                for path, _ in door.filled(named):
                    self.ask(self.api if door.is_for_programs else self.pages, path)
        for path in more_questions(self.words, named):
            self.ask(self.api if path.startswith("/api/") else self.pages, path)

    def ask(self, client: httpx.Client, path: str) -> None:
        """And where the answer leads to, as far as it is on this desk."""
        waiting = [path]
        while waiting and len(self.asked) < 6_000:
            path = waiting.pop()
            if path in self.asked or re.match(r"/(static|sign-out|webhooks)|(/api/v1)?/events", path):
                continue
            self.asked.add(path)
            answer = client.get(path)
            self.read(answer, path)
            waiting += ways_on(answer)

    def knock(self, named: dict[str, list[str]], csrf: str) -> None:
        """At everything that would change one of these, which is refused; with what it says then."""
        for door in doors():
            if door.method == "GET" or not re.search(r"{(conversation|id|message|commitment)}", door.path):
                continue
            for path, body in door.filled(named):
                if door.is_for_programs:
                    headers = {"Content-Type": "application/json", "Idempotency-Key": "one"}
                    self.read(self.api.request(door.method, path, content=body or None, headers=headers), path)
                else:
                    headers = {"Content-Type": "application/x-www-form-urlencoded"}
                    self.read(self.pages.post(path, content=f"{body}&csrf={csrf}".encode(), headers=headers), path)

    def read(self, answer: httpx.Response, path: str) -> None:
        """Every byte of it, its headers too. Words of the question that come back with the answer say nothing."""
        assert answer.status_code < 500, f"{path}: {answer.status_code} {answer.text}"
        self.count += 1
        whole = b"\n".join([*(value for pair in answer.headers.raw for value in pair), answer.content]).lower()
        found = {word for word in self.words if word.encode() in whole and word not in path.lower()}
        self.note(found, path, self.found_by_programs if path.startswith("/api/") else self.found_on_pages)

    def note(self, found: set[str], place: str, way: set[str]) -> None:
        way |= found
        if "/readings" not in place:
            self.found_where_it_belongs |= found
        for word in found:
            self.found.setdefault(word, place)

    @contextlib.contextmanager
    def listening(self, client: httpx.Client, path: str) -> Iterator[None]:
        """What an open stream tells while something happens, until it has been silent for a while."""
        timeout = httpx.Timeout(20, read=SILENCE_SECONDS)
        with client.stream("GET", path, timeout=timeout) as answer:
            yield
            heard = b""
            with contextlib.suppress(httpx.ReadTimeout):
                for part in answer.iter_bytes():
                    heard += part.lower()
            self.note({word for word in self.words if word.encode() in heard}, path, self.found_in_streams)


def more_questions(words: set[str], named: dict[str, list[str]]) -> list[str]:
    """What the doors' own paths do not ask: searching, lists in all their states, and lists that go on."""
    queries = ["q=hola", *(f"q={word}" for word in sorted(words) if word.endswith(SEARCHED))]
    lists = [f"state={state}&limit=1" for state in ("owed", "promised", "answered", "all")] + ["state=all&limit=200"]
    filters = [f"state=all&inbox={inbox}" for inbox in named["inbox"]] + [f"state=all&topic={topic}" for topic in ("sales", "finance")]
    whose = [f"state=all&assignee={member}" for member in ["me", "none", *named["member"]]]
    return [
        *(f"{place}?{query}" for place in ("/search", "/api/v1/search") for query in queries),
        *(f"{place}?{query}" for place in ("/", "/api/v1/conversations") for query in lists + filters + whose),
    ]


def ways_on(answer: httpx.Response) -> list[str]:
    """Where a page's links, an answer's redirect and a list's cursor lead."""
    here = urlsplit(str(answer.request.url))
    ways = [answer.headers["location"]] if "location" in answer.headers else []
    kind = answer.headers.get("content-type", "")
    if kind.startswith("text/html"):
        ways += [html.unescape(link) for link in LINK.findall(answer.text)]
    elif kind.startswith("application/json") and (cursor := answer.json().get("next_cursor")):
        query = re.sub(r"&?cursor=[^&]*", "", here.query)
        ways.append(f"{here.path}?{query}&cursor={cursor}")
    whole = [urlsplit(urljoin(str(answer.request.url), way)) for way in ways]
    return [f"{way.path}?{way.query}" if way.query else way.path for way in whole if way.netloc == here.netloc]
