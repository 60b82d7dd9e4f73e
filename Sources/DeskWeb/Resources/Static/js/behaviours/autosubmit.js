// A filter that applies itself when it changes.
export default function autosubmit(form) {
  form.addEventListener("change", () => form.requestSubmit());
}
