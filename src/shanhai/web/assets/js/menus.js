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
on("toggle", "details.drop", (details) => {
  if (!details.open) return;
  /* A box that would leave the window hangs from the other edge of its button. */
  if (details.lastElementChild.getBoundingClientRect().right > innerWidth) details.classList.add("right");
  details.querySelector("input:not([type=hidden]), select, a")?.focus();
}, true);
