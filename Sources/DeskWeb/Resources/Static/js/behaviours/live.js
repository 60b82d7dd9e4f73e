// Listens to what changes. The browser itself reconnects and says which event it saw last.
import { receive } from "../lib/patch.js";

const names = ["card", "message", "composer", "header", "panel", "summary", "inbox", "decision"];

export default function live(body) {
  const path = body.dataset.events;
  if (!path) return;
  const source = new EventSource(path);
  for (const name of names) source.addEventListener(name, (event) => receive(JSON.parse(event.data)));
  source.addEventListener("reset", () => {
    source.close();
    document.getElementById("reset").hidden = false;
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
