// One-key acts, for those who want them. They never work while somebody writes, and can be switched off in the settings.
export default function shortcuts(body) {
  const acts = { r: reply, n: () => unfold("no-reply"), z: () => unfold("snooze"), a: assign, j: () => move(1), k: () => move(-1), "/": search, "?": help };

  addEventListener("keydown", (event) => {
    if (body.dataset.singleKeys !== "on" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable], dialog")) return;
    const act = acts[event.key];
    if (act && act() !== false) event.preventDefault();
  });
}

function reply() {
  const area = document.getElementById("reply");
  area?.focus();
  return Boolean(area);
}

function unfold(id) {
  const fold = document.getElementById(id);
  if (!fold) return false;
  fold.open = true;
  (fold.querySelector("input:checked") ?? fold.querySelector("input:not([type=hidden]), form button"))?.focus();
}

function assign() {
  document.querySelector("[data-act=assign]")?.click();
}

function move(step) {
  const cards = [...document.querySelectorAll("#queue-cards .card")];
  const at = cards.findIndex((card) => card === document.activeElement);
  const from = at >= 0 ? at : cards.findIndex((card) => card.hasAttribute("aria-current"));
  const next = cards[from < 0 ? 0 : Math.min(cards.length - 1, Math.max(0, from + step))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function search() {
  const field = document.getElementById("q");
  if (field) field.focus(); else location.assign("/search");
}

function help() {
  document.getElementById("shortcuts")?.showModal();
}
