/* What is written down without a signal waits in this browser and is sent by itself. A form marked data-shanhai-queue="address"
   goes to the API from here; without this script it is posted as any form. Each entry carries its user and is shown and sent for
   nobody else. Of a refused one the reason is told, of a conflict both values of each field; nothing is dropped unless its writer
   says so. Words come from the template. */
import { bind, on } from "./bind.js";

const STORE = "waiting";
const PATIENCE = 15_000;
let board;
let isSending = false;

function database() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("shanhai-queue", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
}

async function stored(mode, ask) {
  const db = await database();
  try {
    return await new Promise((resolve, reject) => {
      const asked = ask(db.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    db.close();
  }
}

const put = (entry) => stored("readwrite", (store) => store.put(entry));
const drop = (id) => stored("readwrite", (store) => store.delete(id));
const mine = async () => (await stored("readonly", (store) => store.getAll()))
  .filter((entry) => entry.user === board.dataset.user).sort((a, b) => a.at - b.at);

function token() {
  return document.querySelector('input[name="csrfmiddlewaretoken"]')?.value || "";
}

function card(entry) {
  return [...document.querySelectorAll("form[data-shanhai-queue]")].find((form) => form.dataset.shanhaiQueue === entry.url)?.closest("li");
}

function mark(entry, name) {
  const item = card(entry);
  if (!item) return;
  for (const note of ["queued", "sent"]) item.querySelector(`[data-shanhai-${note}-note]`).hidden = note !== name;
  item.querySelector("details").hidden = Boolean(name);
}

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

async function answerOf(entry) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    return await fetch(entry.url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token(), "Idempotency-Key": entry.key },
      body: JSON.stringify(entry.body),
      signal: stop.signal,
    });
  } finally {
    clearTimeout(timer);
  }
}

async function send(entry) {
  let answer;
  try {
    answer = await answerOf(entry);
  } catch {
    return { ...entry, state: "waiting", told: "" };
  }
  if (answer.ok) return null;
  const told = await answer.json().catch(() => ({}));
  if (answer.status === 409 && told.fields?.length) return { ...entry, state: "conflict", fields: told.fields, told: told.detail };
  if (answer.status === 401 || answer.status === 403) return { ...entry, state: "signed-out", told: told.detail || "" };
  if (answer.status >= 500 || answer.status === 429) return { ...entry, state: "waiting", told: "" };
  const problems = Object.values(told.problems || {}).flat().join("");
  return { ...entry, state: "refused", told: problems || told.detail || String(answer.status) };
}

async function flush(all = false) {
  if (isSending || !board) return;
  isSending = true;
  try {
    for (const entry of await mine()) {
      if (!all && !["waiting", "signed-out"].includes(entry.state)) continue;
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

function drawn(entry) {
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

async function draw() {
  const entries = await mine();
  board.querySelector("[data-shanhai-queued-rows]").replaceChildren(...entries.map(drawn));
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
  const entry = (await mine()).find((one) => one.id === row.dataset.id);
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
