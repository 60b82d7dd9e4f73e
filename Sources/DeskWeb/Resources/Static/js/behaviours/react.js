// Reacts without leaving the page: the message itself comes anew over the event stream. Whatever goes wrong is left to the plain form,
// whose page says so in words.
export default function react(menu) {
  if (new URLSearchParams(location.search).has("before")) return;
  for (const form of menu.querySelectorAll("form")) form.addEventListener("submit", (event) => send(event, form, menu));
}

async function send(event, form, menu) {
  if (event.submitter?.dataset.plain) return;
  event.preventDefault();
  const given = new FormData(form, event.submitter);
  const path = `/api/v1${new URL(form.action).pathname}`;
  const headers = { "X-CSRF-Token": given.get("csrf"), "Content-Type": "application/json" };
  const request = given.get("remove")
    ? { method: "DELETE", headers }
    : { method: "PUT", headers, body: JSON.stringify({ emoji: given.get("emoji") }) };
  menu.hidePopover();
  try {
    const answer = await fetch(path, request);
    if (answer.ok) return;
  } catch {
    // Without an answer nobody knows; the page that comes next does.
  }
  location.reload();
}
