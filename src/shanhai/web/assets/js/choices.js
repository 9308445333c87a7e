/* Long choice lists become searchable (tom-select); a look-up asks the server, and without script stays a plain text box. */
import TomSelect from "tom-select/base";
import removeButton from "tom-select/dist/esm/plugins/remove_button/plugin.js";
import { bind } from "./bind.js";

TomSelect.define("remove_button", removeButton);

function words(element) {
  return { no_results: (_, escape) => `<div class="no-results">${escape(element.dataset.shanhaiNone || "—")}</div>` };
}

bind("select[data-shanhai-select]", (select) => {
  new TomSelect(select, {
    maxOptions: 500,
    plugins: select.multiple ? { remove_button: { title: select.dataset.shanhaiRemove || "×" } } : {},
    render: words(select),
  });
});

function lookUp(url) {
  return async (text, done) => {
    try {
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
  new TomSelect(input, {
    maxItems: 1,
    options: known,
    items: known.map((item) => item.value),
    searchField: ["text", "value", "note"],
    load: lookUp(input.dataset.shanhaiLookup),
    loadThrottle: 250,
    shouldLoad: (text) => text.length > 0,
    render: { ...words(input), option },
  });
});
