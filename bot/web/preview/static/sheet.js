/** Dialogs: the list that WhatsApp opens from the bottom, and the about panel on a phone. */

import { button, make } from "./element.js";

const sheet = document.getElementById("sheet");
const sheetRows = document.getElementById("sheet-rows");

/** Escape, focus on opening and the return of focus come with <dialog>; closing by a tap outside and the focus ring do not. */
export function prepareDialogs() {
  for (const dialog of document.querySelectorAll("dialog")) {
    dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog) dialog.close();
    });
    dialog.addEventListener("keydown", (event) => keepFocus(dialog, event));
  }
}

function keepFocus(dialog, event) {
  if (event.key !== "Tab") return;
  const stops = [...dialog.querySelectorAll("button:not([disabled])")];
  const [from, to] = event.shiftKey ? [stops[0], stops.at(-1)] : [stops.at(-1), stops[0]];
  if (document.activeElement !== from) return;
  event.preventDefault();
  to.focus();
}

export function openSheet(message, onPick) {
  sheetRows.replaceChildren(...message.options.map((option) => row(option, message.lang, onPick)));
  sheet.showModal();
  // the first option, not the close button: that is what the person came for
  sheetRows.querySelector("button").focus();
}

function row(option, lang, onPick) {
  const item = make("li");
  const pick = button("sheet-row");
  if (lang) pick.lang = lang;
  pick.append(make("span", "sheet-label", option.label));
  if (option.hint) pick.append(make("span", "sheet-hint", option.hint));
  pick.addEventListener("click", () => {
    sheet.close();
    onPick(option);
  });
  item.append(pick);
  return item;
}
