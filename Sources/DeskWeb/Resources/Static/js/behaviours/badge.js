// Keeps the navigation's number in step with the count that a live summary brings.
export default function badge(summary) {
  const mark = document.getElementById(summary.dataset.badge);
  const count = Number(summary.dataset.count);
  if (!mark) return;
  mark.textContent = count > 99 ? "99+" : String(count);
  mark.hidden = count === 0;
}
