"""Opening hours and targets from the command line, which moves what is owed already."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from desk import BUSINESS, Desk
from simulator import binary


@pytest.fixture(scope="module")
def own_desk() -> Iterator[Desk]:
    with Desk.founded() as desk:
        yield desk


def hours(desk: Desk, *options: str) -> dict[str, Any]:
    return desk.command("workspace", "hours", BUSINESS, *options)


def test_hours_and_targets_change_what_is_given_and_leave_the_rest(own_desk: Desk) -> None:
    first = hours(own_desk, "--target", "60", "--open", "mon-fri 09:00-13:00,15:00-19:00", "--open", "sat 10:00-14:00")
    assert first["target_minutes"] == 60
    assert first["hours"]["fri"] == ["09:00-13:00", "15:00-19:00"] and first["hours"]["sat"] == ["10:00-14:00"]
    second = hours(own_desk, "--exception", "2026-12-25", "--exception", "2026-12-24 09:00-13:00", "--channel", "whatsapp=30")
    assert second["hours"] == first["hours"] and second["target_minutes"] == 60
    assert second["exceptions"] == {"2026-12-24": ["09:00-13:00"], "2026-12-25": []}
    assert second["channels"] == {"whatsapp": 30}
    assert hours(own_desk) == second, "showing changes nothing"
    workspace = own_desk.api.get("me")["workspaces"][0]["id"]
    assert own_desk.api.get(f"workspaces/{workspace}/answer-policy")["target_minutes"] == 60


def test_what_is_owed_gets_its_new_deadline_at_once(own_desk: Desk) -> None:
    hours(own_desk, "--always", "--channel", "whatsapp=240")
    contact = own_desk.simulator.add_contact("Elena Prisa", phone="34655000111")
    own_desk.simulator.write(contact, "¿Está abierto?")
    conversation = own_desk.conversation_with("Elena Prisa")
    before = own_desk.api.get(f"conversations/{conversation}")["due_at"]
    hours(own_desk, "--channel", "whatsapp=30")
    assert own_desk.api.get(f"conversations/{conversation}")["due_at"] < before


@pytest.mark.parametrize(
    "options", [("--open", "monday 9-13"), ("--open", "fri-mon 09:00-13:00"), ("--exception", "25/12"), ("--target", "0"), ("--channel", "fax")]
)
def test_what_can_not_be_read_is_named_and_nothing_changes(own_desk: Desk, options: tuple[str, str]) -> None:
    before = hours(own_desk)
    refused = subprocess.run(
        [binary(), "workspace", "hours", BUSINESS, *options, *own_desk.store], capture_output=True, text=True, timeout=60
    )
    assert refused.returncode != 0 and "Nothing was changed" in refused.stderr, refused.stderr
    assert json.dumps(hours(own_desk)) == json.dumps(before)
