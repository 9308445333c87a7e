/* Long choice lists become searchable (tom-select); a look-up asks the server, and without script stays a plain text box. */
import TomSelect from "tom-select/base";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";
import { bind } from "./bind.js";

TomSelect.define("remove_button", removeButton);

/* The box that tom-select draws carries the label; the original underneath is no longer read aloud. */
function dress(element, settings) {
  new TomSelect(element, settings);
  element.setAttribute("aria-hidden", "true");
}

function words(element) {
  return { no_results: (_, escape) => `<div class="no-results">${escape(element.dataset.shanhaiNone || "—")}</div>` };
}

bind("select[data-shanhai-select]", (select) => {
  dress(select, {
    maxOptions: 500,
    plugins: select.multiple ? { remove_button: { title: select.dataset.shanhaiRemove || "×" } } : {},
    render: words(select),
  });
});

/* A whole identity number is asked for in a body, where the field takes one: it stands in no address. */
async function byNumber(input, number) {
  const body = new URLSearchParams({ ledger: input.dataset.shanhaiLedger, field: input.name, number });
  const headers = { Accept: "application/json", "X-CSRFToken": input.form.elements.csrfmiddlewaretoken?.value || "" };
  const response = await fetch(input.dataset.shanhaiNumber, { method: "POST", headers, body });
  const told = response.ok ? await response.json() : { results: [], refusal: "" };
  input.dataset.shanhaiNone = told.refusal || input.dataset.shanhaiNone;
  return told.results;
}

function lookUp(input) {
  const url = input.dataset.shanhaiLookup;
  const none = input.dataset.shanhaiNone;
  return async (text, done) => {
    try {
      input.dataset.shanhaiNone = none;
      if (input.dataset.shanhaiNumber && /^\s*\d[\d\s]{5,}[\dXx]?\s*$/.test(text)) {
        done(/\d{17}[\dXx]/.test(text.replaceAll(/\s/g, "")) ? await byNumber(input, text) : []);
        return;
      }
      const response = await fetch(`${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(text)}`, {
        headers: { Accept: "application/json" },
      });
      done(response.ok ? (await response.json()).results : []);
    } catch {
      done([]);
    }
  };
}

function option(item, escape) {
  const note = item.note ? ` <small class="quiet">${escape(item.note)}</small>` : "";
  return `<div>${escape(item.text)}${note}</div>`;
}

bind("input[data-shanhai-lookup]", (input) => {
  const known = input.value ? [{ value: input.value, text: input.dataset.shanhaiText || input.value }] : [];
  dress(input, {
    maxItems: 1,
    options: known,
    items: known.map((item) => item.value),
    searchField: ["text", "value", "note"],
    load: lookUp(input),
    score: () => () => 1, // the server has searched, by letters of the pinyin as well
    loadThrottle: 250,
    shouldLoad: (text) => text.length > 0,
    render: { ...words(input), option },
  });
});
