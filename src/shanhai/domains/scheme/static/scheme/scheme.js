/* What the pointer or the keyboard rests on is lit at its other place too; selected words of the source fill the
   fields of a form that are in sight. Without script the anchors and the numbers do the same. */
(() => {
  const light = (event, isOn) => {
    const from = event.target.closest?.("[data-lights]");
    const to = from && document.getElementById(from.dataset.lights);
    if (to) to.classList.toggle("lit", isOn);
  };
  for (const [name, isOn] of [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]]) {
    document.addEventListener(name, (event) => light(event, isOn));
  }
  const words = document.querySelector("[data-words-from]");
  if (!words) return;
  document.addEventListener("selectionchange", () => {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !words.contains(chosen.anchorNode)) return;
    const range = chosen.getRangeAt(0);
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Number(words.dataset.wordsFrom) + [...before.toString()].length;
    const text = chosen.toString();
    for (const field of document.querySelectorAll("[data-takes]")) {
      if (field.closest("details:not([open])")) continue;
      field.value = { start, end: start + [...text].length, text: text.replace(/\s/g, "") }[field.dataset.takes];
    }
  });
})();
