/** Puts the page together: one talk per profile, what the person does becomes events, what the server says becomes bubbles. */

import { openDraft, prepareComposer } from "./composer.js";
import { keepThumbnail } from "./files.js";
import { keep, kept } from "./keep.js";
import { phrase, preferred, say, speak } from "./language.js";
import { Line } from "./line.js";
import { Log } from "./log.js";
import { Outbox, uuid } from "./outbox.js";
import { prepareDialogs } from "./sheet.js";
import { STRINGS } from "./strings.js";

const PROFILES = ["telegram", "whatsapp"];
const OVERDUE = 4_000; // a confirmed message that has not come back by the stream: the line may be dead without knowing it
const TYPING = 6_000; // the bot answers at once or not at all: a person may hold the talk and take hours
const ANSWER_LIMIT = 12_000;
const DOUBLE_TAP = 600;
const QUIET = 900; // a break shorter than this is nobody's business
const ASLEEP = 30_000;

const state = document.getElementById("state");
const strip = document.getElementById("strip");
const about = document.getElementById("about");
let profile = PROFILES[0];
let stripTimer = 0;
let typingTimer = 0;
let dotsTimer = 0;
let answerTimer = 0;
let leftAt = 0;
let heard = 0; // how often the bot has spoken
let heardBefore = 0; // and how often when the event in hand was posted
let asked = "";
let tappedAt = 0;
let reopenTimer = 0;

const outbox = new Outbox({ posting: () => (heardBefore = heard), sent: confirm, refused: refuse });
const log = new Log({
  tap: (option) => tap(option.id, option.label),
  retry: (id) => {
    log.resume(id);
    outbox.retry(id);
  },
  discard: (id) => {
    log.remove(id);
    outbox.discard(id);
  },
});
const line = new Line({ history: showHistory, message: receive, up, down });

// ── what the person does ──────────────────────────────────────────────────

function utter(parts, label, file = null) {
  const event = { id: uuid(), profile, at: new Date().toISOString(), label, ...parts };
  outbox.add(event, file);
  log.showPending(event);
  return event;
}

function tap(option, label) {
  if (option === asked) return;
  asked = option;
  tappedAt = Date.now();
  clearTimeout(reopenTimer);
  // a language chosen from the bot's own buttons is the language of the page as well
  const [topic, code] = option.split(".");
  if (topic === "language" && code in STRINGS) speak(code);
  // the label goes along as text, so that a tap on the page's own menu can be shown with its words again
  utter({ kind: "option", option, text: label }, label);
}

async function send(text, files) {
  if (!files.length) {
    utter({ kind: "text", text });
    return;
  }
  for (const [position, { attachment, picture, table }] of files.entries()) {
    const id = uuid();
    keepThumbnail(id, await picture);
    utter({ id, kind: "attachment", attachment, text: position === 0 ? text : "" }, undefined, table);
  }
}

function enter(choice) {
  profile = choice;
  keep("profile", choice);
  document.documentElement.dataset.profile = choice;
  for (const button of document.querySelectorAll("[data-profile-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.profileChoice === choice));
  }
  wait(false);
  log.clear();
  openDraft(choice);
  line.join(choice);
}

// ── what the server says ──────────────────────────────────────────────────

function showHistory(messages, first) {
  log.showHistory(messages, first);
  for (const message of messages) hear(message);
  if (!first) return;
  const waiting = outbox.waiting(profile);
  for (const event of waiting) log.showPending(event);
  start(!messages.length && !waiting.some((event) => event.kind === "start"));
}

/** A first visit, or a deep link to a promotion. The link is used once: a reload must not choose the promotion again. */
function start(isFirst) {
  const address = new URL(location.href);
  const slug = address.searchParams.get("start") ?? "";
  if (!isFirst && !slug) return;
  utter({ kind: "start", text: slug });
  address.searchParams.delete("start");
  window.history.replaceState(null, "", address);
}

function receive(message) {
  hear(message);
  log.receive(message);
}

function hear(message) {
  if (message.from !== "bot") return;
  heard += 1;
  wait(false);
}

function confirm(event) {
  if (event.profile !== profile) return;
  log.confirm(event.id);
  // the answer may overtake the confirmation of what it answers
  if (heard === heardBefore) wait(true);
  if (event.kind !== "start") setTimeout(() => log.has(event.id) || event.profile !== profile || line.refresh(), OVERDUE);
}

function refuse(event) {
  if (event.profile !== profile) return;
  log.fail(event.id);
  wait(false);
}

/** Shows that the bot is busy, and keeps tapped buttons shut, until it has answered. */
function wait(on) {
  clearTimeout(typingTimer);
  clearTimeout(answerTimer);
  clearTimeout(dotsTimer);
  if (on) {
    // most answers are there at once: no flicker of dots for those
    typingTimer = setTimeout(() => showTyping(true), 250);
    dotsTimer = setTimeout(() => showTyping(false), TYPING);
    answerTimer = setTimeout(() => wait(false), ANSWER_LIMIT);
  } else {
    showTyping(false);
    // the answer may be there before the second tap of a double tap
    clearTimeout(reopenTimer);
    reopenTimer = setTimeout(reopen, tappedAt + DOUBLE_TAP - Date.now());
  }
}

function reopen() {
  asked = "";
  log.reopenOptions();
}

function showTyping(on) {
  say(state, on ? "typing" : "subtitle");
  log.typing(on);
}

// ── the connection ────────────────────────────────────────────────────────

function up() {
  clearTimeout(stripTimer);
  stripTimer = 0;
  delete strip.dataset.say;
  strip.textContent = "";
  outbox.flush();
}

function down() {
  if (!navigator.onLine) say(strip, "offline");
  else if (strip.dataset.say) say(strip, "lost");
  else stripTimer ||= setTimeout(() => say(strip, "lost"), QUIET);
}

function watchConnection() {
  window.addEventListener("online", () => line.refresh());
  window.addEventListener("offline", down);
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) leftAt = Date.now();
    else if (Date.now() - leftAt > ASLEEP) line.refresh();
  });
  window.addEventListener("pageshow", (event) => event.persisted && line.refresh());
}

// ── the page ──────────────────────────────────────────────────────────────

function prepareAbout() {
  const template = document.getElementById("about-text");
  for (const place of [document.querySelector(".pane"), about]) place.append(template.content.cloneNode(true));
  document.addEventListener("click", (event) => {
    const sample = event.target.closest(".samples button");
    if (!sample) return;
    about.close();
    send(sample.textContent, []);
  });
  document.getElementById("about-open").addEventListener("click", () => about.showModal());
}

function prepareControls() {
  document.getElementById("menu").addEventListener("click", () => tap("menu", phrase("menu")));
  for (const button of document.querySelectorAll("[data-language]")) {
    const code = button.dataset.language;
    button.addEventListener("click", () => tap(`language.${code}`, code === "kk" ? "Қазақша" : "Русский"));
  }
  for (const button of document.querySelectorAll("[data-profile-choice]")) {
    button.addEventListener("click", () => profile !== button.dataset.profileChoice && enter(button.dataset.profileChoice));
  }
}

prepareAbout();
prepareDialogs();
prepareControls();
prepareComposer(send);
watchConnection();
speak(preferred());
const wished = new URLSearchParams(location.search).get("profile") ?? kept("profile");
enter(PROFILES.includes(wished) ? wished : PROFILES[0]);
