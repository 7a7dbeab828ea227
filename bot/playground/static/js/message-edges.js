/** What stands above and below what a message says. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { oneLine } from "./markdown-view.js";
import { avatar, nameOf, namePlate } from "./names.js";
import { flattened } from "./plain.js";
import { Interaction, isEphemeral, MessageKind } from "./wire.js";

/** Return what a message answers, where it answers a command; else null. */
export function used(message) {
  const by = message.interaction_metadata;
  const shown =
    [MessageKind.SLASH_COMMAND, MessageKind.MENU_COMMAND].includes(message.type) || by?.type === Interaction.COMMAND;
  return shown && by ? by : null;
}

/** Return the line above a message: what it replies to, or what was used. */
export function above(message, context) {
  const by = used(message);
  if (by) return usedLine(by.user, by.name ?? message.interaction?.name, message.type === MessageKind.MENU_COMMAND);
  if (!message.message_reference || message.type === MessageKind.THREAD_STARTER) return null;
  const target = message.referenced_message;
  if (!target)
    return h("div", { class: "above" }, h("span", { class: "elbow" }), h("em", {}, "Original message was deleted"));
  const shown = oneLine(flattened(target), context.names);
  return h(
    "div",
    { class: "above" },
    h("span", { class: "elbow" }),
    h(
      "button",
      {
        type: "button",
        class: "referred",
        "data-key": "referred",
        title: "Go to the message that is replied to",
        on: { click: () => context.jump(target.id) },
      },
      h("span", { class: "unseen" }, "Replying to "),
      avatar(target.author, "tiny"),
      namePlate(target.author, context.store),
      h("span", { class: "excerpt" }, shown.slice(0, 200) || "Click to see the message"),
    ),
  );
}

/** Return the line that says who used which command. */
export function usedLine(user, name, menu) {
  const command = name ? h("span", { class: "used-name" }, menu ? name : `/${name}`) : "a command";
  return h(
    "div",
    { class: "above" },
    h("span", { class: "elbow" }),
    avatar(user, "tiny"),
    h("span", { class: "used" }, h("strong", {}, nameOf(user)), " used ", command),
  );
}

/** Return what stands below a message: a failure, reactions, its thread, and that one person alone sees it. */
export function below(message, context) {
  const failure = context.store.failed.get(message.id);
  return [
    failure && h("p", { class: "failure", role: "alert" }, icon("warning"), failure),
    reactions(message, context),
    message.thread && thread(message.thread, context),
    isEphemeral(message) && alone(() => context.dismiss(message.id)),
  ];
}

/** Return the line below what only one person sees. */
export function alone(dismiss) {
  return h(
    "p",
    { class: "alone" },
    icon("eye"),
    "Only you can see this · ",
    h(
      "button",
      { type: "button", class: "plain-link", "data-key": "dismiss", on: { click: dismiss } },
      "Dismiss message",
    ),
  );
}

function reactions(message, { react }) {
  const there = (message.reactions ?? []).filter((one) => one.count > 0);
  if (!there.length) return null;
  return h(
    "div",
    { class: "reactions" },
    there.map((one) =>
      h(
        "button",
        {
          type: "button",
          class: "reaction",
          "aria-pressed": String(Boolean(one.me)),
          "aria-label": `${one.emoji.name}, ${one.count} ${one.count === 1 ? "reaction" : "reactions"}`,
          "data-key": `reaction ${one.emoji.name}`,
          on: { click: () => react(message, one.emoji.name) },
        },
        h("span", {}, one.emoji.name),
        h("span", { class: "reaction-count" }, String(one.count)),
      ),
    ),
  );
}

function thread(channel, { store, open }) {
  const known = store.channels.get(channel.id) ?? channel;
  const count = known.message_count ?? 0;
  return h(
    "button",
    {
      type: "button",
      class: "thread-card",
      "data-key": "thread",
      "data-channel-id": channel.id,
      on: { click: () => open(channel.id) },
    },
    icon("thread"),
    h("span", { class: "thread-name" }, known.name),
    h("span", { class: "thread-count" }, count ? `${count} ${count === 1 ? "message" : "messages"}` : "See thread"),
    icon("right"),
  );
}
