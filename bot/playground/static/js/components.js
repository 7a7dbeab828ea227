/** Components (V2) of a message, as Discord draws them. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { hex } from "./colour.js";
import { button } from "./buttons.js";
import { markdown } from "./markdown-view.js";
import { picture, fileCard } from "./media.js";
import { select } from "./selects.js";
import { Part } from "./wire.js";

/**
 * Return a component drawn. `context` has `names` (for mentions), `message`, `store`, and what is called on use:
 * `press(customId)`, `pick(customId, values)`, `leave(address, what)`.
 */
export function component(part, context) {
  return (DRAWN[part.type] ?? unknown)(part, context);
}

const all = (parts, context) => (parts ?? []).map((part) => component(part, context));

const DRAWN = {
  [Part.ACTION_ROW]: (part, context) => h("div", { class: "action-row" }, all(part.components, context)),
  [Part.BUTTON]: button,
  [Part.SECTION]: (part, context) =>
    h(
      "div",
      { class: "section" },
      h("div", { class: "section-text" }, all(part.components, context)),
      h("div", { class: "accessory" }, part.accessory && component(part.accessory, context)),
    ),
  [Part.TEXT_DISPLAY]: (part, context) => markdown(part.content, context.names),
  [Part.THUMBNAIL]: (part, context) => veiled(part, picture(part.media, part.description, context, "thumbnail")),
  [Part.MEDIA_GALLERY]: (part, context) =>
    h(
      "div",
      { class: "gallery", "data-count": part.items.length },
      part.items.map((item) => veiled(item, picture(item.media, item.description, context))),
    ),
  [Part.FILE]: (part, context) => veiled(part, fileCard(part, context)),
  [Part.SEPARATOR]: (part) =>
    h(part.divider === false ? "div" : "hr", { class: ["separator", part.spacing === 2 && "wide"] }),
  [Part.CONTAINER]: container,
  [Part.STRING_SELECT]: select,
  [Part.USER_SELECT]: select,
  [Part.ROLE_SELECT]: select,
  [Part.MENTIONABLE_SELECT]: select,
  [Part.CHANNEL_SELECT]: select,
};

function container(part, context) {
  const colour = hex(part.accent_color);
  const box = h(
    "div",
    {
      class: ["container", colour && "accented"],
      style: colour ? { "--accent": colour } : {},
      "data-accent": colour,
    },
    all(part.components, context),
  );
  return veiled(part, box);
}

function unknown(part) {
  return h("p", { class: "subtext" }, `(A component of type ${part.type}, which this page does not draw)`);
}

/** Return what is hidden until somebody wants to see it, where it is a spoiler. */
function veiled(part, drawn) {
  if (!part.spoiler) return drawn;
  const inside = h("div", { class: "veiled-inside", inert: true }, drawn);
  const box = h("div", { class: "veiled" }, inside);
  const show = h("button", { type: "button", class: "unveil", on: { click: reveal } }, icon("eye"), "Spoiler");
  function reveal() {
    inside.removeAttribute("inert");
    box.classList.add("shown");
    show.remove();
  }
  box.append(show);
  return box;
}
