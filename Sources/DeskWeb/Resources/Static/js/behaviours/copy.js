// Copies what a field shows; where the browser refuses, the words are at least selected.
import { announce } from "../lib/words.js";

export default function copy(box) {
  const field = box.querySelector("input");
  const button = box.querySelector("button");
  const label = button.textContent;

  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      return;
    }
    button.textContent = button.dataset.copied;
    announce(button.dataset.copied);
    setTimeout(() => { button.textContent = label; }, 2_000);
  });
}
