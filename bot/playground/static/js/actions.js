/** What a person does: asks the server, and puts what comes of it into the store. */

import { Emitter } from "./emitter.js";
import { remembered } from "./remembered.js";
import { ChannelKind, compareIds, Interaction } from "./wire.js";

/** Steps that are none: what came of it is told by `dropped`. */
const OVER = new Set(["done", "failed"]);
const GOING = new Set(["sending", "indexing"]);

/** Emits `told` with a sentence to show, `modal` with what is to be filled in, `settled` with an interaction's end. */
export class Actions extends Emitter {
  #store;
  #socket;
  /** Interactions that were answered before the page knew of them. */
  #over = new Set();
  #opening = 0;

  constructor(store, socket) {
    super();
    this.#store = store;
    this.#socket = socket;
  }

  /** Be another person. */
  async become(person) {
    const store = this.#store;
    const found = await this.#ask("become", { person });
    if (!found) return;
    const same = store.me?.id === found.me.id;
    store.me = found.me;
    store.direct = found.dm?.id ?? null;
    store.channels.clear();
    for (const channel of [...found.channels, ...(found.dm ? [found.dm] : [])]) store.put(channel);
    for (const { timer } of store.typing.values()) clearTimeout(timer);
    for (const map of [store.typing, store.busy, store.failed, store.pending]) map.clear();
    if (!same) store.unread.clear();
    remembered.person = person;
    store.emit("me");
    store.emit("channels");
    const wanted = remembered.channel(person);
    if (store.channels.has(wanted)) await this.open(wanted);
    else await this.openFirst();
  }

