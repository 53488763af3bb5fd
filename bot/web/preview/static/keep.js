/**
 * What this browser remembers. `local` outlives the tab (choices, unsent messages); `tab` dies with it (drafts, thumbnails), because
 * a picture may show a document and must not stay on a shared computer.
 *
 * Storage can be switched off or full; the chat then works without a memory.
 */

const PREFIX = "utys.";

function attempt(action) {
  try {
    return action();
  } catch {
    return null;
  }
}

export const keep = (key, value) => attempt(() => localStorage.setItem(PREFIX + key, value));
export const kept = (key) => attempt(() => localStorage.getItem(PREFIX + key));
export const forget = (key) => attempt(() => localStorage.removeItem(PREFIX + key));

export const keepInTab = (key, value) => attempt(() => sessionStorage.setItem(PREFIX + key, value));
export const keptInTab = (key) => attempt(() => sessionStorage.getItem(PREFIX + key));
export const forgetInTab = (key) => attempt(() => sessionStorage.removeItem(PREFIX + key));

/** Every kept value whose key begins with `start`. */
export function keptUnder(start) {
  const keys = attempt(() => Object.keys(localStorage)) ?? [];
  return keys.filter((key) => key.startsWith(PREFIX + start)).map((key) => kept(key.slice(PREFIX.length)));
}
