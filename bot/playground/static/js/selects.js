/** Selects of a message: one of many, or several of many. */

import { h, uid } from "./dom.js";
import { channelName } from "./names.js";
import { ChannelKind, Part } from "./wire.js";

/** Return a select drawn. */
export function select(part, context) {
  const options = optionsOf(part, context.store);
  const busy = context.store.busy.has(`${context.message.id}:${part.custom_id}`);
  const many = (part.max_values ?? 1) > 1 || part.min_values === 0;
  return (many ? several : one)(part, context, options, busy);
}

function optionsOf(part, store) {
  if (part.type === Part.STRING_SELECT) return part.options;
  const picked = new Set((part.default_values ?? []).map((one) => String(one.id)));
  return everything(part, store).map((option) => ({ ...option, default: picked.has(option.value) }));
}

function everything(part, store) {
  const people = [...store.people, ...(store.bot ? [store.user(store.bot.id)] : [])];
  const users = people.map((person) => ({ value: person.id, label: person.name }));
  const roles = store.roles.map((role) => ({ value: role.id, label: `@${role.name}` }));
  const kinds = part.channel_types ?? [];
  const channels = [...store.channels.values()].filter((channel) => channel.type !== ChannelKind.DM);
  switch (part.type) {
    case Part.USER_SELECT:
      return users;
    case Part.ROLE_SELECT:
      return roles;
    case Part.MENTIONABLE_SELECT:
      return [...users, ...roles];
    default:
      return channels
        .filter((channel) => !kinds.length || kinds.includes(channel.type))
        .map((channel) => ({ value: channel.id, label: `#${channelName(channel, store)}` }));
  }
}

function one(part, { pick }, options, busy) {
  const placeholder = part.placeholder ?? "Make a selection";
  const chosen = options.some((option) => option.default);
  return h(
    "div",
    { class: "select", "aria-busy": busy ? "true" : null },
    h(
      "select",
      {
        "aria-label": placeholder,
        "data-custom-id": part.custom_id,
        "data-key": part.custom_id,
        disabled: part.disabled || busy,
        on: { change: (event) => pick(part.custom_id, [event.currentTarget.value]) },
      },
      h("option", { value: "", disabled: true, selected: !chosen }, placeholder),
      options.map((option) => h("option", { value: option.value, selected: option.default }, worded(option))),
    ),
  );
}

function several(part, { pick }, options, busy) {
  const least = part.min_values ?? 1;
  const most = part.max_values ?? 1;
  const name = uid("select");
  const note = h("span", { class: "subtext" }, `Pick ${least === most ? most : `${least} to ${most}`}`);
  const send = h("button", { type: "button", class: "button primary small", "data-key": part.custom_id }, "Done");
  const boxes = options.map((option) =>
    h("input", {
      type: "checkbox",
      name,
      value: option.value,
      checked: option.default,
      disabled: part.disabled || busy,
    }),
  );
  const picked = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const check = () => {
    send.disabled = busy || part.disabled || picked().length < least || picked().length > most;
  };
  send.addEventListener("click", () => pick(part.custom_id, picked()));
  check();
  return h(
    "fieldset",
    {
      class: "select several",
      "data-custom-id": part.custom_id,
      "aria-busy": busy ? "true" : null,
      on: { change: check },
    },
    h("legend", {}, options.some((option) => option.default) ? "Picked" : (part.placeholder ?? "Make a selection")),
    options.map((option, index) => h("label", {}, boxes[index], " ", worded(option))),
    h("div", { class: "select-foot" }, note, send),
  );
}

function worded(option) {
  const emoji = option.emoji?.name ? `${option.emoji.name} ` : "";
  return `${emoji}${option.label}${option.description ? ` · ${option.description}` : ""}`;
}
