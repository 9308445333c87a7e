/* A form or button that cannot be taken back asks first, in the page's own dialog. Without script the server asks. */
import { on } from "./bind.js";

on("submit", "form", (form, event) => {
  const button = event.submitter;
  const text = button?.dataset.shanhaiConfirm || form.dataset.shanhaiConfirm;
  const dialog = document.getElementById("confirm");
  if (!text || !dialog || form.dataset.confirmed === "yes") {
    delete form.dataset.confirmed;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  dialog.querySelector("[data-shanhai-question]").textContent = text;
  dialog.returnValue = "";
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(button);
  }, { once: true });
  dialog.showModal();
}, true);
