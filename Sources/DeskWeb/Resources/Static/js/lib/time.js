// The server's time: the device's own clock may be wrong, and a wait must not be.
const ahead = (Number(document.documentElement.dataset.now) || Date.now()) - Date.now();

export function now() {
  return Date.now() + ahead;
}
