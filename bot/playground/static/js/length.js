/** How long a message may be, and what is said of one that is longer. */

import { LONGEST_MESSAGE } from "./wire.js";

/** Characters that a field keeps: more than can be sent, so that there is something to shorten, and few enough to edit. */
export const KEPT = 10_000;
const SOON = 200;
const MOST = LONGEST_MESSAGE.toLocaleString("en");

/** Return how many characters a text has, as Discord counts. */
export function lengthOf(text) {
  return [...text].length;
}

/** Return what stands beside a text of so many characters: its counter, and a sentence where it is too long. */
export function told(length) {
  const left = LONGEST_MESSAGE - length;
  if (left >= SOON) return { counter: "", sentence: "" };
  const over = `Discord takes at most ${MOST} characters in a message; these are ${length.toLocaleString("en")}.`;
  return { counter: String(left), sentence: left < 0 ? over : "" };
}

/** Keep a field short enough to be handled; returns a sentence where something was cut off, else "". */
export function shorten(field) {
  const { length } = field.value;
  if (length <= KEPT) return "";
  field.value = field.value.slice(0, KEPT);
  return cutOff(length);
}

/** Put what is pasted into a field, but for what it cannot hold; returns a sentence where something was left out. */
export function paste(field, text) {
  const room = Math.max(KEPT - field.value.length + (field.selectionEnd - field.selectionStart), 0);
  if (text.length <= room) return "";
  field.setRangeText(text.slice(0, room), field.selectionStart, field.selectionEnd, "end");
  return cutOff(text.length);
}

function cutOff(length) {
  return `${length.toLocaleString("en")} characters were pasted. Discord takes ${MOST} in a message: the first ${KEPT.toLocaleString("en")} are kept here, so that you can shorten them.`;
}
