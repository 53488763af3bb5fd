/** The server's side of the contract, one function per request. Leaves retrying to `line.js` and `outbox.js`. */

const JSON_TYPE = { "Content-Type": "application/json" };
const PATIENCE = 15_000;
const UPLOAD_PATIENCE = 120_000; // five megabytes over a slow mobile network

async function ask(path, options = {}) {
  const response = await fetch(path, {
    credentials: "same-origin",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
  });
  return response;
}

/** Makes the server know this browser. Safe to repeat; throws while the server is away. */
export async function openSession() {
  const response = await ask("/preview/session", { method: "POST" });
  if (!response.ok) throw new Error(`session: ${response.status}`);
}

export async function history(profile, after) {
  const query = new URLSearchParams({ profile });
  if (after) query.set("after", String(after));
  const response = await ask(`/preview/history?${query}`);
  if (!response.ok) throw new Error(`history: ${response.status}`);
  return (await response.json()).messages;
}

export function stream(profile, after) {
  return new EventSource(`/preview/stream?${new URLSearchParams({ profile, after: String(after) })}`);
}

/**
 * Sends one event. {sent: true} once it is durable, {refused: true} if it never will be, {later: seconds} to try again with the same id.
 */
export function post(event) {
  return deliver("/preview/events", { headers: JSON_TYPE, body: JSON.stringify(event) });
}

/** Sends the file of an event, in the same way and before it. */
export function upload({ id, profile }, file) {
  const path = `/preview/files/${id}?${new URLSearchParams({ profile })}`;
  const headers = { "Content-Type": "application/octet-stream" };
  return deliver(path, { headers, body: file, signal: AbortSignal.timeout(UPLOAD_PATIENCE) });
}

async function deliver(path, options) {
  let response;
  try {
    response = await ask(path, { method: "POST", ...options });
    if (response.ok) return { sent: true };
    // the cookie was lost (cleared, or the server's keys changed): make a new one before the next try
    if (response.status === 401 || response.status === 403) await openSession();
  } catch {
    return { later: 0 };
  }
  const transient = [401, 403, 408, 425, 429].includes(response.status) || response.status >= 500;
  return transient ? { later: Number(response.headers.get("Retry-After")) || 0 } : { refused: true };
}
