/** A field for text of several lines that grows with it, marks its mentions and keeps what is too long in bounds. */

import { h, fill } from "./dom.js";
import { KEPT, paste, shorten } from "./length.js";
import { mentionPattern } from "./mentions.js";

const HIGHEST = 320;

/** `heard` is called after each change, with a sentence where something was cut off. */
export class Editor {
  #mirror = h("div", { class: "mirror", "aria-hidden": "true" });
  #mentionable;
  #heard;

  constructor(attributes, mentionable, heard) {
    this.#mentionable = mentionable;
    this.#heard = heard;
    this.field = h("textarea", {
      rows: 1,
      maxlength: KEPT,
      autocomplete: "off",
      spellcheck: "true",
      "aria-autocomplete": "list",
      ...attributes,
    });
    this.element = h("div", { class: "editor" }, this.#mirror, this.field);
    this.field.addEventListener("input", () => this.changed(shorten(this.field)));
    this.field.addEventListener("paste", (event) => this.#pasted(event));
    this.field.addEventListener("scroll", () => (this.#mirror.scrollTop = this.field.scrollTop), { passive: true });
    new ResizeObserver(() => this.#fit()).observe(this.element);
  }

  get value() {
    return this.field.value;
  }

  set value(text) {
    this.field.value = text;
    this.changed("");
  }

  /** Put a text in place of what stands from `start` to `end`. */
  replace(text, start, end) {
    this.field.setRangeText(text, start, end, "end");
    this.changed("");
  }

  changed(sentence) {
    this.#marks();
    this.#fit();
    this.#heard(sentence);
  }

  #pasted(event) {
    const sentence = paste(this.field, event.clipboardData.getData("text/plain"));
    if (!sentence) return;
    event.preventDefault();
    this.changed(sentence);
  }

  #fit() {
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight, HIGHEST)}px`);
  }

  #marks() {
    const text = this.field.value;
    const pattern = /[@#]/.test(text) ? mentionPattern(this.#mentionable()) : null;
    if (!pattern) {
      fill(this.#mirror);
      return;
    }
    const marked = [];
    let at = 0;
    for (const found of text.matchAll(pattern)) {
      marked.push(text.slice(at, found.index), h("mark", {}, found[0]));
      at = found.index + found[0].length;
    }
    fill(this.#mirror, marked, text.slice(at), "\n");
    this.#mirror.scrollTop = this.field.scrollTop;
  }
}
