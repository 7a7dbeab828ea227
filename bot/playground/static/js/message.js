/** One message drawn: who wrote it, to whom, what it says, and what stands below it. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { component } from "./components.js";
import { markdown } from "./markdown-view.js";
import { attachment } from "./media.js";
import { avatar, nameOf, namePlate } from "./names.js";
import { above, below, used } from "./message-edges.js";
import { fullTime, sentAt, timeOfDay } from "./time.js";
import { isEphemeral, isLoading, MessageKind } from "./wire.js";

const SYSTEM = new Set([MessageKind.THREAD_CREATED]);
const TOGETHER = 7 * 60_000;

/** Say whether a message goes on below the one before it, without its author's name. */
export function goesOn(message, before) {
  if (!before || before.author.id !== message.author.id || isEphemeral(before) !== isEphemeral(message)) return false;
  if (message.type !== MessageKind.DEFAULT || SYSTEM.has(before.type) || message.message_reference || used(message))
    return false;
  const [earlier, later] = [new Date(before.timestamp), new Date(message.timestamp)];
  return later - earlier < TOGETHER && earlier.getDate() === later.getDate();
}

/** Return a message's name for those who do not see it. */
export function labelOf(message) {
  return `${nameOf(message.author)}, ${sentAt(new Date(message.timestamp))}`;
}

/** Return what a message is made of. `context` is that of a component, with `store`, `open` and `jump`. */
export function parts(message, together, context) {
  if (SYSTEM.has(message.type)) return [system(message, context)];
  return [
    above(message, context),
    together ? gutter(message) : h("div", { class: "side" }, avatar(message.author)),
    h(
      "div",
      { class: "body" },
      !together && head(message, context.store),
      ...body(message, context),
      ...below(message, context),
    ),
  ];
}

function head(message, store) {
  const date = new Date(message.timestamp);
  return h(
    "div",
    { class: "head" },
    namePlate(message.author, store),
    h("time", { datetime: message.timestamp, title: fullTime(date) }, sentAt(date)),
  );
}

function gutter(message) {
  const date = new Date(message.timestamp);
  return h(
    "div",
    { class: "side" },
    h("time", { class: "gutter", datetime: message.timestamp, title: fullTime(date) }, timeOfDay(date)),
  );
}

function body(message, context) {
  if (isLoading(message)) return [thinking(nameOf(message.author))];
  const edited =
    message.edited_timestamp &&
    h("span", { class: "edited", title: fullTime(new Date(message.edited_timestamp)) }, "(edited)");
  const starter = message.type === MessageKind.THREAD_STARTER ? message.referenced_message : null;
  const said = starter ?? message;
  const content = said.content && markdown(said.content, context.names);
  if (content && edited) (content.querySelector(":scope > .paragraph:last-child") ?? content).append(edited);
  const drawn = (said.components ?? []).map((part) => component(part, { ...context, message }));
  return [
    content,
    ...(said.embeds ?? []).map((embed) => embedded(embed, context)),
    drawn.length > 0 && h("div", { class: "components" }, drawn),
    (said.attachments ?? []).filter((file) => !shownInside(file, said)).map(attachment),
    !content && edited,
  ];
}

/** Say whether a file is shown by one of the message's components, and so not once more below. */
function shownInside(file, message) {
  return JSON.stringify(message.components ?? []).includes(
    JSON.stringify(`attachment://${file.filename}`).slice(1, -1),
  );
}

function embedded(embed, { names }) {
  return h(
    "div",
    { class: "container embed" },
    embed.title && h("strong", {}, embed.title),
    embed.description && markdown(embed.description, names),
  );
}

/** Return the line that says that an answer is on its way. */
export function thinking(name) {
  return h(
    "p",
    { class: "thinking" },
    h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
    `${name} is thinking…`,
  );
}

function system(message, { store, open }) {
  const id = message.message_reference?.channel_id ?? message.thread?.id;
  const name = h("strong", {}, message.content || "a thread");
  return h(
    "div",
    { class: "system" },
    icon("thread"),
    h(
      "p",
      {},
      namePlate(message.author, store),
      " started a thread: ",
      id && store.channels.has(id)
        ? h(
            "button",
            { type: "button", class: "plain-link", "data-key": "thread", on: { click: () => open(id) } },
            name,
          )
        : name,
      " ",
      h("time", { datetime: message.timestamp }, sentAt(new Date(message.timestamp))),
    ),
  );
}
