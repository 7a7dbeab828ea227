/** What can be done with a message: by the bar that appears on it, by a right click, a long press, or the keyboard. */

import { h, fill } from "./dom.js";
import { EMOJI } from "./emoji.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { oneLine } from "./markdown-view.js";
import { flattened } from "./plain.js";
import { CommandKind, isEphemeral, isLoading, isThread, ChannelKind } from "./wire.js";

const LONG_PRESS = 500;

/** Watches the messages in `element`. `does` has reply, thread, edit, remove, explain. */
export class MessageMenu {
  #store;
  #actions;
  #does;
  #names;
  #bar = h("div", { class: "toolbar", role: "group", "aria-label": "Message" });
  #message = null;

  constructor(element, store, actions, names, does) {
    this.#store = store;
    this.#actions = actions;
    this.#names = names;
    this.#does = does;
    element.addEventListener("mouseover", (event) => this.#show(event.target));
    element.addEventListener("focusin", (event) => this.#show(event.target));
    element.addEventListener("mouseleave", () => this.#bar.contains(document.activeElement) || this.#hide());
    element.addEventListener("contextmenu", (event) => this.#context(event));
    element.addEventListener("keydown", (event) => this.#keys(event));
    longPress(element, (target, at) => this.#open(target, at));
  }

  #of(target) {
    const article = target.closest?.("article[data-message-id]");
    return article ? { article, message: this.#store.messages.get(article.dataset.messageId) } : {};
  }

  #show(target) {
    const { article, message } = this.#of(target);
    if (!message || (this.#bar.parentNode === article && this.#message === message)) return;
    if (this.#bar.contains(document.activeElement) && !article.contains(document.activeElement)) return;
    this.#message = message;
    // While it has the focus its buttons stay those that they are.
    if (!this.#bar.contains(document.activeElement)) fill(this.#bar, this.#buttons(message));
    if (this.#bar.parentNode !== article) article.append(this.#bar);
  }

  #hide() {
    this.#bar.remove();
    this.#message = null;
  }

  #buttons(message) {
    const own = message.author.id === this.#store.me?.id;
    const bot = message.author.id === this.#store.bot?.id;
    const button = (label, name, does) =>
      h(
        "button",
        { type: "button", class: "tool", "aria-label": label, title: label, on: { click: does } },
        icon(name),
      );
    return [
      bot && button("What the bot did", "look", () => this.#does.explain(message)),
      !isEphemeral(message) && button("Add reaction", "smile", (event) => this.#pick(message, event.currentTarget)),
      own
        ? button("Edit", "pencil", () => this.#does.edit(message))
        : !isEphemeral(message) && button("Reply", "reply", () => this.#does.reply(message)),
      button("More", "more", (event) => this.#menu(message, event.currentTarget)),
    ];
  }

  #context(event) {
    const { message, article } = this.#of(event.target);
    // Links, selected words and fields keep the browser's own menu.
    if (!message || event.target.closest("a, textarea, input") || !getSelection().isCollapsed) return;
    event.preventDefault();
    const byKey = event.clientX === 0 && event.clientY === 0;
    const box = article.getBoundingClientRect();
    this.#menu(
      message,
      byKey ? { x: box.left + 72, y: box.top + 24 } : { x: event.clientX, y: event.clientY },
      article,
    );
  }

  #open(target, at) {
    const { message, article } = this.#of(target);
    if (message) this.#menu(message, at, article);
  }

  #keys(event) {
    if (!event.target.matches("article")) return;
    const { message, article } = this.#of(event.target);
    if (!message || event.ctrlKey || event.altKey || event.metaKey) return;
    const does = {
      Enter: () =>
        this.#menu(
          message,
          { x: article.getBoundingClientRect().left + 72, y: article.getBoundingClientRect().top + 24 },
          article,
        ),
      r: () => isEphemeral(message) || this.#does.reply(message),
      e: () => message.author.id === this.#store.me?.id && this.#does.edit(message),
      "+": () => isEphemeral(message) || this.#pick(message, article),
    }[event.key];
    if (!does) return;
    event.preventDefault();
    does();
  }

  #menu(message, at, back = document.activeElement) {
    openMenu("Message", this.#entries(message, at, back), at, { back });
  }

  #entries(message, at, back) {
    const store = this.#store;
    const own = message.author.id === store.me?.id;
    const bot = message.author.id === store.bot?.id;
    const open = !isEphemeral(message) && !isLoading(message);
    const menus = store.commands.filter((command) => command.type === CommandKind.MESSAGE_MENU);
    const entries = [
      bot && { label: "What the bot did", icon: "look", does: () => this.#does.explain(message) },
      bot && null,
      open && { label: "Add Reaction", icon: "smile", does: () => this.#pick(message, at, back) },
      open && { label: "Reply", icon: "reply", does: () => this.#does.reply(message) },
      open &&
        this.#mayThread(message) && { label: "Create Thread", icon: "thread", does: () => this.#does.thread(message) },
      open &&
        menus.length > 0 && {
          label: "Apps",
          entries: menus.map((menu) => ({
            label: menu.name,
            icon: "apps",
            does: () => this.#actions.menu(message, menu.name),
          })),
        },
      {
        label: "Copy Text",
        icon: "copy",
        does: () => navigator.clipboard.writeText(oneLine(flattened(message), this.#names)),
      },
      own && { label: "Edit Message", icon: "pencil", does: () => this.#does.edit(message) },
      isEphemeral(message) && { label: "Dismiss Message", icon: "eye", does: () => this.#actions.dismiss(message.id) },
      open &&
        (own || store.channel?.may_delete_any) && {
          label: "Delete Message",
          icon: "bin",
          danger: true,
          does: () => this.#does.remove(message),
        },
    ];
    return entries.filter((entry) => entry !== false && entry !== undefined);
  }

  #mayThread(message) {
    const { channel } = this.#store;
    return channel?.may_thread && !message.thread && !isThread(channel) && channel.type === ChannelKind.TEXT;
  }

  #pick(message, at, back = document.activeElement) {
    const entries = EMOJI.map(([sign, label]) => ({ sign, label, does: () => this.#actions.react(message, sign) }));
    openMenu("Reactions", entries, at, { back, grid: true });
  }
}

/** Call `heard` where a finger stays on something: some browsers open no context menu then. */
function longPress(element, heard) {
  let timer = null;
  const stop = () => clearTimeout(timer);
  element.addEventListener(
    "touchstart",
    (event) => {
      stop();
      const [touch] = event.touches;
      if (event.target.closest("a, button, textarea, input, select")) return;
      timer = setTimeout(() => heard(event.target, { x: touch.clientX, y: touch.clientY }), LONG_PRESS);
    },
    { passive: true },
  );
  for (const name of ["touchend", "touchmove", "touchcancel", "contextmenu"])
    element.addEventListener(name, stop, { passive: true });
}
