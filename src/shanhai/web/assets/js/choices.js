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
  dress(input, {
    maxItems: 1,
    options: known,
    items: known.map((item) => item.value),
    searchField: ["text", "value", "note"],
    load: lookUp(input.dataset.shanhaiLookup),
    score: () => () => 1, // the server has searched, by letters of the pinyin as well
    loadThrottle: 250,
    shouldLoad: (text) => text.length > 0,
    render: { ...words(input), option },
  });
});
