// The queue's list. While a pointer or the focus is on it nothing moves: arrivals wait behind a bar that says how many.
import { apply, follower } from "../lib/patch.js";
import { sayCount } from "../lib/words.js";

export default function queue(column) {
  const list = column.querySelector("#queue-cards");
  const bar = column.querySelector("#arrivals");
  const empty = column.querySelector("#queue-empty");
  const waiting = new Map();
  const isHeld = () => list.matches(":hover") || list.contains(document.activeElement);

  function hold(event) {
    if (!isHeld()) return;
    const patch = event.detail;
    const id = patch.place === "remove" ? patch.target : idOf(patch.html);
    event.preventDefault();
    waiting.set(id, patch);
    bar.textContent = sayCount("script.arrivals", waiting.size);
    bar.hidden = false;
  }

  function release() {
    for (const patch of waiting.values()) {
      const target = document.getElementById(patch.target);
      if (target) apply(target, patch);
    }
    waiting.clear();
    bar.hidden = true;
    for (const card of [...list.children].sort((a, b) => a.dataset.sort - b.dataset.sort)) {
      const next = follower(list, card);
      if (next !== card.nextElementSibling) list.insertBefore(card, next);
    }
  }

  const idOf = (html) => /id="([^"]+)"/.exec(html)?.[1] ?? html;
  const releaseSoon = () => setTimeout(() => { if (waiting.size > 0 && !isHeld()) release(); }, 400);

  list.addEventListener("patch", hold);
  list.addEventListener("pointerleave", releaseSoon);
  list.addEventListener("focusout", releaseSoon);
  bar.addEventListener("click", release);
  new MutationObserver(() => { empty.hidden = list.children.length > 0; }).observe(list, { childList: true });
  column.querySelector(".card[aria-current]")?.scrollIntoView({ block: "nearest" });
}
