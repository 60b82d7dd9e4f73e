// Keeps the newest message in sight on phones, where the page itself scrolls; elsewhere the style sheet does.
export default function timeline(region) {
  const list = region.querySelector("#timeline");
  const page = document.scrollingElement;
  const pageScrolls = () => region.scrollHeight <= region.clientHeight + 1;
  const isAtEnd = () => page.scrollHeight - page.scrollTop - page.clientHeight < 160;
  const toEnd = () => { if (pageScrolls()) page.scrollTop = page.scrollHeight; };
  let wasAtEnd = true;

  addEventListener("scroll", () => { wasAtEnd = isAtEnd(); }, { passive: true });
  new MutationObserver(() => { if (wasAtEnd) toEnd(); }).observe(list, { childList: true });
  if (!location.hash) toEnd();
}
