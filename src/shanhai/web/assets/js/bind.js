/* One way to attach behaviour: an attribute `data-shanhai-…` on the element, found at load and after every htmx swap. */
const rules = [];

/** Call `attach(element)` once for each element that matches, now and when it arrives later. */
export function bind(selector, attach) {
  rules.push({ selector, attach, seen: new WeakSet() });
}

/** Listen on the document for an event whose target is within `selector`; survives every swap. */
export function on(event, selector, handle, capture = false) {
  document.addEventListener(event, (e) => {
    const element = e.target instanceof Element && e.target.closest(selector);
    if (element) handle(element, e);
  }, capture);
}

function scan() {
  for (const { selector, attach, seen } of rules) {
    for (const element of document.querySelectorAll(selector)) {
      if (seen.has(element)) continue;
      seen.add(element);
      attach(element);
    }
  }
}

document.addEventListener("DOMContentLoaded", scan);
document.addEventListener("htmx:after:swap", scan);
