/* What was typed survives a lost session: a form marked data-shanhai-draft="key" keeps its fields in this browser until
   the server says it was saved. The key carries the user, so nobody is offered another's draft. Never kept: passwords, files,
   hidden fields and everything marked data-shanhai-sensitive. */
import { bind } from "./bind.js";

const PREFIX = "shanhai-draft:";
const KEEP_DAYS = 7;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.readOnly && !field.disabled
    && !["password", "file", "hidden", "submit", "button"].includes(field.type)
    && !field.closest("[data-shanhai-sensitive]"));
}

/* What a look-up found is kept with its words: the server is not asked again for a value that is put back. */
function read(form) {
  return fields(form).map((field) => [field.name, field.value,
    "checked" in field && ["checkbox", "radio"].includes(field.type) ? field.checked
      : field.multiple ? [...field.selectedOptions].map((option) => option.value) : null,
    field.tomselect?.options[field.value]?.text ?? null]);
}

function write(form, saved) {
  const byName = new Map();
  for (const field of fields(form)) byName.set(field.name, [...(byName.get(field.name) || []), field]);
  for (const [name, value, mark, text] of saved) {
    for (const field of byName.get(name) || []) {
      if (["checkbox", "radio"].includes(field.type)) {
        if (field.value === value) field.checked = mark;
      } else if (field.tomselect) {
        if (value && !field.tomselect.options[value]) field.tomselect.addOption({ value, text: text || value });
        field.tomselect.setValue(mark || value);
      } else if (mark) for (const option of field.options) option.selected = mark.includes(option.value);
      else field.value = value;
    }
  }
}

function load(key) {
  try {
    const draft = JSON.parse(localStorage.getItem(key));
    return draft && Date.now() - draft.at < KEEP_DAYS * 86_400_000 ? draft : null;
  } catch {
    return null;
  }
}

function store(key, values) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), values }));
    return true;
  } catch {
    return false; // a full or forbidden store: the form still works
  }
}

bind("form[data-shanhai-draft]", (form) => {
  const key = PREFIX + form.dataset.shanhaiDraft;
  const offer = form.querySelector("[data-shanhai-draft-offer]");
  const draft = load(key);
  let timer;
  if (draft && offer && JSON.stringify(draft.values) !== JSON.stringify(read(form))) {
    offer.querySelector("[data-shanhai-draft-at]").textContent = new Date(draft.at).toLocaleString();
    offer.hidden = false;
  }
  const keep = () => {
    timer = undefined;
    const kept = form.querySelector("[data-shanhai-draft-kept]");
    if (store(key, read(form)) && kept) kept.hidden = false;
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  });
  // What was typed in the last moment before the page is left.
  addEventListener("pagehide", () => timer && keep());
  form.addEventListener("submit", () => store(key, read(form)));
  offer?.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-shanhai-draft-choice]")?.dataset.shanhaiDraftChoice;
    if (!choice) return;
    if (choice === "take") write(form, draft.values);
    else localStorage.removeItem(key);
    offer.hidden = true;
  });
});

bind("[data-shanhai-draft-done]", (element) => localStorage.removeItem(PREFIX + element.dataset.shanhaiDraftDone));
