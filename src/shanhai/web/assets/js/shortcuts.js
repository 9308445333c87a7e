/* Keys: / search, ? this list, n main action, [ and ] pages, Ctrl+S saves. Single keys can be switched off (WCAG 2.1.4). */
import { bind, on } from "./bind.js";

const OFF = "shanhai-keys-off";
const PLACES = { n: "[data-shanhai-main]", "[": "[data-shanhai-previous]", "]": "[data-shanhai-next]" };

function typing(target) {
  return target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog[open]");
}

function press(key) {
  if (key === "/") document.querySelector("[data-shanhai-search]")?.focus();
  else if (key === "?") document.getElementById("keys")?.showModal();
  else if (PLACES[key]) document.querySelector(PLACES[key])?.click();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s") {
    const form = document.querySelector("form[data-shanhai-draft]");
    if (form) { event.preventDefault(); form.requestSubmit(); }
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || localStorage.getItem(OFF)) return;
  if (press(event.key)) event.preventDefault();
});

bind("[data-shanhai-keys-on]", (box) => { box.checked = !localStorage.getItem(OFF); });
on("change", "[data-shanhai-keys-on]", (box) => {
  if (box.checked) localStorage.removeItem(OFF);
  else localStorage.setItem(OFF, "yes");
});
bind("[data-shanhai-keys]", (button) => { button.hidden = false; });
on("click", "[data-shanhai-keys]", () => document.getElementById("keys")?.showModal());
