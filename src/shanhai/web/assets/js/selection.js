/* Picking rows: counts what is picked, marks the rows, and lets bulk buttons be pressed only when there is something to do. */
import { bind, on } from "./bind.js";

const BOX = "input[data-shanhai-pick]";
let last = null;

function refresh(area) {
  const boxes = [...area.querySelectorAll(BOX)];
  const picked = boxes.filter((box) => box.checked);
  const whole = area.querySelector("[data-shanhai-pick-matching]")?.checked;
  for (const box of boxes) box.closest("tr").classList.toggle("picked", box.checked);
  const head = area.querySelector("[data-shanhai-pick-all]");
  if (head) {
    head.checked = boxes.length > 0 && picked.length === boxes.length;
    head.indeterminate = picked.length > 0 && !head.checked;
  }
  for (const count of area.querySelectorAll("[data-shanhai-picked]")) {
    count.textContent = whole ? count.dataset.shanhaiAll : picked.length;
  }
  for (const button of area.querySelectorAll("[data-shanhai-bulk] button")) button.disabled = !whole && picked.length === 0;
  area.querySelector("[data-shanhai-bulk]")?.classList.toggle("live", Boolean(whole) || picked.length > 0);
}

bind("[data-shanhai-selection]", refresh);
document.addEventListener("htmx:after:swap", () => {
  for (const area of document.querySelectorAll("[data-shanhai-selection]")) refresh(area);
});

on("change", "[data-shanhai-selection]", (area, event) => {
  if (event.target.matches("[data-shanhai-pick-all]")) {
    for (const box of area.querySelectorAll(BOX)) box.checked = event.target.checked;
  }
  refresh(area);
});

on("click", BOX, (box, event) => {
  const boxes = [...box.closest("[data-shanhai-selection]").querySelectorAll(BOX)];
  if (event.shiftKey && boxes.includes(last)) {
    const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
    for (const between of boxes.slice(from, to + 1)) between.checked = box.checked;
  }
  last = box;
});

/* A verb that needs a reason makes the reason box required for this sending only. */
on("click", "[data-shanhai-bulk] button", (button) => {
  const reason = button.form.querySelector("[name=reason]");
  if (reason) reason.required = button.hasAttribute("data-shanhai-reason");
});
