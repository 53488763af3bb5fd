/** The connection of one talk: history first, then the stream, and again after every break without losing or repeating a message. */

import { history, openSession, stream } from "./server.js";

const LONGEST_PAUSE = 15_000;
const STEADY = 5_000;

export class Line {
  #profile = null;
  #after = 0;
  #source = null;
  #timer = 0;
  #failures = 0;
  #openedAt = 0;
  #visit = 0;
  #handlers;

  /** handlers: history(messages, first), message(message), up(), down() */
  constructor(handlers) {
    this.#handlers = handlers;
  }

  join(profile) {
    this.#profile = profile;
    this.#after = 0;
    this.#failures = 0;
    this.#connect(true);
  }

  /** Connects anew at once: the network is back, the page woke up, or an answer is overdue. */
  refresh() {
    if (this.#profile && !this.#connecting) this.#connect(this.#first);
  }

  #first = true;
  #connecting = false;

  async #connect(first) {
    this.#hangUp();
    this.#first = first;
    this.#connecting = true;
    const visit = this.#visit;
    try {
      await openSession();
      const messages = await history(this.#profile, this.#after);
      if (visit !== this.#visit) return;
      for (const message of messages) this.#note(message);
      this.#handlers.history(messages, first);
      this.#first = false;
      this.#listen(visit);
    } catch {
      if (visit === this.#visit) this.#pause();
    }
  }

  #listen(visit) {
    const source = stream(this.#profile, this.#after);
    this.#source = source;
    source.onopen = () => {
      if (visit !== this.#visit) return;
      this.#connecting = false;
      this.#openedAt = Date.now();
      this.#handlers.up();
    };
    source.addEventListener("message", (event) => {
      if (visit !== this.#visit) return;
      const message = JSON.parse(event.data);
      this.#note(message);
      this.#handlers.message(message);
    });
    // the browser's own reconnecting would ask for the old `after` again and gives up for good on a 503
    source.onerror = () => {
      if (visit === this.#visit) this.#pause();
    };
  }

  #note(message) {
    this.#after = Math.max(this.#after, message.seq);
  }

  #pause() {
    // a line that opens and breaks at once is not healthy yet: keep the growing pauses
    if (this.#openedAt && Date.now() - this.#openedAt > STEADY) this.#failures = 0;
    this.#hangUp();
    this.#handlers.down();
    const pause = Math.min(LONGEST_PAUSE, 400 * 2 ** this.#failures) * (0.75 + Math.random() / 2);
    this.#failures += 1;
    this.#timer = setTimeout(() => this.#connect(this.#first), pause);
  }

  #hangUp() {
    this.#visit += 1;
    this.#connecting = false;
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }
}
