/** All that the page knows. Views listen to it and never change it; `pushes.js` and `actions.js` do. */

import { Emitter } from "./emitter.js";
import { compareIds, isThread } from "./wire.js";

/**
 * Emits: `hello`, `bot` (each step), `phase` (another state of the bot), `welcome`, `me` (another person), `channels`, `open` (another channel is shown), `messages` (all anew),
 * `message` (new), `changed`, `gone`, `entries` (interactions that wait or failed), `busy`, `typing`, `unread`,
 * `connected`, `trace`, `documents`.
 */
export class Store extends Emitter {
  connected = false;
  failures = 0;
  server = { id: "", name: "" };
  bot = null;
  botState = { state: "starting" };
  people = [];
  roles = [];
  welcome = null;
  accepts = [];
  limits = {};
  me = null;
  direct = null;
  channels = new Map();
  current = null;
  messages = new Map();
  /** Interactions with no answer yet, or none in time, by id. */
  pending = new Map();
  commands = [];
  /** Buttons and selects that wait, "message:custom_id", with the interaction's id once it is known. */
  busy = new Map();
  /** Buttons that failed: message id to sentence. */
  failed = new Map();
  typing = new Map();
  unread = new Map();
  /** What becomes of dropped files, or null. */
  documents = null;

  get channel() {
    return this.channels.get(this.current) ?? null;
  }

  /** Return a channel's threads that are shown, newest first. */
  threadsOf(id) {
    const found = [...this.channels.values()].filter((one) => isThread(one) && one.parent_id === id);
    return found.sort((one, other) => compareIds(other.id, one.id));
  }

  /** Return the messages of the channel that is shown, in order. */
  shown() {
    return [...this.messages.values()].sort((one, other) => compareIds(one.id, other.id));
  }

  /** Return a user by id: a person, the bot, or whoever wrote something here. */
  user(id) {
    if (id === this.bot?.id) return { id, name: this.bot.global_name ?? this.bot.username, bot: true, roles: [] };
    return this.people.find((person) => person.id === id) ?? null;
  }

  role(id) {
    return this.roles.find((role) => role.id === id) ?? null;
  }

  put(channel) {
    const known = this.channels.get(channel.id);
    this.channels.set(channel.id, { ...known, ...channel });
    for (const thread of channel.threads ?? [])
      this.channels.set(thread.id, { ...this.channels.get(thread.id), ...thread });
  }
}
