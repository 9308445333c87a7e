/* A poor signal must never look like success: failed partial loads say so and leave the page as it was; a partial answer
   that was redirected (the session ended) becomes a whole page. */
let running = 0;

function busy(change) {
  running = Math.max(0, running + change);
  document.documentElement.classList.toggle("busy", running > 0);
}

function say(name) {
  const source = document.querySelector(`template[data-shanhai-say="${name}"]`);
  const place = document.getElementById("toasts");
  if (source && place) place.replaceChildren(source.content.cloneNode(true));
}

document.addEventListener("htmx:before:request", () => busy(1));
document.addEventListener("htmx:finally:request", () => busy(-1));
document.addEventListener("htmx:error", () => say("offline"));
document.addEventListener("htmx:response:error", () => say("failed"));
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.response?.status < 400) document.getElementById("toasts")?.replaceChildren();
});
document.addEventListener("htmx:before:response", (event) => {
  const answer = event.detail.ctx.response.raw;
  if (!answer.redirected) return;
  event.preventDefault();
  location.assign(answer.url);
});
