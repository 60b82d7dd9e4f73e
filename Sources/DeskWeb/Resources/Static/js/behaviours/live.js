// Listens to what changes. The browser itself reconnects and says which event it saw last.
import { receive } from "../lib/patch.js";

const names = ["card", "message", "composer", "header", "panel", "summary", "inbox", "decision"];

/** Nothing stays on the screen that may not be seen any more; a server that is only busy is waited for. */
async function reloadOnceAnswered() {
  const answer = await fetch("/api/v1/me", { cache: "no-store" }).catch(() => null);
  if (answer && answer.status < 500) location.reload();
  else setTimeout(reloadOnceAnswered, 3000);
}

export default function live(body) {
  const path = body.dataset.events;
  if (!path) return;
  const source = new EventSource(path);
  for (const name of names) source.addEventListener(name, (event) => receive(JSON.parse(event.data)));
  source.addEventListener("reset", () => {
    source.close();
    document.getElementById("reset").hidden = false;
  });
  let sight = null;
  source.addEventListener("sight", (event) => {
    if (sight !== null && sight !== event.data) location.reload();
    sight = event.data;
  });
  source.addEventListener("reload", () => location.reload());
  source.addEventListener("error", () => {
    if (source.readyState === EventSource.CLOSED) reloadOnceAnswered();
  });
  addEventListener("pagehide", () => source.close());
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
