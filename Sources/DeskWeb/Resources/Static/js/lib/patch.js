// Puts a change from the server into the page, without losing what a person has under their fingers.
import { attachAll } from "./behaviours.js";
import { element } from "./html.js";
import { announce } from "./words.js";

export function receive(patch) {
  const target = document.getElementById(patch.target);
  announce(patch.announcement);
  if (!target) return;
  const event = new CustomEvent("patch", { detail: patch, bubbles: true, cancelable: true });
  if (target.dispatchEvent(event)) apply(target, patch);
}

export function apply(target, patch) {
  if (patch.place === "remove") return target.remove();
  const fresh = element(patch.html);
  if (!fresh) return;
  const old = patch.place === "replace" ? target : fresh.id && document.getElementById(fresh.id);
  const openMenus = old ? [...old.querySelectorAll("[popover]:popover-open")].map((menu) => menu.id) : [];
  const focus = old ? keep(old, fresh) : null;
  if (patch.place === "insert-sorted") {
    old?.remove();
    target.insertBefore(fresh, follower(target, fresh));
  } else if (old) {
    old.replaceWith(fresh);
  } else {
    target.append(fresh);
  }
  focus?.();
  for (const id of openMenus) document.getElementById(id)?.showPopover();
  markCurrent(fresh);
  attachAll(fresh);
}

export function follower(list, item) {
  const key = Number(item.dataset.sort);
  return [...list.children].find((other) => Number(other.dataset.sort) > key) ?? null;
}

// Carries what a person has under their fingers from the old element to the new one: the last seconds of an undo, open folds,
// words and files that were not sent, and the focus.
function keep(old, fresh) {
  const undo = old.querySelector(".undo");
  if (undo && !fresh.querySelector(".undo")) fresh.prepend(undo);
  const quoted = old.querySelector("[data-quoted]:has(:checked)");
  if (quoted) fresh.querySelector("[data-quoted]")?.replaceWith(quoted);
  for (const fold of old.querySelectorAll("details[open][id]")) fresh.querySelector(`#${fold.id}`)?.setAttribute("open", "");
  for (const { name, value } of old.querySelectorAll("input:checked")) {
    const heir = fresh.querySelector(`[name="${name}"][value="${value}"]`);
    if (heir) heir.checked = true;
  }
  for (const field of old.querySelectorAll("textarea, input[type=file], input[type=datetime-local]")) carry(field, fresh.querySelector(`[name="${field.name}"]`));
  const active = old.contains(document.activeElement) ? document.activeElement : null;
  if (!active) return null;
  const selection = [active.selectionStart, active.selectionEnd];
  return () => {
    const other = fresh.matches("[tabindex]") ? fresh : fresh.querySelector("a, button, textarea");
    const heir = (active.id && document.getElementById(active.id)) || other;
    heir?.focus({ preventScroll: true });
    if (heir?.setSelectionRange && selection[0] != null) heir.setSelectionRange(...selection);
  };
}

// A form with something unsent keeps the version that its writer saw, so that the server can stop a reply to what has changed.
function carry(field, heir) {
  const isFile = field.type === "file";
  if (!heir || (isFile ? field.files.length === 0 : !field.value)) return;
  if (isFile) heir.files = field.files; else heir.value = field.value;
  for (const name of ["version", "seen_through", "answers", "idempotency_key"]) {
    const [from, to] = [field.form?.elements[name], heir.form?.elements[name]];
    if (from && to) to.value = from.value;
  }
}

function markCurrent(fresh) {
  const link = fresh.querySelector?.(".card");
  if (link?.pathname === location.pathname) link.setAttribute("aria-current", "page");
}
