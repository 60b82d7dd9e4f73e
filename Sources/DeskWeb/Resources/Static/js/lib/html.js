// Turns HTML from our own server into elements. With trusted types on, this policy is the only way in.
const policy = globalThis.trustedTypes?.createPolicy("contesta", { createHTML: (html) => html });

export function element(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content.firstElementChild;
}
