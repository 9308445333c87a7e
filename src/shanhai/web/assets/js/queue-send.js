/* Sends one entry to the API; what the server says of it decides whether it is gone or waits, and why. */
const PATIENCE = 15_000;

function token() {
  return document.querySelector('input[name="csrfmiddlewaretoken"]')?.value || "";
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

/** Null when the server took it, else the entry as it stands now. */
export async function send(entry) {
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
