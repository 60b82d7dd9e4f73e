"""The description that the desk serves, tried by schemathesis: whatever it allows and whatever it forbids is sent, by everybody, and the
answers have to be what it says. Chance is seeded: a run that fails, fails again."""

from __future__ import annotations

import collections
import dataclasses
import re
from collections.abc import Callable, Iterator

import httpx
import hypothesis
import hypothesis.configuration
import pytest
import requests
import schemathesis
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi import checks

from desk import Desk, Person
from people import Member, limit, workspace_of
from simulator import REPOSITORY

hypothesis.configuration.set_hypothesis_home_dir(REPOSITORY / ".build" / "hypothesis")

# For each call, in each of the ways in which it is tried: as many as a share of every run of the tests can have.
EXAMPLES = {GenerationMode.POSITIVE: 8, GenerationMode.NEGATIVE: 5}
CONFIDENTIAL = "corzuela"
CHECKS = [
    not_a_server_error, checks.status_code_conformance, checks.content_type_conformance, checks.response_headers_conformance,
    checks.response_schema_conformance, checks.negative_data_rejection,
]  # fmt: skip
# What a program says of itself when it falls; no answer may hold any of it.
TRACES = re.compile(r"\.swift\b|Fatal error|SQLite|sqlite|Postgres|SELECT |INSERT |DecodingError|codingPath|/Sources/|0x[0-9a-f]{12}|Thread \d")
# The stream does not end by itself, and has tests of its own.
UNENDING = {"listen"}
# These take away what the others are tried with: they are only sent what nothing has as its name.
DESTRUCTIVE = {"eraseContact", "revokeMember", "revokeToken", "revokeWorkspaceToken"}


@dataclasses.dataclass
class Place:
    """A desk with one of everything, and people who may see different things of it."""

    desk: Desk
    named: dict[str, str]
    tokens: dict[str, str | None]


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    with Desk.founded(undo_seconds=600) as desk:
        contact = desk.simulator.add_contact(f"Berta {CONFIDENTIAL}", phone="5491155501234")
        desk.simulator.write(contact, f"Una {CONFIDENTIAL} en el patio")
        conversation = desk.conversation_with(f"Berta {CONFIDENTIAL}")
        (message,) = desk.api.messages(conversation)
        narrow = Member.joins(desk, Person("Nora Paz", "nora@example.com", "siete puertas de mimbre"))
        empty = desk.add_inbox(name="Sucursal", phone_number_id="900800700600500")
        limit(desk, narrow, {"actions": ["read", "reply", "hand_over", "reveal", "export"], "inboxes": [empty]})
        unsigned = Member.joins(desk, Person("Olga Rey", "olga@example.com", "ocho velas de sebo"), signs=False)
        named = {
            "workspace": workspace_of(desk), "conversation": conversation, "message": message["id"], "inbox": desk.inbox_id, "index": "0",
            "member": unsigned.id,
        }  # fmt: skip
        principal = desk.api.http.headers["authorization"].removeprefix("Bearer ")
        yield Place(desk, named, {"principal": principal, "narrow": narrow.token, "unsigned": unsigned.token, "nobody": None})
        assert desk.process.poll() is None, desk.log.read_text()


@dataclasses.dataclass
class Findings:
    """What was wrong, each kind of fault of an operation once; and how often what was answered."""

    faults: dict[str, str] = dataclasses.field(default_factory=dict)
    statuses: collections.Counter = dataclasses.field(default_factory=collections.Counter)

    def note(self, operation: str, title: str, case: schemathesis.Case, response: requests.Response) -> None:
        told = f"{case.method} {response.request.url} {response.request.body!r:.300} -> {response.status_code} {response.text:.300}"
        self.faults.setdefault(f"{operation}: {title}", told)

    def require_none(self) -> None:
        told = "\n\n".join(f"{title}\n{example}" for title, example in self.faults.items())
        assert not self.faults, f"\n{told}\n\n{self.statuses}"


