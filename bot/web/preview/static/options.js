/**
 * The options under a bot message: rows of buttons, or one button that opens a list.
 *
 * A tapped group stays shut until the bot has answered, so that a double tap is one tap. All other groups are shut for a moment as
 * well: the new bubble moves the log, and the second tap would land on a button that nobody meant. Groups are shut by aria-disabled
 * and not by `disabled`, which would throw a keyboard user's focus back to the top of the page.
 */

import { button, icon, make } from "./element.js";
import { name, say } from "./language.js";
import { openSheet } from "./sheet.js";

const MOMENT = 400;
let holding = 0;

/** A group for `message`, or null if it offers nothing. `onTap(option)` is called once per answer. */
export function optionsOf(message, onTap) {
  const options = message.options ?? [];
  if (!options.length || message.shape === "text") return null;
  const group = name(make("div", `options ${message.shape}`), "options");
  group.setAttribute("role", "group");
  const tap = (option, tapped) => {
    if (group.dataset.shut) return;
    shut(group, "asked");
    tapped.classList.add("tapped");
    hold();
    onTap(option);
  };
  if (message.shape === "list") group.append(opener(message, group, tap));
  else group.append(...rows(message).map((row) => rowOf(row, message.lang, tap)));
  if (holding) shut(group, "briefly");
  return group;
}

function rows({ options, rows: indexes }) {
  if (!indexes?.length) return options.map((option) => [option]);
  return indexes.map((row) => row.map((index) => options[index]).filter(Boolean)).filter((row) => row.length);
}

function rowOf(options, lang, tap) {
  const row = make("div", "option-row");
  for (const option of options) {
    const choice = button("option");
    if (lang) choice.lang = lang;
    choice.append(icon("reply"), make("span", "", option.label));
    choice.addEventListener("click", () => tap(option, choice));
    row.append(choice);
  }
  return row;
}

function opener(message, group, tap) {
  const choice = button("option open-list");
  choice.append(icon("list"), say(make("span"), "openList"));
  choice.setAttribute("aria-haspopup", "dialog");
  choice.addEventListener("click", () => {
    if (!group.dataset.shut) openSheet(message, (option) => tap(option, choice));
  });
  return choice;
}

function hold() {
  for (const group of document.querySelectorAll(".options:not([data-shut])")) shut(group, "briefly");
  clearTimeout(holding);
  holding = setTimeout(() => {
    holding = 0;
    open(document, "briefly");
  }, MOMENT);
}

function shut(group, why) {
  group.dataset.shut = why;
  for (const each of group.querySelectorAll(".option")) each.setAttribute("aria-disabled", "true");
}

function open(root, why) {
  for (const group of root.querySelectorAll(`.options[data-shut="${why}"]`)) {
    delete group.dataset.shut;
    for (const each of group.querySelectorAll(".option")) {
      each.removeAttribute("aria-disabled");
      each.classList.remove("tapped");
    }
  }
}

/** Opens every group below `root` that waited for an answer. */
export function reopen(root) {
  open(root, "asked");
}
