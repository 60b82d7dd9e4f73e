"""Mails that mean to run something, shown as the desk shows them, in a real browser: nothing runs, nothing is fetched, no rule is broken.

The documents are the very ones that the server answers with: `contesta inspect email --html` prints them, and the policy beside them.
Each is looked at in the desk's frame, and, as if frame and policy were both forgotten, in a page that allows everything."""

from __future__ import annotations

import http.server
import json
import pathlib
import subprocess
import threading
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from mail_vectors import DECLARED, FAMILIES
from simulator import binary

BODY = ('<div class="mail" dir="auto">', "</div></body></html>")
FRAME = '<iframe src="{path}" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>'
# What every way to run something ends in; and the policy's word, which a page hears even where no script of it may run.
LISTEN = """
const tell = (what) => console.error("RAN " + what);
for (const name of ["ran", "alert", "confirm", "prompt", "print"]) window[name] = () => tell(name);
addEventListener("securitypolicyviolation", (event) => console.error(`VIOLATED ${event.violatedDirective} ${event.blockedURI}`));
"""
# What was asked for before has gone out by then, and handlers and animations have had their turn.
SETTLE = """async () => {
  await fetch("/barrier").catch(() => null);
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
# What a person could set off.
PROVOKE = """async () => {
  for (const element of document.querySelectorAll("body, body *")) {
    for (const kind of ["click", "mouseover", "mouseenter", "focus", "focusin", "load", "error", "toggle", "animationstart", "animationend"]) {
      if (kind === "click" && element.closest("a[target=_blank]")) continue;
      element.dispatchEvent(new (kind === "click" ? MouseEvent : Event)(kind, { bubbles: true, cancelable: true }));
    }
  }
  await (%s)();
}""" % SETTLE
# What stands in a tree that could run or fetch something, whatever the words around it say.
SUSPECT = """() => {
  const allowed = /^(https?:|mailto:|tel:)/i, found = [];
  for (const element of document.body.querySelectorAll("*")) {
    if (!/^[a-z][a-z0-9]*$/.test(element.localName) || element.namespaceURI !== "http://www.w3.org/1999/xhtml") found.push(element.localName);
    if (["script", "style", "iframe", "object", "embed", "form", "input", "template", "link", "meta", "base"].includes(element.localName)) found.push(element.localName);
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || ["id", "name", "srcset", "srcdoc", "background", "ping"].includes(name)) found.push(name);
      if (name === "href" && !allowed.test(value)) found.push(value);
      if (name === "src" && !value.startsWith("data:image/")) found.push(value);
      if (name === "style" && /url|expression|var|import|position|\\\\/i.test(value)) found.push(value);
    }
  }
  return found;
}"""


class Documents:
    """Pages on loopback, each with the policy that it is to have."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[str, str | None]] = {}
        pages = self.pages

        class Answer(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                html, policy = pages.get(urlsplit(self.path).path, ("", None))
                self.send_response(200 if html else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if policy:
                    self.send_header("Content-Security-Policy", policy)
                self.end_headers()
                self.wfile.write(html.encode("utf-8", "surrogatepass"))

            def log_message(self, *_: object) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def put(self, path: str, html: str, policy: str | None = None) -> str:
        self.pages[path] = (html, policy)
        return self.url + path


class Watcher:
    """One window, and all that happens in it that should not."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.found: list[str] = []
        context.add_init_script(LISTEN)
        context.on("console", lambda message: self.note(message.text))
        context.on("dialog", lambda dialog: (self.found.append(f"dialog {dialog.type}"), dialog.dismiss()))
        context.on("page", lambda page: self.found.append("a window opened") if len(context.pages) > 1 else None)
        context.route("**/*", lambda route: self.let(route, url))
        self.page: Page = context.new_page()

    def note(self, text: str) -> None:
        if text.startswith(("RAN", "VIOLATED")) or "Content Security Policy" in text:
            self.found.append(text)

    def let(self, route: Route, url: str) -> None:
        if route.request.url.startswith(url):
            route.continue_()
        else:
            self.found.append(f"asked for {route.request.url[:80]}")
            route.abort()

    def looking_at(self, url: str, look: Callable[[Page], object]) -> list[str]:
        """What happened while a page was there."""
        self.found.clear()
        self.page.goto(url)
        look(self.page)
        if self.page.url != url:
            self.found.append(f"went to {self.page.url}")
        self.found, found = [], self.found
        return found


def mail(html: str, charset: str = "utf-8") -> bytes:
    head = f"From: a@b.example\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset={charset}\r\n\r\n"
    try:
        body = html.encode(charset)
    except (LookupError, UnicodeError):
        body = html.encode("utf-8", "surrogatepass")
    return head.encode() + body


def inspected(folder: pathlib.Path, mails: dict[str, bytes]) -> dict[str, dict]:
    """What the desk makes of each mail."""
    for name, content in mails.items():
        (folder / f"{name}.eml").write_bytes(content)
    command = [str(binary().resolve()), "inspect", "email", "--html", "--json", *(f"{name}.eml" for name in mails)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    return {line["file"].removesuffix(".eml"): line for line in map(json.loads, done.stdout.splitlines())}


def safe(document: dict) -> str:
    """What of a document stands in its body."""
    return document["html"].split(BODY[0], 1)[1].rsplit(BODY[1], 1)[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict]:
    mails = {f"{family}-{index}": mail(html) for family, vectors in FAMILIES.items() for index, html in enumerate(vectors)}
    mails |= {f"declared_{charset}-{index}": mail(html, charset) for charset in DECLARED for index, html in enumerate(FAMILIES["charsets"])}
    return inspected(tmp_path_factory.mktemp("mails"), mails)


@pytest.fixture(scope="module")
def documents() -> Iterator[Documents]:
    documents = Documents()
    yield documents
    documents.server.shutdown()


@pytest.fixture(scope="module")
def watcher(browser: Browser, documents: Documents) -> Iterator[Watcher]:
    context = browser.new_context()
    yield Watcher(context, documents.url)
    context.close()


@pytest.fixture
def fresh(browser: Browser, documents: Documents) -> Iterator[Watcher]:
    """A window for what leaves things behind."""
    context = browser.new_context()
    yield Watcher(context, documents.url)
    context.close()


GROUPS = [*FAMILIES, *(f"declared_{charset}" for charset in DECLARED)]


def of_group(made: dict[str, dict], group: str) -> dict[str, dict]:
    found = {name: document for name, document in made.items() if name.rsplit("-", 1)[0] == group}
    assert found
    return found


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_happens_in_the_frame_of_the_desk(group: str, made: dict[str, dict], documents: Documents, watcher: Watcher) -> None:
    paths = []
    for name, document in of_group(made, group).items():
        paths.append(f"/mail/{name}")
        documents.put(paths[-1], document["html"], document["policy"])
    outer = documents.put(f"/desk/{group}", "<!doctype html>" + "".join(FRAME.format(path=path) for path in paths))
    assert watcher.looking_at(outer, lambda page: page.evaluate(SETTLE)) == []
    assert [urlsplit(frame.url).path for frame in watcher.page.frames[1:]] == paths


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_happens_where_frame_and_policy_are_forgotten(
    group: str, made: dict[str, dict], documents: Documents, watcher: Watcher
) -> None:
    for name, document in of_group(made, group).items():
        bare = documents.put(f"/bare/{name}", f"<!doctype html><html><body>{safe(document)}</body></html>")
        assert watcher.looking_at(bare, lambda page: page.evaluate(PROVOKE)) == [], name
        assert watcher.page.evaluate(SUSPECT) == [], name


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_happens_where_a_script_puts_it_into_a_page(
    group: str, made: dict[str, dict], documents: Documents, watcher: Watcher
) -> None:
    """Parsed with and without scripting, in several places, and once more after the browser wrote it."""
    empty = documents.put("/empty", "<!doctype html><body><div></div><template></template></body>")
    insert = """async (html) => {
      const place = document.querySelector("div");
      place.innerHTML = html;
      const again = place.innerHTML;
      place.innerHTML = again;
      for (const name of ["td", "svg", "math", "select", "p"]) {
        const other = name === "svg" || name === "math" ? document.createElementNS(
          name === "svg" ? "http://www.w3.org/2000/svg" : "http://www.w3.org/1998/Math/MathML", name) : document.createElement(name);
        document.body.append(other);
        other.innerHTML = html;
      }
      document.body.append(document.importNode(new DOMParser().parseFromString(html, "text/html").body, true));
    }"""
    watcher.looking_at(empty, lambda _: None)
    for name, document in of_group(made, group).items():
        watcher.page.evaluate(insert, safe(document))
        watcher.page.evaluate(PROVOKE)
        assert watcher.found == [] and watcher.page.url == empty, name
        watcher.page.evaluate("document.body.replaceChildren(document.createElement('div'))")


def test_doing_it_twice_is_doing_it_once(made: dict[str, dict], tmp_path: pathlib.Path) -> None:
    again = inspected(tmp_path, {name: mail(safe(document)) for name, document in made.items()})
    assert {name: safe(document) for name, document in again.items()} == {name: safe(document) for name, document in made.items()}


def test_without_the_desk_the_same_mails_run_fetch_and_break_rules(documents: Documents, fresh: Watcher) -> None:
    """Otherwise the tests above would see nothing, whatever happened."""
    seen: dict[str, list[str]] = {}
    for family, vectors in FAMILIES.items():
        for index, html in enumerate(vectors):
            bare = documents.put(f"/raw/{family}-{index}", f"<!doctype html><html><body>{html}</body></html>")
            try:
                seen[f"{family}-{index}"] = fresh.looking_at(bare, lambda page: page.evaluate(PROVOKE))
            except Exception as error:
                seen[f"{family}-{index}"] = [*fresh.found, f"the page broke: {error}"]
    families = {name.rsplit("-", 1)[0] for name, found in seen.items() if found}
    assert sum(bool(found) for found in seen.values()) > len(seen) // 2
    assert sum(any(each.startswith("RAN") for each in found) for found in seen.values()) > len(seen) // 5
    assert families == set(FAMILIES)


def test_the_policy_alone_would_hold_too(documents: Documents, fresh: Watcher, made: dict[str, dict]) -> None:
    """The unsafe mails themselves, in the frame: the second wall stands without the first."""
    policy = next(iter(made.values()))["policy"]
    violations: list[str] = []
    for family, vectors in FAMILIES.items():
        paths = [f"/unsafe/{family}-{index}" for index in range(len(vectors))]
        for path, html in zip(paths, vectors, strict=True):
            documents.put(path, f"<!doctype html><body>{html}", policy)
        outer = documents.put(f"/outer/{family}", "<!doctype html>" + "".join(FRAME.format(path=path) for path in paths))
        found = fresh.looking_at(outer, lambda page: page.evaluate(SETTLE))
        assert not [each for each in found if each.startswith(("RAN", "dialog", "a window"))], family
        violations += [each for each in found if "Content Security Policy" in each or each.startswith("VIOLATED")]
    assert len(violations) > 20
