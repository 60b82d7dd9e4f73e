// The seconds in which a reply can still be called back. When they are over the bar goes, and the reply with it.
import { now } from "../lib/time.js";

export default function undo(form) {
  const until = Number(form.dataset.until);
  const seconds = form.querySelector("[data-seconds]");
  const progress = form.querySelector("progress");

  function tick() {
    const left = (until - now()) / 1_000;
    if (!form.isConnected) return;
    if (left <= 0) return form.remove();
    const whole = String(Math.ceil(left));
    if (seconds.textContent !== whole) seconds.textContent = whole;
    progress.value = left;
    setTimeout(tick, 100);
  }

  tick();
}
