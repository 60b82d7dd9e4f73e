// A fold that closes again by Escape, or by a press anywhere else.
export default function menu(fold) {
  document.addEventListener("pointerdown", (event) => { if (fold.open && !fold.contains(event.target)) fold.open = false; });
  fold.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold.open) return;
    fold.open = false;
    fold.querySelector("summary").focus();
  });
}
