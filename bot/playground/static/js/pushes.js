/** What the server tells without being asked, put into the store. */

import { remembered } from "./remembered.js";
import { compareIds, Interaction, isEphemeral, Reply } from "./wire.js";

const TYPING_LASTS = 10_000;

/** Hear each push; `actions` does what one of them asks for. */
export function hear(store, actions) {
  const heard = {
    hello: (told) => hello(store, actions, told),
    bot: ({ bot_state }) => {
      const before = store.botState.state;
      store.botState = bot_state;
      store.emit("bot");
      if (bot_state.state !== before) store.emit("phase");
    },
    welcome: (told) => {
      store.welcome = told.welcome;
      store.emit("welcome");
    },
    message: ({ message }) => message_(store, message),
    changed: ({ message }) => changed(store, message),
    gone: (told) => gone(store, told),
    reaction: (told) => reaction(store, told),
    channel: ({ channel }) => {
      store.put(channel);
      store.emit("channels");
    },
    channel_gone: ({ channel }) => channelGone(store, actions, channel),
    typing: (told) => typing(store, told),
    interaction: ({ interaction }) => interacted(store, interaction),
    answered: (told) => answered(store, actions, told),
    failed: (told) => failed(store, actions, told),
    trace: (told) => store.emit("trace", told),
    commands: () => actions.refreshCommands(),
    week: ({ digests }) => actions.weekPassed(digests),
    progress: (told) => actions.documentsProgress(told),
    dropped: (told) => actions.documentsDropped(told),
  };
  return (told) => heard[told.event]?.(told);
}

function hello(store, actions, told) {
  const { server, bot, people, roles, bot_state, welcome, accepts, limits, digest_channel } = told;
  Object.assign(store, {
    server,
    bot,
    people,
    roles: roles ?? [],
    botState: bot_state,
    welcome,
    accepts,
    limits: limits ?? {},
    digestChannel: digest_channel ?? null,
  });
  store.connected = true;
  store.emit("hello");
  store.emit("connected");
  const known = people.some((person) => person.id === remembered.person);
  actions.become(known ? remembered.person : people[0].id);
}

function message_(store, message) {
  const channel = store.channels.get(message.channel_id);
  if (channel && !isEphemeral(message) && compareIds(channel.last_message_id ?? "", message.id) < 0) {
    channel.last_message_id = message.id;
    if (channel.message_count !== undefined) channel.message_count += 1;
  }
  stopTyping(store, message.channel_id, message.author.id);
  if (message.channel_id === store.current) {
    const known = store.messages.has(message.id);
    store.messages.set(message.id, message);
    store.emit(known ? "changed" : "message", message);
  } else if (message.author.id !== store.me?.id) {
    store.unread.set(message.channel_id, (store.unread.get(message.channel_id) ?? 0) + 1);
    store.emit("unread", message);
  }
}

function changed(store, message) {
  if (message.channel_id !== store.current) return;
  const known = store.messages.get(message.id);
  // The server tells the same of all; whether one reacted oneself is told apart.
  store.messages.set(
    message.id,
    known && !("reactions" in message) ? { ...message, reactions: known.reactions } : message,
  );
  store.emit("changed", store.messages.get(message.id), known);
}

function gone(store, { channel, message: id }) {
  const known = store.messages.get(id);
  const place = store.channels.get(channel);
  if (place?.message_count && !(known && isEphemeral(known))) place.message_count -= 1;
  if (store.messages.delete(id)) store.emit("gone", id);
}

function reaction(store, { message, reactions }) {
  const known = store.messages.get(message);
  if (!known) return;
  store.messages.set(message, { ...known, reactions });
  store.emit("changed", store.messages.get(message), known);
}

function channelGone(store, actions, id) {
  store.channels.delete(id);
  store.emit("channels");
  if (store.current === id) actions.openFirst();
}

function typing(store, { channel, user: id }) {
  const key = `${channel}:${id}`;
  clearTimeout(store.typing.get(key)?.timer);
  const timer = setTimeout(() => stopTyping(store, channel, id), TYPING_LASTS);
  store.typing.set(key, { channel, user: id, timer });
  store.emit("typing");
}

function stopTyping(store, channel, user) {
  const key = `${channel}:${user}`;
  clearTimeout(store.typing.get(key)?.timer);
  if (store.typing.delete(key)) store.emit("typing");
}

function interacted(store, interaction) {
  if (interaction.kind === Interaction.COMMAND) {
    store.pending.set(interaction.id, interaction);
    store.emit("entries", interaction.channel);
  }
}

function answered(store, actions, told) {
  const entry = store.pending.get(told.interaction);
  if (store.pending.delete(told.interaction)) store.emit("entries", entry.channel);
  freed(store, told.interaction);
  actions.settled(told.interaction, null);
  if (told.kind === Reply.MODAL) actions.modal(told.interaction, told.modal);
}

function failed(store, actions, { interaction }) {
  const entry = store.pending.get(interaction);
  if (entry) {
    store.pending.set(interaction, { ...entry, failed: true });
    store.emit("entries", entry.channel);
  }
  const message = freed(store, interaction);
  if (message) {
    store.failed.set(message, "The application did not respond.");
    store.emit("busy", message);
  }
  actions.settled(interaction, "The application did not respond.");
}

/** Let a button be pressed again once its interaction is over; returns the id of the message it is on. */
function freed(store, interaction) {
  for (const [key, id] of store.busy) {
    if (id !== interaction) continue;
    store.busy.delete(key);
    const [message] = key.split(":");
    store.emit("busy", message);
    return message;
  }
  return null;
}
