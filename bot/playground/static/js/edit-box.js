/** The field in which one's own message is changed, in the message's place. */

import { h, fill } from "./dom.js";
import { Editor } from "./editor.js";
import { lengthOf, told } from "./length.js";
import { decode, encode, mentionable } from "./mentions.js";
import { LONGEST_MESSAGE } from "./wire.js";

/** Return the field for a message; `save` is called with its new text, `leave` when nothing is to be changed. */
export function editBox(message, store, save, leave) {
  const problem = h("p", { class: "problem", role: "status" });
  let editor = null;
  editor = new Editor(
    { "aria-label": "Edit message" },
    () => mentionable(store),
    (sentence) => fill(problem, sentence || told(lengthOf(editor?.value ?? "")).sentence),
  );
  const element = h(
    "div",
    { class: "edit-box" },
    editor.element,
    problem,
    h(
      "p",
      { class: "edit-keys" },
      "Escape to ",
      h("button", { type: "button", class: "plain-link", on: { click: leave } }, "cancel"),
      " · Enter to ",
      h("button", { type: "button", class: "plain-link", on: { click: send } }, "save"),
    ),
  );
  const before = decode(message.content, mentionable(store));

  function send() {
    const text = encode(editor.value.trim(), mentionable(store));
    if (lengthOf(text) > LONGEST_MESSAGE) fill(problem, told(lengthOf(text)).sentence);
    else if (!text || text === message.content) leave();
    else save(text);
  }

  editor.field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      send();
    } else if (event.key === "Escape") {
      event.preventDefault();
      leave();
    }
    event.stopPropagation();
  });
  return {
    element,
    focus() {
      editor.value = before;
      editor.field.focus();
      editor.field.setSelectionRange(before.length, before.length);
    },
  };
}
