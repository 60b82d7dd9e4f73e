// Counts down to the end of the reply window. Once it is in its last hour it shows seconds; a screen reader hears of that, and of the
// end, and of nothing between.
import { now } from "../lib/time.js";
import { announce, duration, say } from "../lib/words.js";

const hour = 3_600_000;

export default function countdown(element) {
  const until = Number(element.dataset.until);
  const left = element.querySelector("[data-left]");
  let before = until - now();

  function tick() {
    if (!element.isConnected) return;
    const rest = until - now();
    if (before >= hour && rest < hour) announce(say("script.windowHour"));
    before = rest;
    if (rest <= 0) return close();
    const words = rest < hour ? clock(rest) : duration(rest);
    left.textContent = say("clock.left", { duration: words });
    element.classList.toggle("window--closing", rest < 2 * hour);
    setTimeout(tick, rest < hour + 60_000 ? 1_000 : 15_000);
  }

  function close() {
    element.querySelector("[data-words]").textContent = element.dataset.closed;
    element.className = "window window--closed";
    left.textContent = "";
    announce(say("script.windowClosed"));
  }

  tick();
}

function clock(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
