/* Drop-down boxes are <details>: they open without script. With it, one is open at a time and a click elsewhere or Escape closes. */
import { on } from "./bind.js";

const OPEN = "details.drop[open]";

function close(except) {
  for (const details of document.querySelectorAll(OPEN)) if (details !== except) details.open = false;
}

document.addEventListener("click", (event) => close(event.target.closest("details.drop")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector(OPEN)?.querySelector("summary").focus();
  close();
  const rail = document.getElementById("rail-switch");
  if (rail) rail.checked = false;
});
function enter(details) {
  /* A box that would leave the window hangs from the other edge of its button. */
  if (details.lastElementChild.getBoundingClientRect().right > innerWidth) details.classList.add("right");
  details.querySelector("input:not([type=hidden], :disabled), select, a")?.focus();
}

on("toggle", "details.drop", (details) => details.open && enter(details), true);
/* What lies in the box may come only now; the focus went with the link that stood in its place. */
document.addEventListener("htmx:after:swap", () => {
  const details = document.querySelector(OPEN);
  if (details && (document.activeElement === document.body || details.contains(document.activeElement))) enter(details);
});
