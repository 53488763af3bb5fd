/** How far the log is scrolled: it follows the talk while the person is at its end, and counts what is new when they are not. */

import { name, onSwitch, phrase } from "./language.js";

const NEAR = 80;

export class Scroll {
  #log;
  #follows = true;
  #fresh = 0;
  #button = document.getElementById("latest");
  #text = document.getElementById("latest-text");

  constructor(log) {
    this.#log = log;
    log.addEventListener("scroll", () => this.#look(), { passive: true });
    // the keyboard of a phone or a growing composer takes height away from the log
    new ResizeObserver(() => this.#follows && this.toEnd()).observe(log);
    this.#button.addEventListener("click", () => {
      this.toEnd();
      document.getElementById("words").focus({ preventScroll: true });
    });
    onSwitch(() => this.#show());
  }

  toEnd() {
    this.#log.scrollTop = this.#log.scrollHeight;
    this.#follows = true;
    this.#fresh = 0;
    this.#show();
  }

  /** After something was added: `count` new bot messages, `article` the one to look at. */
  settle(article, count) {
    if (!this.#follows) {
      this.#fresh += count;
      this.#show();
      return;
    }
    // an answer taller than the screen is read from its beginning
    if (article && article.offsetHeight > this.#log.clientHeight * 0.9) {
      this.#log.scrollTop = article.offsetTop - 12;
      this.#look();
    } else {
      this.toEnd();
    }
  }

  #look() {
    const { scrollHeight, scrollTop, clientHeight } = this.#log;
    this.#follows = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.#follows) this.#fresh = 0;
    this.#show();
  }

  #show() {
    this.#button.hidden = this.#follows;
    this.#text.textContent = this.#fresh ? phrase("fresh", { count: this.#fresh }) : "";
    name(this.#button, this.#fresh ? "fresh" : "latest", { count: this.#fresh });
  }
}
