/** Mentions as they are typed ("@quoth", "#questions") and as they are sent ("<@1>", "<#2>"). */

import { channelName } from "./names.js";
import { ChannelKind } from "./wire.js";

const BEGUN = /(?:^|[\s(])([@#])([^\s@#<>]{0,40})$/;
const CODE = /(```[\s\S]*?```|`[^`\n]*`)/;

/** Return the mention that is being typed before `caret`: its sign, what follows it, and where it begins. */
export function begun(text, caret) {
  const found = BEGUN.exec(text.slice(Math.max(caret - 60, 0), caret));
  return found && { sign: found[1], typed: found[2].toLowerCase(), start: caret - found[2].length - 1 };
}

/** Return who and what can be mentioned, with how it is written and how it is sent. */
export function mentionable(store) {
  const people = store.people.map((person) => ({ sign: "@", name: person.name, sent: `<@${person.id}>`, person }));
  const bot = store.bot ? store.user(store.bot.id) : null;
  const channels = [...store.channels.values()].filter((channel) => channel.type !== ChannelKind.DM);
  return [
    ...(bot ? [{ sign: "@", name: bot.name, sent: `<@${bot.id}>`, person: bot }] : []),
    ...people,
    ...store.roles
      .filter((role) => role.name !== "@everyone")
      .map((role) => ({ sign: "@", name: role.name, sent: `<@&${role.id}>`, role })),
    ...channels.map((channel) => ({ sign: "#", name: channelName(channel, store), sent: `<#${channel.id}>`, channel })),
  ];
}

/** Return those that a mention may be of, those first whose name begins with it. */
export function matching(all, { sign, typed }) {
  const rank = (one) => Number(!one.name.toLowerCase().startsWith(typed));
  const found = all.filter((one) => one.sign === sign && one.name.toLowerCase().includes(typed));
  return found.sort((one, other) => rank(one) - rank(other)).slice(0, 10);
}

/** Return a text as it is sent: names that are mentions become so, but for those in code. */
export function encode(text, all) {
  const longest = [...all].sort((one, other) => other.name.length - one.name.length);
  const pattern = mentionPattern(longest);
  if (!pattern) return text;
  return text
    .split(CODE)
    .map((part, index) => (index % 2 ? part : part.replace(pattern, (said) => sentAs(said, longest))))
    .join("");
}

/** Return a pattern that finds mentions as they are typed; null where there is nobody to mention. */
export function mentionPattern(all) {
  if (!all.length) return null;
  const names = all.map((one) => `${one.sign}${literally(one.name)}`).sort((one, other) => other.length - one.length);
  return new RegExp(`(?<![\\w<])(?:${names.join("|")})(?![\\w-])`, "gi");
}

/** Return a text as it was typed, to be typed on. */
export function decode(text, all) {
  return all.reduce(
    (said, one) =>
      said
        .replaceAll(one.sent, `${one.sign}${one.name}`)
        .replaceAll(one.sent.replace("<@", "<@!"), `${one.sign}${one.name}`),
    text,
  );
}

function sentAs(said, all) {
  return all.find((one) => `${one.sign}${one.name}`.toLowerCase() === said.toLowerCase())?.sent ?? said;
}

function literally(text) {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
