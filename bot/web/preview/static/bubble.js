/** One message as a bubble: words, quotes, a file, its time and its fate. Leaves options to `options.js` and placing to `log.js`. */

import { button, icon, make } from "./element.js";
import { size, time } from "./format.js";
import { phrase, say } from "./language.js";
import { thumbnail } from "./files.js";

const LONG_TEXT = 1800;
const LONG_LINES = 45;
const LINK = /https?:\/\/[^\s<>"«»]+[^\s<>"«».,;:!?)]/g;

/** An article for `message`; `data-from` and `data-seq` are what the log orders and the styles see. */
export function bubble(message) {
  const article = make("article", "message");
  article.dataset.from = message.from;
  if (message.seq !== undefined) article.dataset.seq = message.seq;
  if (message.id) article.dataset.id = message.id;

  const body = make("div", "bubble");
  const sender = make("span", "unseen");
  sender.append(say(make("span"), message.from === "bot" ? "bot" : "you"), ": ");
  body.append(sender);
  if (message.attachment) body.append(file(message));
  const words = message.from === "bot" ? spoken(message) : typed(message);
  if (words) {
    body.append(words);
    if (isLong(words)) body.append(folded(words));
  }
  body.append(meta(message));
  article.append(body);
  return article;
}

/** What was typed, or the label of what was tapped. */
function typed(message) {
  const text = message.option_label || message.text || (message.attachment ? "" : "…");
  if (!text) return null;
  const words = make("div", "words", text);
  words.dir = "auto";
  return words;
}

function spoken(message) {
  const words = make("div", "words");
  if (message.lang) words.lang = message.lang;
  let place = words;
  let block = null;
  for (const { t: text, b: bold, q: quote, f: fold } of message.spans ?? []) {
    if (Boolean(fold) !== (place !== words)) {
      place = fold ? clause(words) : words;
      block = null;
    }
    const tag = quote ? "BLOCKQUOTE" : "P";
    if (block?.tagName !== tag) {
      block = make(tag);
      place.append(block);
    }
    const parent = bold ? block.appendChild(make("b")) : block;
    parent.append(...linked(text));
  }
  for (const each of words.querySelectorAll("p, blockquote")) trim(each);
  return words;
}

/** What the bot leaves folded: the clause that an answer stands on. */
function clause(words) {
  const details = make("details", "clause");
  details.append(say(make("summary"), "clause"));
  words.append(details);
  return details;
}

/** Text with its web addresses as links. */
function linked(text) {
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    const link = make("a", "", match[0]);
    link.href = match[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    nodes.push(text.slice(end, match.index), link);
    end = match.index + match[0].length;
  }
  nodes.push(text.slice(end));
  return nodes;
}

/** Blank lines between words and a quote are the blocks' margins already. */
function trim(block) {
  const [first, last] = [deepest(block, "firstChild"), deepest(block, "lastChild")];
  if (last) last.data = last.data.trimEnd();
  if (first) first.data = first.data.replace(/^\s*\n/, "");
  if (!block.textContent.trim()) block.remove();
}

function deepest(node, side) {
  while (node[side]) node = node[side];
  return node.nodeType === Node.TEXT_NODE ? node : null;
}

/** Whether the words take more than a screen; what is folded anyway does not count. */
function isLong(words) {
  const text = [...words.childNodes].filter((node) => node.tagName !== "DETAILS").map((node) => node.textContent).join("\n");
  return text.length > LONG_TEXT || text.split("\n").length > LONG_LINES;
}

function folded(words) {
  const toggle = say(button("more"), "more");
  words.classList.add("folded");
  toggle.setAttribute("aria-expanded", "false");
  toggle.addEventListener("click", () => {
    const isFolded = words.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!isFolded));
    say(toggle, isFolded ? "more" : "less");
  });
  return toggle;
}

function file({ attachment, id }) {
  const card = make("div", "file");
  const picture = thumbnail(id);
  if (picture) {
    const image = make("img", "thumb");
    Object.assign(image, { src: picture.url, width: picture.width, height: picture.height, alt: "" });
    card.classList.add("with-thumb");
    card.append(image);
  } else {
    card.append(icon("file"));
  }
  const label = make("span", "file-label");
  label.append(make("span", "file-name", attachment.name || phrase("file")), make("span", "file-size", size(attachment.size)));
  card.append(label);
  return card;
}

function meta(message) {
  const line = make("span", "meta");
  const moment = make("time", "", time(message.at));
  moment.dateTime = message.at;
  line.append(moment);
  if (message.from === "person") line.append(make("span", "fate"));
  return line;
}

/** Marks what became of a person's message: pending, sent or failed. */
export function mark(article, fate) {
  const place = article.querySelector(".fate");
  if (!place || article.dataset.fate === fate) return;
  article.dataset.fate = fate;
  const symbol = { pending: "clock", sent: "check", failed: "alert" }[fate];
  place.replaceChildren(icon(symbol), say(make("span", "unseen"), fate));
}
