"""`contesta inspect` from outside: what it prints for each kind of body is relied on by others, and must not change by accident."""

import json
import pathlib
import subprocess

import pytest

from simulator import binary

TESTS = pathlib.Path(__file__).resolve().parents[1]
PAYLOADS = TESTS / "WhatsAppChannelTests" / "Payloads"
EXPECTED = {line["file"]: line for line in map(json.loads, (TESTS / "browser" / "inspected.jsonl").read_text().splitlines())}


def inspect(*arguments: str, cwd: pathlib.Path = PAYLOADS) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(binary().resolve()), "inspect", *arguments], cwd=cwd, capture_output=True, text=True, timeout=60)


def test_every_kind_of_body_has_an_expected_line():
    assert sorted(EXPECTED) == sorted(path.name for path in PAYLOADS.glob("*.json"))


@pytest.fixture(scope="module")
def printed() -> dict[str, dict]:
    done = inspect("whatsapp", *sorted(EXPECTED), "--json")
    assert done.returncode == 0, done.stderr
    return {line["file"]: line for line in map(json.loads, done.stdout.splitlines())}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_body_is_told_as_before(name: str, printed: dict[str, dict]):
    assert printed[name] == EXPECTED[name]


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path: pathlib.Path):
    (tmp_path / "broken.json").write_bytes(b'{"object":"whatsapp_business_account","entry":[\xff')
    done = inspect("whatsapp", "missing.json", "broken.json", "--json", cwd=tmp_path)
    assert done.returncode == 65
    assert "missing.json" in done.stderr
    (line,) = map(json.loads, done.stdout.splitlines())
    assert [event["kind"] for event in line["events"]] == ["malformed"]


@pytest.mark.parametrize(
    "status, body, outcome",
    [
        (200, '{"messages":[{"id":"wamid.7"}]}', "sent"),
        (400, '{"error":{"code":131047,"message":"Re-engagement message"}}', "needs_template"),
        (400, '{"error":{"code":131056,"message":"pair rate limit"}}', "retry_later"),
        (401, '{"error":{"code":190,"message":"token expired"}}', "account_error"),
    ],
)
def test_an_answer_to_a_send_is_classed(status: int, body: str, outcome: str, tmp_path: pathlib.Path):
    (tmp_path / "answer.json").write_text(body)
    done = inspect("whatsapp", "answer.json", "--json", "--answer", str(status), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["outcome"] == outcome


MAIL = b"""From: =?utf-8?Q?Jos=C3=A9?= <Jose@customer.example>\r
To: desk@hotel.example\r
Subject: A room\r
Date: Tue, 06 Oct 2026 09:15:00 +0200\r
Message-ID: <1@customer.example>\r
\r
Two nights, please.\r
\r
On 5 Oct 2026 at 09:00, Desk <desk@hotel.example> wrote:\r
> How many nights?\r
"""


def test_a_mail_is_told_with_what_it_lacks(tmp_path: pathlib.Path):
    (tmp_path / "room.eml").write_bytes(MAIL)
    done = inspect("email", "room.eml", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    line = json.loads(done.stdout)
    mail = line["mail"]
    assert line["file"] == "room.eml"
    assert (mail["subject"], mail["date"], mail["message_id"]) == ("A room", 1791270900, "1@customer.example")
    assert (mail["from"], mail["from_names"], mail["to"], mail["cc"]) == (["jose@customer.example"], ["José"], ["desk@hotel.example"], [])
    assert (mail["class"], mail["may_auto_reply"], mail["has_html"], mail["attachments"]) == ("normal", True, False, [])


def test_a_reply_is_trimmed(tmp_path: pathlib.Path):
    (tmp_path / "room.eml").write_bytes(MAIL)
    (tmp_path / "room.txt").write_bytes(MAIL.split(b"\r\n\r\n", 1)[1])
    done = inspect("email", "room.eml", "room.txt", "--json", "--trim", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["reply_text"] for line in done.stdout.splitlines()] == ["Two nights, please."] * 2


def test_a_mail_is_no_webhook_body(tmp_path: pathlib.Path):
    (tmp_path / "room.eml").write_bytes(MAIL)
    assert inspect("email", "room.eml", "--answer", "200", cwd=tmp_path).returncode == 64
    assert inspect("whatsapp", "room.eml", "--trim", cwd=tmp_path).returncode == 64
    assert inspect("telegraph", "room.eml", cwd=tmp_path).returncode == 64
