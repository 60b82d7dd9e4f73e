// A player for voice notes, with the speeds that people know: 1×, 1.5×, 2×. Without it the browser's own controls stay.
import { element } from "../lib/html.js";
import { say } from "../lib/words.js";

const speeds = [1, 1.5, 2];
const drawings = {
  play: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M8 5.5v13l11-6.5z"/></svg>',
  pause: '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 5.5h3.5v13H7zm6.5 0H17v13h-3.5z"/></svg>',
};

export default function sound(box) {
  const audio = box.querySelector("audio");
  const player = make("div", "sound__player");
  const play = make("button", "sound__play");
  const track = make("input", "sound__track");
  const speed = make("button", "button button--small sound__speed");
  const time = make("span", "sound__time");

  Object.assign(track, { type: "range", min: 0, max: 1000, value: 0 });
  track.setAttribute("aria-label", audio.getAttribute("aria-label"));
  play.type = speed.type = "button";
  audio.controls = false;
  player.append(play, track, speed, time);
  box.append(player);

  function draw() {
    play.replaceChildren(element(audio.paused ? drawings.play : drawings.pause));
    play.setAttribute("aria-label", say(audio.paused ? "script.play" : "script.pause"));
    speed.textContent = `${audio.playbackRate}×`;
    speed.setAttribute("aria-label", say("script.speed", { speed: audio.playbackRate }));
    const whole = Number.isFinite(audio.duration) ? audio.duration : 0;
    if (whole) track.value = (audio.currentTime / whole) * 1000;
    time.textContent = `${clock(audio.currentTime)}${whole ? ` / ${clock(whole)}` : ""}`;
  }

  play.addEventListener("click", () => (audio.paused ? audio.play() : audio.pause()));
  speed.addEventListener("click", () => { audio.playbackRate = speeds[(speeds.indexOf(audio.playbackRate) + 1) % speeds.length]; });
  track.addEventListener("input", () => { if (Number.isFinite(audio.duration)) audio.currentTime = (track.value / 1000) * audio.duration; });
  for (const event of ["play", "pause", "ended", "timeupdate", "ratechange", "loadedmetadata"]) audio.addEventListener(event, draw);
  audio.addEventListener("play", () => { for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause(); });
  draw();
}

function make(tag, className) {
  return Object.assign(document.createElement(tag), { className });
}

function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
