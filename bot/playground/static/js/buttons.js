/** Buttons of a message. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { webAddress } from "./address.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger" };
const LINK = 5;

/** Return a button drawn; it says that it is busy until it was answered. */
export function button(part, context) {
  return part.style === LINK ? link(part, context) : pressed(part, context);
}

function pressed(part, { message, store, press }) {
  const busy = store.busy.has(`${message.id}:${part.custom_id}`);
  return h(
    "button",
    {
      type: "button",
      class: ["button", STYLES[part.style] ?? "secondary"],
      "data-custom-id": part.custom_id,
      "data-key": part.custom_id,
      disabled: part.disabled,
      "aria-busy": busy ? "true" : null,
      on: { click: () => press(part.custom_id) },
    },
    ...face(part),
    h("span", { class: "spinner", "aria-hidden": "true" }),
  );
}

function link(part, { leave }) {
  const address = webAddress(part.url ?? "");
  return h(
    "button",
    {
      type: "button",
      class: ["button", "secondary"],
      disabled: part.disabled || !address,
      "data-url": part.url,
      on: { click: () => leave(address, part.label) },
    },
    ...face(part),
    icon("outside"),
  );
}

function face(part) {
  const emoji = part.emoji && (part.emoji.id ? `:${part.emoji.name}:` : part.emoji.name);
  return [emoji && h("span", { class: "button-emoji" }, emoji), part.label && h("span", {}, part.label)].filter(
    Boolean,
  );
}
