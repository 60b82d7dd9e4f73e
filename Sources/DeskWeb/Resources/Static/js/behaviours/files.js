// Files for a reply: chosen, pasted or dropped; each is listed by name and can be taken out again.
import { say } from "../lib/words.js";

export default function files(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector("[data-files]");
  const section = form.closest(".composer") ?? form;

  function set(chosen) {
    const transfer = new DataTransfer();
    for (const file of chosen) transfer.items.add(file);
    input.files = transfer.files;
    show();
  }

  function show() {
    list.replaceChildren(...[...input.files].map(item));
  }

  function item(file) {
    const [entry, name, button] = ["li", "span", "button"].map((tag) => document.createElement(tag));
    name.textContent = file.name;
    button.type = "button";
    button.className = "button button--small";
    button.textContent = "×";
    button.setAttribute("aria-label", say("script.removeFile", { name: file.name }));
    button.addEventListener("click", () => {
      set([...input.files].filter((other) => other !== file));
      form.querySelector("textarea")?.focus();
    });
    entry.append(name, button);
    return entry;
  }

  function add(event, given) {
    if (!given?.length) return;
    event.preventDefault();
    set([...input.files, ...given]);
  }

  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const over = (isOver) => section.classList.toggle("composer--over", isOver);

  input.addEventListener("change", show);
  form.addEventListener("paste", (event) => add(event, event.clipboardData?.files));
  section.addEventListener("dragover", (event) => { if (carriesFiles(event)) { event.preventDefault(); over(true); } });
  section.addEventListener("dragleave", () => over(false));
  section.addEventListener("drop", (event) => { over(false); add(event, event.dataTransfer?.files); });
  show();
}
