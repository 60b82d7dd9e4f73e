"""People who join a desk without a browser: by the forms that its pages have, and by its interface."""

from __future__ import annotations

import re
from typing import Any

import httpx

from desk import Desk, Person, Programs


class Member:
    """Somebody who belongs, or belonged, to the desk: with a token for programs, and with a browser's cookies."""

    def __init__(self, desk: Desk, person: Person) -> None:
        self.person = person
        self.url = desk.url
        self.token = desk.token(person.email)
        self.api = Programs(desk.url, self.token)
        self.pages = browsing(desk.url)
        self.id = ""

    @classmethod
    def joins(cls, desk: Desk, person: Person, role: str = "assistant", signs: bool = True) -> Member:
        """By the link of an invitation; with the agreement signed, unless told otherwise."""
        invitation = desk.api.post(f"workspaces/{workspace_of(desk)}/invitations", {"email": person.email, "role": role})
        pages = accept(desk.url, invitation["link"].split("/invitations/")[1], person)
        member = cls(desk, person)
        member.pages = pages
        me = member.api.get("me")
        member.id = me["user"]["id"] if "user" in me else me["id"]
        if signs:
            member.signs(workspace_of(desk))
        return member

    def signs(self, workspace: str, version: int = 1) -> None:
        signature = {"version": version, "typed_name": self.person.name, "password": self.person.password}
        self.api.post(f"workspaces/{workspace}/agreement/signature", signature)

    def signs_in(self) -> Member:
        """Through the form, as a browser without JavaScript would."""
        fields = {"csrf": token_in(self.pages.get("/sign-in")), "email": self.person.email, "password": self.person.password, "next": "/"}
        answer = self.pages.post("/sign-in", data=fields)
        assert answer.status_code == 303, answer.text
        return self


def workspace_of(desk: Desk) -> str:
    return desk.api.get("me")["workspaces"][0]["id"]


def limit(desk: Desk, member: Member, grant: dict[str, Any], role: str = "assistant") -> None:
    """What the principal lets a member see and do from now on."""
    whole = {"inboxes": None, "topics": None, "contact_classes": ["ordinary", "important"], "own_only": False, "ends_at": None, **grant}
    answer = desk.api.http.put(f"workspaces/{workspace_of(desk)}/members/{member.id}", json={"role": role, "grant": whole})
    assert answer.is_success, answer.text


def browsing(url: str) -> httpx.Client:
    """A client that keeps its cookies although they are for TLS only, as browsers do on this very machine, and follows no redirect."""
    client = httpx.Client(base_url=url, timeout=60, headers={"Accept": "text/html", "Accept-Language": "es"})
    client.event_hooks["response"].append(lambda answer: keep(client, answer))
    return client


def keep(client: httpx.Client, answer: httpx.Response) -> None:
    kept = dict(pair.split("=", 1) for pair in client.headers.get("cookie", "").split("; ") if pair)
    kept |= dict(cookie.split(";", 1)[0].split("=", 1) for cookie in answer.headers.get_list("set-cookie"))
    client.headers["cookie"] = "; ".join(f"{name}={value}" for name, value in kept.items() if value)


def token_in(answer: httpx.Response) -> str:
    """What this page's forms send back."""
    answer.read()
    return re.findall(r'name="csrf" value="([^"]+)"', answer.text)[0]


def accept(url: str, token: str, person: Person) -> httpx.Client:
    """The browser in which the invitation was accepted, which is signed in then."""
    pages = browsing(url)
    fields = {"csrf": token_in(pages.get(f"/invitations/{token}")), "name": person.name, "password": person.password}
    answer = pages.post(f"/invitations/{token}", data=fields)
    assert answer.status_code == 303, answer.text
    return pages
