/**
 * The language of the page: which it is, and words bound to elements so that a switch needs no redrawing.
 *
 * Words are bound by data attributes (data-say: text, data-name: accessible name, data-hint: placeholder, data-with: parameters),
 * so that focus, expanded bubbles and scroll position survive a switch.
 */

import { keep, kept } from "./keep.js";
import { STRINGS } from "./strings.js";

let current = "kk";
const listeners = [];

export function language() {
  return current;
}

export function phrase(key, params = {}) {
  const text = STRINGS[current][key];
  return typeof text === "string" ? text.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? "") : text;
}

export function say(element, key, params) {
  bind(element, "say", key, params);
  return element;
}

export function name(element, key, params) {
  bind(element, "name", key, params);
  return element;
}

function bind(element, how, key, params) {
  element.dataset[how] = key;
  if (params) element.dataset.with = JSON.stringify(params);
  fill(element);
}

function fill(element) {
  const { say: text, name: label, hint, with: params } = element.dataset;
  const values = params ? JSON.parse(params) : {};
  if (text) element.textContent = phrase(text, values);
  if (label) element.setAttribute("aria-label", phrase(label, values));
  // a mouse user needs the name of an icon as well
  if (label && element.matches("button.icon")) element.title = phrase(label, values);
  if (hint) element.placeholder = phrase(hint, values);
}

export function translate(root) {
  for (const element of root.querySelectorAll("[data-say], [data-name], [data-hint]")) fill(element);
}

export function speak(code) {
  current = code;
  keep("language", code);
  document.documentElement.lang = code;
  document.title = phrase("title");
  translate(document);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === code));
  }
  for (const listener of listeners) listener();
}

export function onSwitch(listener) {
  listeners.push(listener);
}

/** The language chosen before, else the first of the browser's that we speak, else Kazakh. */
export function preferred() {
  const chosen = kept("language");
  if (chosen in STRINGS) return chosen;
  const codes = (navigator.languages ?? []).map((tag) => tag.slice(0, 2).toLowerCase());
  return codes.find((code) => code in STRINGS) ?? "kk";
}
