/* A file box takes dropped and pasted files and shows what was chosen and how large; files too large are refused before sending. */
import { bind } from "./bind.js";

const MEGA = 1024 * 1024;

function size(bytes) {
  return bytes < MEGA ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / MEGA).toFixed(1)} MB`;
}

/* Files join those already chosen, where the box takes several. */
function add(input, files) {
  const all = new DataTransfer();
  for (const file of [...(input.multiple ? input.files : []), ...files]) all.items.add(file);
  input.files = all.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

/* A picture from the clipboard has no name of its own. */
function named(file, word) {
  if (file.name && file.name !== "image.png") return file;
  const time = new Date().toTimeString().slice(0, 8).replaceAll(":", "");
  return new File([file], `${word}-${time}.png`, { type: file.type });
}

document.addEventListener("paste", (event) => {
  const zone = document.querySelector("[data-shanhai-drop]");
  const input = zone?.querySelector("input[type=file]");
  const files = [...(event.clipboardData?.files || [])];
  if (!input || !files.length || event.target.closest?.("input:not([type=file]), textarea, [contenteditable]")) return;
  event.preventDefault();
  add(input, files.map((file) => named(file, zone.dataset.shanhaiPasted || "image")));
});

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
    add(input, event.dataTransfer.files);
  });
  input.addEventListener("change", show);
});
