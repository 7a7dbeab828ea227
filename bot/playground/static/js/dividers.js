/** What parts messages: where a channel begins, and where a day does. */

import { h } from "./dom.js";
import { markdown } from "./markdown-view.js";
import { longDay } from "./time.js";

/** Return the line between two days. */
export function divider(date) {
  return h("div", { class: "day", role: "separator", "aria-label": longDay(date) }, h("span", {}, longDay(date)));
}

/** Return what stands above the first message of a channel that has no welcome. */
export function beginning(name, told, names) {
  return h("div", { class: "beginning" }, h("h2", {}, name), markdown(told, names));
}
