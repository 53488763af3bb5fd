/** The log of one talk: which bubble stands where, the days between them, and how far it is scrolled. */

import { bubble, mark } from "./bubble.js";
import { make } from "./element.js";
import { dayName, dayOf } from "./format.js";
import { onSwitch, phrase } from "./language.js";
import { optionsOf, reopen } from "./options.js";
import { Scroll } from "./scroll.js";

const HIDDEN_KINDS = new Set(["start"]);

export class Log {
  #root = document.getElementById("log");
  #typing = document.getElementById("typing");
  #scroll = new Scroll(this.#root);
  #bySeq = new Map();
  #byId = new Map();
  #handlers;

  /** handlers: tap(option), retry(id), discard(id) */
  constructor(handlers) {
    this.#handlers = handlers;
    onSwitch(() => this.#separateDays());
    this.#root.addEventListener("click", (event) => {
      const action = event.target.closest("[data-action]");
      if (action) this.#handlers[action.dataset.action](action.closest(".message").dataset.id);
    });
  }

  clear() {
    this.#bySeq.clear();
    this.#byId.clear();
    this.#root.replaceChildren(this.#typing);
    this.typing(false);
    this.#scroll.toEnd();
  }

  has(id) {
    return this.#byId.get(id)?.dataset.seq !== undefined;
  }

  /** A stretch of history. It is not read out: a person who opens the page did not ask to hear the whole talk again. */
  showHistory(messages, first) {
    if (first) this.#root.setAttribute("aria-live", "off");
    for (const message of messages) this.#place(message);
    this.#separateDays();
    if (first) {
      this.#scroll.toEnd();
      setTimeout(() => this.#root.setAttribute("aria-live", "polite"), 500);
    } else {
      this.#scroll.settle(null, messages.filter((message) => message.from === "bot").length);
    }
  }

  receive(message) {
    const article = this.#place(message);
    if (!article) return;
    this.#separateDays();
    this.#scroll.settle(article, message.from === "bot" ? 1 : 0);
  }

  /** A person's message that the server has not confirmed. */
  showPending(event) {
    if (HIDDEN_KINDS.has(event.kind) || this.#byId.has(event.id)) return;
    const { id, kind, text, label, attachment, at } = event;
    const article = this.#build({ from: "person", id, kind, text, option_label: label, attachment, at });
    this.#root.insertBefore(article, this.#typing);
    this.#byId.set(id, article);
    if (event.refused) this.fail(id);
    else mark(article, "pending");
    this.#separateDays();
    this.#scroll.toEnd();
  }

  confirm(id) {
    const article = this.#byId.get(id);
    if (!article) return;
    article.querySelector(".failure")?.remove();
    mark(article, "sent");
  }

  fail(id) {
    const article = this.#byId.get(id);
    if (!article || article.querySelector(".failure")) return;
    mark(article, "failed");
    article.append(failure());
    this.#scroll.settle(null, 0);
  }

  resume(id) {
    const article = this.#byId.get(id);
    article?.querySelector(".failure")?.remove();
    if (article) mark(article, "pending");
  }

  remove(id) {
    this.#byId.get(id)?.remove();
    this.#byId.delete(id);
    this.#separateDays();
  }

  typing(on) {
    if (this.#typing.hidden === !on) return;
    this.#typing.hidden = !on;
    this.#scroll.settle(null, 0);
  }

  reopenOptions() {
    reopen(this.#root);
  }

  /** Puts a message of the server in its place; the article if it is new to the log. */
  #place(message) {
    if (this.#bySeq.has(message.seq)) return null;
    if (message.from === "person" && HIDDEN_KINDS.has(message.kind)) return null;
    const known = message.from === "person" ? this.#byId.get(message.id) : undefined;
    const article = known ?? this.#build(message);
    article.dataset.seq = message.seq;
    this.#bySeq.set(message.seq, article);
    if (message.from === "person") {
      if (message.id) this.#byId.set(message.id, article);
      article.querySelector(".failure")?.remove();
      mark(article, "sent");
    }
    const before = this.#successor(article);
    // moving a node that already stands right would make a screen reader say it again
    if (!known || nextMessage(article) !== before) this.#root.insertBefore(article, before ?? this.#typing);
    return known ? null : article;
  }

  #build(message) {
    const article = bubble(message);
    const options = message.from === "bot" ? optionsOf(message, this.#handlers.tap) : null;
    if (options) {
      article.classList.add("with-options");
      article.append(options);
    }
    return article;
  }

  /** The first message that must stand after `article`: a later one, or one that is not confirmed yet. */
  #successor(article) {
    const seq = Number(article.dataset.seq);
    let successor = null;
    // from the end: a new message nearly always belongs there
    for (let other = this.#typing.previousElementSibling; other; other = other.previousElementSibling) {
      if (other === article || !other.matches(".message")) continue;
      if (Number(other.dataset.seq ?? Infinity) < seq) break;
      successor = other;
    }
    return successor;
  }

  #separateDays() {
    let current = "";
    for (const element of [...this.#root.querySelectorAll(".message, .day")]) {
      if (element.matches(".day")) {
        // a separator stays if the next message opens its day
        const next = nextMessage(element);
        const day = next ? dayOf(next.querySelector("time").dateTime) : "";
        if (day !== element.dataset.day || day === current || element.nextElementSibling !== next) element.remove();
        else {
          if (element.textContent !== dayName(day)) element.textContent = dayName(day);
          current = day;
        }
        continue;
      }
      const day = dayOf(element.querySelector("time").dateTime);
      if (day !== current) {
        const heading = make("h2", "day", dayName(day));
        heading.dataset.day = day;
        element.before(heading);
        current = day;
      }
    }
  }
}

function nextMessage(element) {
  let next = element.nextElementSibling;
  while (next && !next.matches(".message")) next = next.nextElementSibling;
  return next;
}

function failure() {
  const box = make("div", "failure");
  for (const [action, key] of [["retry", "retry"], ["discard", "discard"]]) {
    const choice = make("button", "", phrase(key));
    Object.assign(choice, { type: "button" });
    Object.assign(choice.dataset, { action, say: key });
    box.append(choice);
  }
  return box;
}
