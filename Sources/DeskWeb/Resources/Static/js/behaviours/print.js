// Prints the page, or keeps it as a file.
export default function print(button) {
  button.addEventListener("click", () => window.print());
}
