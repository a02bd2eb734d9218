// Turns the events of /api/live into events of the page, to which htmx listens. A burst becomes one: at most one of each
// kind a second, the last word included. The browser connects again by itself, and says which event it saw last.
const kinds = ["state", "alert", "snapshot", "rejected", "progress", "restore", "restoring", "heartbeat"];
const pause = { progress: 1000, state: 1500, alert: 1500, snapshot: 1500, rejected: 1500, restore: 300, restoring: 1000, heartbeat: 0 };
const waiting = new Set();
const link = document.getElementById("link");

function tell(kind) {
  if (waiting.has(kind)) return;
  waiting.add(kind);
  setTimeout(() => {
    waiting.delete(kind);
    document.body.dispatchEvent(new CustomEvent(kind));
  }, pause[kind]);
}

const live = new EventSource("/api/live");
kinds.forEach((kind) => live.addEventListener(kind, () => tell(kind)));
live.addEventListener("error", () => {
  link.hidden = false;
  // An answer, but no stream: the session has ended, and the page leads to the login.
  if (live.readyState === EventSource.CLOSED) location.reload();
});
live.addEventListener("open", () => {
  // What was missed meanwhile may be more than is kept: look at everything once.
  if (!link.hidden) ["state", "restore"].forEach(tell);
  link.hidden = true;
});
addEventListener("pagehide", () => live.close());

// An error of the server is said where its answer would have been.
document.body.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) location.assign("/login");
  const said = document.getElementById("said");
  if (!said) return;
  let detail = "";
  try { detail = JSON.parse(event.detail.xhr.responseText).detail; } catch { /* no problem document */ }
  said.textContent = detail || `Not done: HTTP ${event.detail.xhr.status}`;
  said.className = "refused";
});
