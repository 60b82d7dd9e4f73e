// Quotes a message above the reply without leaving the page. Without scripts the same link opens the page with it quoted.
import { say } from "../lib/words.js";

export default function quote(link) {
  link.addEventListener("click", (event) => {
    const box = document.querySelector("#composer [data-quoted]");
    const area = document.getElementById("reply");
    if (!box || !area || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const { id, author, words } = link.dataset;
    const tick = box.querySelector("input");
    tick.value = id;
    tick.checked = true;
    box.querySelector("[data-quoted-label]").textContent = say("script.quote", { name: author });
    box.querySelector("[data-quoted-words]").textContent = words;
    area.focus();
  });
}
