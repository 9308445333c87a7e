/* A filter form sends itself: at once after a choice, 350 ms after typing, and for a list of several choices when it closes. */
import { on } from "./bind.js";

const FORM = "form[data-shanhai-autosubmit]";
const waiting = new WeakMap();

function send(form, delay) {
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => form.requestSubmit(), delay));
}

on("change", FORM, (form, event) => {
  if (event.target.form !== form) return;
  const several = event.target.closest("[data-shanhai-several]");
  if (several) several.dataset.changed = "yes";
  else if (event.target.type !== "search") send(form, 0);
});

on("input", FORM, (form, event) => {
  if (event.target.form === form && event.target.type === "search" && !event.isComposing) send(form, 350);
});

on("compositionend", FORM, (form, event) => {
  if (event.target.type === "search") send(form, 350);
});

on("submit", FORM, (form) => clearTimeout(waiting.get(form)), true);

on("toggle", `${FORM} details[data-shanhai-several]`, (details) => {
  if (details.open || details.dataset.changed !== "yes") return;
  delete details.dataset.changed;
  send(details.closest("form"), 0);
}, true);

/* A column moves within the list of columns; the form sends them as they stand there. Without script the button sends itself. */
on("click", "[data-shanhai-move]", (button, event) => {
  event.preventDefault();
  const line = button.closest(".moved");
  const other = button.value.startsWith("earlier") ? line.previousElementSibling : line.nextElementSibling;
  if (!other?.querySelector("[data-shanhai-move]")) return;
  if (button.value.startsWith("earlier")) other.before(line);
  else other.after(line);
  button.focus();
  button.closest("[data-shanhai-several]").dataset.changed = "yes";
  button.closest(FORM).dataset.moved = "yes";
});

/* The address is what a colleague is sent: it carries no empty field, and the columns only once somebody has chosen some. */
document.addEventListener("formdata", ({ target: form, formData }) => {
  if (!form.matches(FORM)) return;
  const empty = [...formData].filter(([, value]) => value === "").map(([name]) => name);
  for (const name of empty) if (formData.getAll(name).every((value) => value === "")) formData.delete(name);
  const boxes = [...form.querySelectorAll("[name=columns]")];
  const untouched = !form.dataset.moved && boxes.every((box) => box.checked === box.defaultChecked);
  if (untouched && !new URLSearchParams(location.search).has("columns")) formData.delete("columns");
});
