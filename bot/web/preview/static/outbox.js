/**
 * What the person said and the server has not yet confirmed. Each event keeps its id through reloads and retries, so that the server
 * can tell a repetition from a second message. One at a time, in the order they were said.
 *
 * A file goes before the event that brings it. It is held in memory only: after a reload its event goes alone, and the bot asks for it again.
 */

import { forget, keep, keptUnder } from "./keep.js";
import { post, upload } from "./server.js";

const LONGEST_PAUSE = 20_000;

/** A version 4 UUID. crypto.randomUUID is missing on plain http, as when a phone opens the chat over the local network. */
export function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export class Outbox {
  #events;
  #handlers;
  #files = new Map();
  #running = false;
  #wake = () => {};

  /** handlers: posting(event) before every try, then sent(event) or refused(event) */
  constructor(handlers) {
    this.#handlers = handlers;
    // one storage key per event: two open tabs cannot overwrite each other's
    this.#events = keptUnder("unsent.").map(parse).filter(Boolean).sort((a, b) => a.order - b.order);
  }

  waiting(profile) {
    return this.#events.filter((event) => event.profile === profile);
  }

  add(event, file = null) {
    if (file) this.#files.set(event.id, file);
    event.order = Date.now() + this.#events.length / 1000;
    this.#events.push(event);
    save(event);
    this.flush();
  }

  retry(id) {
    const event = this.#events.find((each) => each.id === id);
    if (!event) return;
    event.refused = false;
    save(event);
    this.flush();
  }

  discard(id) {
    this.#files.delete(id);
    this.#events = this.#events.filter((event) => event.id !== id);
    forget(`unsent.${id}`);
  }

  /** Sends what waits; also ends a pause between two tries. */
  async flush() {
    this.#wake();
    if (this.#running) return;
    this.#running = true;
    let failures = 0;
    for (let event = this.#next(); event; event = this.#next()) {
      this.#handlers.posting(event);
      const result = await this.#send(event);
      if ("later" in result) {
        await this.#pause(result.later * 1000 || Math.min(LONGEST_PAUSE, 700 * 2 ** failures));
        failures += 1;
        continue;
      }
      failures = 0;
      if (result.refused) {
        event.refused = true;
        save(event);
        this.#handlers.refused(event);
      } else {
        this.discard(event.id);
        this.#handlers.sent(event);
      }
    }
    this.#running = false;
  }

  async #send(event) {
    const file = this.#files.get(event.id);
    if (file) {
      const uploaded = await upload(event, file);
      if ("later" in uploaded) return uploaded;
      // a file that is refused does not hold its message back: the bot says what is wrong with it
      this.#files.delete(event.id);
    }
    return post(wire(event));
  }

  #next() {
    return this.#events.find((event) => !event.refused);
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function wire({ id, profile, kind, text, option, attachment }) {
  return { id, profile, kind, text, option, attachment };
}

function save(event) {
  keep(`unsent.${event.id}`, JSON.stringify(event));
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
