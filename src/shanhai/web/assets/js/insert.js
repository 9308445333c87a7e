/* Puts the text of a button data-shanhai-insert="{LAB-1}" where the writing mark last stood in its form. */
import { on } from "./bind.js";

let last;

on("focusin", "textarea", (area) => { last = area; });

on("click", "[data-shanhai-insert]", (button) => {
  const area = last?.isConnected ? last : button.closest("form")?.querySelector("textarea");
  if (!area) return;
  area.setRangeText(button.dataset.shanhaiInsert, area.selectionStart, area.selectionEnd, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
});