  /** Show the first channel that messages can be read in. */
  async openFirst() {
    const first = [...this.#store.channels.values()].find((channel) => channel.type === ChannelKind.TEXT);
    await this.open(first?.id ?? this.#store.direct);
  }

  /** Show a channel; `focus` says that the message box is where one goes on. */
  async open(id, { focus = false } = {}) {
    const store = this.#store;
    this.#opening += 1;
    const number = this.#opening;
    const found = await this.#ask("open", { channel: id });
    if (!found || number !== this.#opening) return;
    store.current = id;
    store.messages = new Map(found.messages.map((message) => [message.id, message]));
    store.commands = found.commands ?? [];
    this.#take(found.pending ?? [], id);
    store.unread.delete(id);
    remembered.keepChannel(store.me.id, id);
    store.emit("open", { focus });
    store.emit("messages");
    store.emit("unread");
  }

  /** Ask again which commands are offered. */
  async refreshCommands() {
    const store = this.#store;
    const id = store.current;
    const found = id ? await this.#ask("open", { channel: id }) : null;
    if (!found || store.current !== id) return;
    store.commands = found.commands ?? [];
    store.emit("commands");
  }

  /** Post a message; says whether it was taken. */
  async send(text, { replyTo = null, ping = true } = {}) {
    const fields = replyTo ? { reply_to: replyTo, ping } : {};
    return Boolean(await this.#ask("send", { channel: this.#store.current, text, ...fields }));
  }

  edit = (message, text) => this.#ask("edit", { ...where(message), text });
  delete = (message) => this.#ask("delete", where(message));
  react = (message, emoji) => this.#ask("react", { ...where(message), emoji });

  typing() {
    this.#socket.ask("typing", { channel: this.#store.current }).catch(() => {}); // it is a courtesy
  }

  /** Use a slash command. Returns null, or why it cannot be used, in a sentence. */
  async slash(command, options) {
    try {
      await this.#socket.ask("slash", { channel: this.#store.current, command, options });
      return null;
    } catch (error) {
      return error.message;
    }
  }

  /** Return what may stand in an option, after what was typed. Raises `RefusedError` or `LostError`. */
  async complete(command, option, typed, options) {
    const channel = this.#store.current;
    return (await this.#socket.ask("complete", { channel, command, option, typed, options })).choices;
  }

  /** Use an entry of a message's menu. */
  menu = (message, name) => this.#ask("menu", { ...where(message), name });

  /** Press a button, or pick `values` from a select. */
  async press(message, customId, values = null) {
    const store = this.#store;
    const key = `${message.id}:${customId}`;
    if (store.busy.has(key)) return;
    store.busy.set(key, null);
    store.failed.delete(message.id);
    store.emit("busy", message.id);
    const fields = { ...where(message), custom_id: customId };
    const found = await this.#ask(values ? "select" : "click", values ? { ...fields, values } : fields);
    if (found && !this.#over.delete(found.interaction)) store.busy.set(key, found.interaction);
    else {
      store.busy.delete(key);
      store.emit("busy", message.id);
    }
  }

  /** Send what was filled into a modal. Returns the interaction's id, or raises why it cannot be sent. */
  submit = async (opener, values) => (await this.#socket.ask("submit", { interaction: opener, values })).interaction;

  /** Say that the bot wants something filled in. */
  modal(interaction, modal) {
    this.emit("modal", interaction, modal);
  }

  /** Say whether an interaction was answered, or failed, lately. */
  wasSettled = (interaction) => this.#over.has(interaction);

  /** Say that an interaction was answered, or why it was not. */
  settled(interaction, failure) {
    if (![...this.#store.busy.values()].includes(interaction)) this.#remember(interaction);
    this.emit("settled", interaction, failure);
  }

  /** Begin a thread, on a message or in the channel. */
  async thread(name, message = null) {
    const channel = message?.channel_id ?? this.#store.current;
    const found = await this.#ask("thread", { channel, name, ...(message ? { message: message.id } : {}) });
    if (found) await this.#entered(found.channel);
  }

  /** Write a post in a forum; says whether it was taken. */
  async post(title, text) {
    const found = await this.#ask("post", { channel: this.#store.current, title, text });
    if (found) await this.#entered(found.channel);
    return Boolean(found);
  }

  /** Return what the bot did for a message. Raises `RefusedError` or `LostError`. */
  trace = (message) => this.#socket.ask("trace", where(message));

  restart = () => this.#ask("restart");

  /** Have the bot think that a week has passed: it posts its weekly digest. */
  passWeek = () => this.#ask("week");

  /** Say what came of that, where nothing can be seen of it. */
  weekPassed(digests) {
    if (!digests) this.emit("told", "A week has passed. Nothing was asked in it, so there is no digest.");
  }

  /** Put away what only one person sees. */
  dismiss(id) {
    const store = this.#store;
    remembered.dismiss(id);
    store.failed.delete(id);
    if (store.pending.delete(id)) store.emit("entries", store.current);
    if (store.messages.delete(id)) store.emit("gone", id);
  }

  documentsProgress(told) {
    if (told.step === "stopped") this.#documents({ state: "failed", failed: told.told });
    else if (!OVER.has(told.step)) this.#documents({ state: "indexing", failed: null, ...told });
  }

  /** Say that what becomes of documents is not known: the connection was lost. */
  documentsLost() {
    if (this.#store.documents?.state === "indexing")
      this.#documents({ state: "failed", failed: "The connection was lost before they were indexed." });
  }

  /** Take in what was added and refused: first as it is taken, then once more when it was indexed, or could not be. */
  documentsDropped({ added = [], refused = [], done, failed = null }) {
    const { state, refused: before = [] } = this.#store.documents ?? {};
    const over = done || !added.length;
    const all = [...(GOING.has(state) ? before : []), ...refused];
    this.#documents({ state: failed ? "failed" : over ? "done" : "indexing", added, refused: all, failed });
  }

  #documents(told) {
    this.#store.documents = { ...this.#store.documents, ...told };
    this.#store.emit("documents");
  }

  async #entered(channel) {
    this.#store.put(channel);
    this.#store.emit("channels");
    await this.open(channel.id, { focus: true });
  }

  #take(pending, channel) {
    const store = this.#store;
    const { dismissed } = remembered;
    for (const [id, entry] of store.pending) if (entry.channel === channel) store.pending.delete(id);
    for (const entry of pending) {
      if (entry.kind === Interaction.COMMAND && !dismissed.has(entry.id))
        store.pending.set(entry.id, { ...entry, channel });
    }
    for (const id of store.messages.keys()) if (dismissed.has(id)) store.messages.delete(id);
  }

  #remember(interaction) {
    this.#over.add(interaction);
    for (const id of [...this.#over].sort(compareIds).slice(0, -50)) this.#over.delete(id);
  }

  async #ask(name, fields) {
    try {
      return await this.#socket.ask(name, fields);
    } catch (error) {
      this.emit("told", error.message);
      return null;
    }
  }
}

function where(message) {
  return { channel: message.channel_id, message: message.id };
}
