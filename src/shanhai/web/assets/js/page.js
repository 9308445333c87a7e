/* Small things of every page: dismiss a message, print, large type. */
import { bind, on } from "./bind.js";

const YEAR = 31_536_000;

on("click", "[data-shanhai-dismiss]", (button) => button.closest(".notice").remove());

bind("[data-shanhai-print]", (button) => { button.hidden = false; });
on("click", "[data-shanhai-print]", () => window.print());

bind("[data-shanhai-large]", (button) => {
  button.hidden = false;
  button.setAttribute("aria-pressed", String(document.documentElement.dataset.type === "large"));
});
on("click", "[data-shanhai-large]", (button) => {
  const root = document.documentElement;
  const large = root.dataset.type !== "large";
  if (large) root.dataset.type = "large";
  else delete root.dataset.type;
  button.setAttribute("aria-pressed", String(large));
  document.cookie = `shanhai_type=${large ? "large" : ""}; path=/; max-age=${large ? YEAR : 0}; samesite=lax`;
});
