/**
 * Days, times and sizes as people here write them.
 *
 * Month names are ours: browsers ship without Kazakh locale data often enough that Intl would fall back to English.
 */

import { phrase } from "./language.js";

const two = (number) => String(number).padStart(2, "0");

export function time(at) {
  const moment = new Date(at);
  return `${two(moment.getHours())}:${two(moment.getMinutes())}`;
}

/** The day of an instant in the person's own zone, as YYYY-MM-DD. */
export function dayOf(at) {
  const moment = new Date(at);
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function dayName(day, now = new Date()) {
  const before = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (day === dayOf(now)) return phrase("today");
  if (day === dayOf(before)) return phrase("yesterday");
  const [year, month, date] = day.split("-").map(Number);
  const key = year === now.getFullYear() ? "day" : "dayOfYear";
  return phrase(key, { day: date, month: phrase("months")[month - 1], year });
}

export function size(bytes) {
  const units = phrase("units");
  let value = Number(bytes) || 0;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits).replace(".", ",").replace(",0", "")}\u00a0${units[unit]}`;
}
