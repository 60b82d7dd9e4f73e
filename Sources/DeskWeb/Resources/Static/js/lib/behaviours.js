// Finds elements with data-behaviour="name other" and hands each to the module of that name, once.
const attached = new WeakSet();

export function attachAll(root) {
  const elements = [...root.querySelectorAll("[data-behaviour]")];
  if (root instanceof Element && root.matches("[data-behaviour]")) elements.unshift(root);
  for (const element of elements) attach(element);
}

async function attach(element) {
  if (attached.has(element)) return;
  attached.add(element);
  for (const name of element.dataset.behaviour.split(" ")) {
    const module = await import(`../behaviours/${name}.js`);
    module.default(element);
  }
}
