// Keeps clocks true between two words of the server: their words, their dial, their heat.
import { now } from "../lib/time.js";
import { duration, say } from "../lib/words.js";

const clocks = new Set();

export default function clock(element) {
  if (clocks.size === 0) setInterval(refresh, 15_000);
  clocks.add(element);
}

function refresh() {
  for (const element of clocks) {
    if (element.isConnected) draw(element); else clocks.delete(element);
  }
}

function draw(element) {
  const [since, due, time] = [Number(element.dataset.since), Number(element.dataset.due), now()];
  const left = due - time;
  const percent = left <= 0 || due <= since ? 100 : Math.min(100, Math.max(0, Math.trunc(((time - since) / (due - since)) * 100)));
  const level = percent < 50 ? "calm" : percent < 84 ? "warm" : "burning";
  const end = left < 0 ? say("clock.overdue", { duration: duration(-left) }) : say("clock.due", { duration: duration(left) });
  element.querySelector("[data-words=due]").textContent = end;
  element.querySelector("[data-words=waiting]").textContent = say("clock.waiting", { duration: duration(time - since) });
  element.querySelector(".clock__elapsed").setAttribute("stroke-dasharray", `${percent} 100`);
  element.className = `clock clock--${level}`;
  const card = element.closest(".card");
  if (card) card.className = `card card--${level}`;
}
