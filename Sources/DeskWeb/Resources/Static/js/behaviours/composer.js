// Writing a reply: Enter sends on a keyboard, never while a letter is being composed; the draft is kept on the server.
import { typingTeller } from "../lib/typing.js";
import { say } from "../lib/words.js";

export default function composer(form) {
  const area = form.querySelector("textarea");
  const saved = form.querySelector("[data-saved]");
  const sendsOnEnter = !matchMedia("(pointer: coarse)").matches;
  const tellTyping = typingTeller(form);
  let lastSaved = area.value;
  let timer;

  async function save() {
    clearTimeout(timer);
    if (area.value === lastSaved || form.dataset.sent) return;
    const text = area.value;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value, text });
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body, keepalive: true });
      if (!answer.ok) throw new Error(String(answer.status));
      lastSaved = text;
      saved.textContent = say("script.draftSaved");
    } catch {
      saved.textContent = say("script.draftKept");
    }
  }

  function typed() {
    saved.textContent = "";
    clearTimeout(timer);
    timer = setTimeout(save, 900);
    if (area.value.trim()) tellTyping();
  }

  function pressed(event) {
    if (event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
    const asks = event.ctrlKey || event.metaKey || (sendsOnEnter && !event.shiftKey && !event.altKey);
    if (!asks) return;
    event.preventDefault();
    if (area.value.trim() || form.elements.attachments?.files.length) form.requestSubmit();
  }

  function sent(event) {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    clearTimeout(timer);
    saved.textContent = say("script.sending");
  }

  area.addEventListener("input", typed);
  area.addEventListener("keydown", pressed);
  area.addEventListener("blur", save);
  form.addEventListener("submit", sent);
  addEventListener("pagehide", save);
  addEventListener("pageshow", () => { delete form.dataset.sent; });
  area.setSelectionRange(area.value.length, area.value.length);
}
