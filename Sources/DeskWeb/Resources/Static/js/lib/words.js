// The words of the page's language, and lengths of time said as the server says them.
const entries = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
const plurals = new Intl.PluralRules(document.documentElement.lang || "es");

export function say(key, values = {}) {
  return (entries[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function sayCount(key, count) {
  return say(`${key}.${plurals.select(count) === "one" ? "one" : "other"}`, { count });
}

export function duration(milliseconds) {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  const hours = Math.floor(minutes / 60);
  if (minutes < 1) return say("duration.underMinute");
  if (hours < 1) return say("duration.minutes", { minutes });
  if (hours >= 24) return sayCount("duration.days", Math.floor(hours / 24));
  if (hours >= 10 || minutes % 60 === 0) return say("duration.hours", { hours });
  return say("duration.hoursMinutes", { hours, minutes: minutes % 60 });
}

export function announce(text) {
  const region = document.getElementById("announcements");
  if (!region || !text) return;
  region.textContent = "";
  requestAnimationFrame(() => { region.textContent = text; });
}
