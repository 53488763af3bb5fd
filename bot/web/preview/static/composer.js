/** Where the person writes: a field that grows, Enter to send, drafts that survive a change of profile and a reload. */

import { forgetInTab, keepInTab, keptInTab } from "./keep.js";
import { hasStaged, prepareFiles, takeStaged } from "./files.js";

const form = document.getElementById("composer");
const words = document.getElementById("words");
const send = document.getElementById("send");
let draftKey = "draft";

/** onSend(text, files): `files` as `takeStaged` gives them. */
export function prepareComposer(onSend) {
  prepareFiles(look);
  words.addEventListener("input", () => {
    look();
    keepInTab(draftKey, words.value);
  });
  words.addEventListener("keydown", (event) => {
    // isComposing: Enter that only accepts a suggestion of an input method
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = words.value.trim();
    if (!text && !hasStaged()) return;
    words.value = "";
    forgetInTab(draftKey);
    onSend(text, takeStaged());
    look();
    words.focus({ preventScroll: true });
  });
}

export function openDraft(profile) {
  draftKey = `draft.${profile}`;
  words.value = keptInTab(draftKey) ?? "";
  look();
}

function look() {
  send.classList.toggle("ready", Boolean(words.value.trim()) || hasStaged());
  words.style.height = "auto"; // CSSOM, which the content policy allows
  words.style.height = `${words.scrollHeight}px`;
}
