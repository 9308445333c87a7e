/* A file box takes dropped files and shows what was chosen and how large it is; files too large are refused before sending. */
import { bind } from "./bind.js";

const MEGA = 1024 * 1024;

function size(bytes) {
  return bytes < MEGA ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGA).toFixed(1)} MB`;
}

bind("[data-shanhai-drop]", (zone) => {
  const input = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-shanhai-files]");
  const limit = Number(zone.dataset.shanhaiLimit || 0);
  const show = () => {
    const large = [...input.files].find((file) => limit && file.size > limit);
    input.setCustomValidity(large ? `${zone.dataset.shanhaiTooLarge} ${large.name}, ${size(large.size)}` : "");
    input.reportValidity();
    list.textContent = [...input.files].map((file) => `${file.name} · ${size(file.size)}`).join("\n");
  };
  for (const name of ["dragenter", "dragover"]) {
    zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const name of ["dragleave", "drop"]) zone.addEventListener(name, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", show);
});