def described(place: Place) -> list:
    schema = schemathesis.openapi.from_url(f"{place.desk.url}/api/openapi.json")
    operations = [each.ok() for each in schema.get_all_operations()]
    return [each for each in operations if each.definition.raw["operationId"] not in UNENDING]


def known(place: Place, operation: object) -> dict[str, str]:
    """The names of things that are there, for the parameters that an operation has in its path."""
    if operation.definition.raw["operationId"] in DESTRUCTIVE:
        return {"workspace": place.named["workspace"]} if "{workspace}" in operation.path else {}
    return {name: value for name, value in place.named.items() if f"{{{name}}}" in operation.path}


def send_everything(place: Place, caller: str, mode: GenerationMode, judge: Callable) -> Findings:
    findings = Findings()
    token = place.tokens[caller]
    session = requests.Session()
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for operation in described(place):
        for case in cases(operation, known(place, operation), mode):
            response = case.call(base_url=place.desk.url, session=session, headers=headers, timeout=20)
            findings.statuses[response.status_code] += 1
            judge(findings, operation, case, response)
    return findings


def cases(operation: object, path: dict[str, str], mode: GenerationMode) -> list[schemathesis.Case]:
    """The same for every run: what an operation's description allows, or what it forbids, with things that are there and things that
    are not."""
    found: list[schemathesis.Case] = []
    for parameters in [path, {}] if path else [{}]:
        strategy = operation.as_strategy(generation_mode=mode, path_parameters=parameters or None)

        @hypothesis.settings(
            max_examples=EXAMPLES[mode], derandomize=True, database=None, deadline=None, phases=[hypothesis.Phase.generate],
            suppress_health_check=list(hypothesis.HealthCheck),
        )
        @hypothesis.given(strategy)
        def collect(case: schemathesis.Case) -> None:
            found.append(case)

        try:
            collect()
        except (hypothesis.errors.Unsatisfiable, schemathesis.errors.SerializationNotPossible):
            assert mode is GenerationMode.NEGATIVE, f"nothing fits what is described of {operation.label}"
    return found


def as_described(findings: Findings, operation: object, case: schemathesis.Case, response: object) -> None:
    try:
        case.validate_response(response, checks=CHECKS)
    except FailureGroup as group:
        for fault in group.exceptions:
            findings.note(operation.label, fault.title if isinstance(fault, Failure) else str(fault), case, response)
    says_no_more_than_it_should(findings, operation, case, response)


def says_no_more_than_it_should(findings: Findings, operation: object, case: schemathesis.Case, response: object) -> None:
    if operation.path != "/api/openapi.json" and (found := TRACES.search(response.text)):
        findings.note(operation.label, f"tells of its inside: {found[0]}", case, response)


def shows_nothing(findings: Findings, operation: object, case: schemathesis.Case, response: object) -> None:
    as_described(findings, operation, case, response)
    whole = f"{response.headers}{response.text}"
    if CONFIDENTIAL in whole or "5491155501234" in whole:
        findings.note(operation.label, "shows what the caller may not see", case, response)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_what_the_principal_is_answered_is_what_is_described(place: Place, mode: GenerationMode) -> None:
    findings = send_everything(place, "principal", mode, as_described)
    findings.require_none()
    assert findings.statuses.total() > 400, findings.statuses


@pytest.mark.parametrize("caller", ["narrow", "unsigned", "nobody"])
def test_whoever_may_not_see_it_is_shown_nothing_whatever_they_send(place: Place, caller: str) -> None:
    findings = send_everything(place, caller, GenerationMode.POSITIVE, shows_nothing)
    findings.require_none()
    assert findings.statuses.total() > 400, findings.statuses


def test_nothing_was_broken_by_it(place: Place) -> None:
    """The last word: the desk still stands, still shows the principal everything, and still refuses the others."""
    shown = place.desk.api.get(f"conversations/{place.named['conversation']}")
    assert CONFIDENTIAL in shown["contact"]["name"]
    assert httpx.get(f"{place.desk.url}/readyz", timeout=5).is_success
