/* What is written down without a signal waits in this browser and is sent by itself. A form marked data-shanhai-queue="address"
   goes to the API from here; without this script it is posted as any form. Each entry carries its user and is shown and sent for
   nobody else. Of a refused one the reason is told, of a conflict both values of each field; nothing is dropped unless its writer
   says so. Words come from the template. */
import { bind, on } from "./bind.js";
import { drawn, mark } from "./queue-board.js";
import { send } from "./queue-send.js";
import { drop, entriesOf, put } from "./queue-store.js";

let board;
let isSending = false;

/* Numbers are numbers, what is empty stays away: the API says of each field what it is not. */
function bodyOf(form) {
  const body = {};
  for (const [name, value] of new FormData(form)) {
    if (name === "csrfmiddlewaretoken" || value === "") continue;
    body[name] = name === "row_version" ? Number(value) : value;
  }
  if (body.outcome && body.outcome !== "reached") delete body.status;
  return body;
}

async function flush() {
  if (isSending || !board) return;
  isSending = true;
  try {
    for (const entry of await entriesOf(board.dataset.user)) {
      if (!["waiting", "signed-out"].includes(entry.state)) continue;
      const left = await send(entry);
      if (left) await put(left);
      else {
        await drop(entry.id);
        mark(entry, "sent");
      }
    }
  } finally {
    isSending = false;
    await draw();
  }
}

async function draw() {
  const entries = await entriesOf(board.dataset.user);
  board.querySelector("[data-shanhai-queued-rows]").replaceChildren(...entries.map((entry) => drawn(entry, board)));
  board.hidden = !entries.length;
  for (const entry of entries) mark(entry, "queued");
}

/* Both values were seen: what the writer keeps goes out again over the version that holds the other. */
async function settle(entry, row) {
  const kept = [...row.querySelectorAll("[data-field]")].filter((field) => field.querySelector("input:checked").value === "theirs");
  const now = await fetch(entry.url.replace(/visit\/$/, "")).then((answer) => answer.json());
  const body = { ...entry.body };
  for (const { dataset } of kept) body[dataset.field] = now[dataset.field];
  // Another key: what the server answered under the first it would answer again.
  await put({ ...entry, key: crypto.randomUUID(), state: "waiting", fields: [], told: "", body: { ...body, row_version: now.row_version } });
}

on("submit", "form[data-shanhai-queue]", (form, event) => {
  if (!board || !window.indexedDB || !window.crypto?.randomUUID) return;
  event.preventDefault();
  const id = crypto.randomUUID();
  const entry = {
    id, key: id, user: board.dataset.user, url: form.dataset.shanhaiQueue, label: form.dataset.label, body: bodyOf(form), at: Date.now(), state: "waiting",
  };
  put(entry).then(draw).then(() => flush(), () => form.submit());
});

on("click", "[data-shanhai-queued] button", async (button) => {
  const row = button.closest("li");
  const entry = (await entriesOf(board.dataset.user)).find((one) => one.id === row.dataset.id);
  if (!entry) return;
  if (button.hasAttribute("data-drop")) {
    await drop(entry.id);
    mark(entry, "");
    await draw();
    return;
  }
  if (entry.state === "conflict") await settle(entry, row).catch(() => {});
  else await put({ ...entry, state: "waiting" });
  await flush();
});

bind("[data-shanhai-queued]", (section) => {
  board = section;
  draw().then(() => flush(), () => { board = undefined; });
  navigator.serviceWorker?.register(section.dataset.worker).catch(() => {});
});
addEventListener("online", () => flush());

/* Whoever signs out leaves no list behind: the frame of signing in takes it away. */
bind("body.public", () => { window.caches?.delete("shanhai-caseload"); });
