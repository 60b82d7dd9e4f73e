// The agreement can be signed once the end of each of its paragraphs has been in sight. Without scripts nothing is locked: the form stands
// below the text.
export default function reading(form) {
  const submit = form.querySelector("button[type=submit]");
  const note = form.querySelector(".reading");
  const status = note.querySelector("[role=status]");
  const mark = `read ${form.dataset.text}`;
  const unread = new Set(document.querySelectorAll(".agreement > *"));
  if (sessionStorage.getItem(mark)) return;

  const isEndInSight = (element) => {
    const { bottom } = element.getBoundingClientRect();
    return bottom > 0 && bottom <= innerHeight + 1;
  };

  function look() {
    for (const element of unread) if (isEndInSight(element)) unread.delete(element);
    if (unread.size > 0) return;
    removeEventListener("scroll", look);
    removeEventListener("resize", look);
    sessionStorage.setItem(mark, "yes");
    submit.disabled = false;
    status.textContent = status.dataset.read;
    note.querySelector("button").hidden = true;
  }

  // Leads to what was passed over, and leaves the keyboard and a screen reader there.
  note.querySelector("button").addEventListener("click", () => {
    const [next] = unread;
    if (!next) return;
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "start" });
  });

  submit.disabled = true;
  note.hidden = false;
  addEventListener("scroll", look, { passive: true });
  addEventListener("resize", look);
  look();
}
