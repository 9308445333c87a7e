/* How an entry that waits is shown: in the list of what was not sent, and at the card it was written at. */
function card(entry) {
  return [...document.querySelectorAll("form[data-shanhai-queue]")].find((form) => form.dataset.shanhaiQueue === entry.url)?.closest("li");
}

/** Notes "queued", "sent" or, with "", nothing. */
export function mark(entry, name) {
  const item = card(entry);
  if (!item) return;
  for (const note of ["queued", "sent"]) item.querySelector(`[data-shanhai-${note}-note]`).hidden = note !== name;
  item.querySelector("details").hidden = Boolean(name);
}

/** A line of the list, drawn from the templates of `board`. */
export function drawn(entry, board) {
  const row = board.querySelector("[data-shanhai-queued-row]").content.cloneNode(true).firstElementChild;
  row.dataset.id = entry.id;
  row.querySelector("[data-label]").textContent = `${entry.label} · ${entry.body.visited_on || ""}`;
  row.querySelector("[data-state]").textContent = board.querySelector(`[data-say="${entry.state}"]`).textContent;
  row.querySelector("[data-told]").textContent = entry.told || "";
  for (const field of entry.fields || []) {
    const choice = board.querySelector("[data-shanhai-queued-field]").content.cloneNode(true).firstElementChild;
    choice.dataset.field = field.name;
    choice.querySelector("[data-name]").textContent = field.label;
    choice.querySelector("[data-yours]").textContent = field.yours;
    choice.querySelector("[data-theirs]").textContent = field.theirs;
    for (const radio of choice.querySelectorAll("input")) radio.name = `${entry.id}-${field.name}`;
    row.querySelector("[data-fields]").append(choice);
  }
  return row;
}
