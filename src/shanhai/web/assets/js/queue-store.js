/* What waits in this browser, in its own database: entries by id, each with its user. */
const STORE = "waiting";

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

export const put = (entry) => stored("readwrite", (store) => store.put(entry));
export const drop = (id) => stored("readwrite", (store) => store.delete(id));

/** Entries of one user, the first written first. */
export async function entriesOf(user) {
  const all = await stored("readonly", (store) => store.getAll());
  return all.filter((entry) => entry.user === user).sort((a, b) => a.at - b.at);
}
