// Tells the server that somebody writes, so that the contact sees it: at the most every 20 seconds, since WhatsApp shows it for 25.
const pause = 20_000;

export function typingTeller(form) {
  const path = form.dataset.typing;
  if (!path) return () => {};
  let next = 0;
  return () => {
    if (Date.now() < next) return;
    next = Date.now() + pause;
    const body = new URLSearchParams({ csrf: form.elements.csrf.value });
    fetch(path, { method: "POST", body }).catch(() => {});
  };
}
