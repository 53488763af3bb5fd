/**
 * Files that the person is about to send: chosen, dropped or pasted, shown above the composer until sent.
 *
 * Of a table (CSV, XLSX) the file itself is sent, of all else only name, type and size. Thumbnails are drawn here, small, and remembered
 * for this tab alone.
 */

import { button, icon, make } from "./element.js";
import { size } from "./format.js";
import { name, onSwitch, phrase } from "./language.js";
import { keepInTab, keptInTab } from "./keep.js";

const MOST = 10;
const LARGEST_PICTURE = 30_000_000;
const EDGE = 480;
const LARGEST_TABLE = 5 * 1024 * 1024; // dialogs/purchases.py FILE: of a larger one the name and size are enough to be told so
const TABLE = /\.(csv|tsv|txt|xlsx|xlsm|xls)$/i;

const list = document.getElementById("staged");
const notice = document.getElementById("notice");
const picker = document.getElementById("files");
const drop = document.getElementById("drop");
let staged = [];

export function prepareFiles(onChange) {
  const take = (files) => {
    stage([...files]);
    onChange();
  };
  list.addEventListener("click", (event) => {
    const remove = event.target.closest("[data-unstage]");
    if (!remove) return;
    staged.splice(Number(remove.dataset.unstage), 1);
    show();
    onChange();
  });
  document.getElementById("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    take(picker.files);
    picker.value = ""; // the same file can be chosen again
  });
  document.addEventListener("paste", (event) => {
    if (event.clipboardData?.files.length) {
      event.preventDefault();
      take(event.clipboardData.files);
    }
  });
  prepareDrop(take);
  onSwitch(show);
}

function prepareDrop(take) {
  const holdsFiles = (event) => event.dataTransfer?.types.includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.hidden = false;
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) drop.hidden = true;
  });
  document.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    drop.hidden = true;
    take(event.dataTransfer.files);
  });
}

function stage(files) {
  const room = MOST - staged.length;
  staged.push(...files.slice(0, room).map((file) => ({ file, picture: draw(file) })));
  show();
  notice.textContent = files.length > room ? phrase("tooMany", { count: MOST }) : "";
}

function show() {
  notice.textContent = "";
  list.hidden = !staged.length;
  list.replaceChildren(...staged.map(({ file }, position) => {
    const item = make("li", "chip");
    const label = make("span", "file-label");
    label.append(make("span", "file-name", file.name), make("span", "file-size", size(file.size)));
    const remove = name(button("icon"), "unstage", { name: file.name });
    remove.title = phrase("unstage", { name: file.name });
    remove.dataset.unstage = position;
    remove.append(icon("close"));
    item.append(icon("file"), label, remove);
    return item;
  }));
}

export function hasStaged() {
  return staged.length > 0;
}

/** Takes the staged files away, each as {attachment, picture, table}: a promise of a thumbnail or null, the file if it is to be read. */
export function takeStaged() {
  const taken = staged.map(({ file, picture }) => ({
    attachment: { name: file.name, type: file.type || "application/octet-stream", size: file.size },
    picture,
    table: TABLE.test(file.name) && file.size <= LARGEST_TABLE ? file : null,
  }));
  staged = [];
  show();
  return taken;
}

async function draw(file) {
  if (!file.type.startsWith("image/") || file.size > LARGEST_PICTURE) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height));
    const canvas = make("canvas");
    canvas.width = Math.max(1, Math.round(bitmap.width * scale));
    canvas.height = Math.max(1, Math.round(bitmap.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG knows no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    return { url: canvas.toDataURL("image/jpeg", 0.8), width: canvas.width, height: canvas.height };
  } catch {
    return null; // not a picture that this browser can draw (HEIC, SVG): it gets a file card
  }
}

const seen = new Map();

export function keepThumbnail(id, picture) {
  if (!picture) return;
  seen.set(id, picture);
  keepInTab(`thumb.${id}`, JSON.stringify(picture));
}

export function thumbnail(id) {
  return id ? seen.get(id) ?? JSON.parse(keptInTab(`thumb.${id}`) ?? "null") : null;
}
