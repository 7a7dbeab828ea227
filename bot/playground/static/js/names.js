/** What people, roles and channels are called, and how they are drawn. */

import { h } from "./dom.js";
import { hueOf, readable } from "./colour.js";
import { ChannelKind, isThread } from "./wire.js";

/** Return what a user object of a message is called. */
export const nameOf = (user) => user.global_name ?? user.username ?? user.name ?? "somebody";

/** Return a round with initials; decoration, as the name stands beside it. */
export function avatar(user, size = "") {
  const name = nameOf(user);
  const initials = name
    .split(/\s+/)
    .map((word) => [...word][0])
    .join("")
    .slice(0, 2);
  return h(
    "span",
    {
      class: ["avatar", size, user.bot && "of-bot"],
      "aria-hidden": "true",
      style: { "--hue": String(hueOf(name)) },
    },
    user.bot ? h("span", { class: "quote-mark" }, "”") : initials.toUpperCase(),
  );
}

/** Return a name in its owner's colour, with the badge of a bot. */
export function namePlate(user, store) {
  const known = store.user(user.id);
  const colour = known?.roles?.find((role) => role.color && role.color !== "#000000")?.color;
  const style = colour ? { color: readable(colour) } : {};
  return h("span", { class: "name-plate" }, h("span", { class: "name", style }, nameOf(user)), user.bot && badge());
}

/** Return the badge that says that no person writes. */
export const badge = () => h("span", { class: "badge" }, "APP");

/** Return a channel's name as it is written: "#questions", "@quoth". */
export function channelName(channel, store) {
  if (channel.type === ChannelKind.DM) return nameOf(channel.recipients?.[0] ?? store.bot ?? {});
  return channel.name;
}

/** Return what kind of place a channel is, in words, and its icon. */
export function kindOf(channel) {
  if (channel.type === ChannelKind.DM) return { word: "direct messages", icon: "at" };
  if (channel.type === ChannelKind.FORUM) return { word: "forum", icon: "forum" };
  if (isThread(channel)) return { word: "thread", icon: "thread" };
  const closed = (channel.permission_overwrites ?? []).some(
    (one) => one.id === channel.guild_id && BigInt(one.deny) & 1024n,
  );
  return closed ? { word: "closed text channel", icon: "lock" } : { word: "text channel", icon: "hash" };
}

/** Return how mentions in a text are shown to who looks at the page; `open` goes to a channel. */
export function mentionNames(store, open) {
  return {
    user: (id) => ({ text: `@${store.user(id)?.name ?? "somebody"}` }),
    role: (id) => ({ text: `@${store.role(id)?.name ?? "a role"}` }),
    channel: (id) => {
      const channel = store.channels.get(id);
      return channel ? { text: `#${channelName(channel, store)}`, open: () => open(id) } : { text: "#no-access" };
    },
  };
}
