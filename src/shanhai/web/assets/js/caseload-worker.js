/* Keeps the list of the day for places without a signal: what the server answers comes first, the copy only when it does not
   answer. Its address decides which pages it sees. A copy is a day old at most, and gone once the server sends to signing in. */
const CACHE = "shanhai-caseload";
const DAY = 86_400_000;
const PATIENCE = 6_000;
const TAKEN = "x-shanhai-taken";

async function keep(request, answer) {
  const headers = new Headers(answer.headers);
  headers.set(TAKEN, String(Date.now()));
  const copy = new Response(await answer.blob(), { status: answer.status, headers });
  await (await caches.open(CACHE)).put(request, copy);
}

async function kept(request) {
  const copy = await (await caches.open(CACHE)).match(request);
  return copy && Date.now() - Number(copy.headers.get(TAKEN)) < DAY ? copy : null;
}

function inTime(request) {
  return new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE);
    fetch(request).then(resolve, reject);
  });
}

async function answerTo(request) {
  let answer;
  try {
    answer = await inTime(request);
  } catch (error) {
    const copy = await kept(request);
    if (copy) return copy;
    throw error;
  }
  if (request.mode === "navigate" && (answer.redirected || answer.type === "opaqueredirect" || answer.status === 401)) await caches.delete(CACHE);
  else if (answer.ok) await keep(request, answer.clone());
  return answer;
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isPage = request.mode === "navigate";
  const isAsset = url.pathname.startsWith("/static/");
  if (request.method === "GET" && url.origin === self.location.origin && (isPage || isAsset)) event.respondWith(answerTo(request));
});
