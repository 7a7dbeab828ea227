/** The list of channels: text channels and forums with their threads, then direct messages. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, channelName, kindOf } from "./names.js";
import { rove } from "./roving.js";
import { ChannelKind, isThread } from "./wire.js";

const MOST_THREADS = 12;

/** Draws the list of channels into `element`; `left` is called when one was chosen. */
export class Channels {
  #store;
  #actions;
  #list = h("div", { class: "channel-groups" });
  #roving = rove(this.#list, "button.channel");
  #left;

  constructor(element, store, actions, left) {
    this.#store = store;
    this.#actions = actions;
    this.#left = left;
    element.append(h("nav", { class: "channels", "aria-label": "Channels" }, this.#head(), this.#list));
    store.on("hello me channels open unread phase connected", () => this.#draw());
  }

  #head() {
    const name = h("h1", { class: "server-name" }, "Quoth's playground");
    this.#store.on("hello", () => fill(name, this.#store.server.name));
    return h(
      "div",
      { class: "server" },
      name,
      h("p", { class: "server-note" }, "A stand-in for Discord, on this machine"),
    );
  }

  #draw() {
    const store = this.#store;
    const focused = this.#list.contains(document.activeElement) ? document.activeElement.dataset.channelId : null;
    const standing = [...store.channels.values()].filter((one) => !isThread(one) && one.type !== ChannelKind.DM);
    standing.sort((one, other) => (one.position ?? 0) - (other.position ?? 0));
    const direct = [...store.channels.values()].filter((one) => one.type === ChannelKind.DM);
    fill(this.#list, this.#group("Channels", standing), direct.length > 0 && this.#group("Direct messages", direct));
    const find = (id) => id && this.#list.querySelector(`[data-channel-id="${CSS.escape(id)}"]`);
    this.#roving.refresh(find(focused) ?? find(store.current));
    if (focused) (find(focused) ?? find(store.current))?.focus();
  }

  #group(title, channels) {
    return h(
      "section",
      { "aria-label": title },
      h("h2", { class: "group-title" }, title),
      h(
        "ul",
        {},
        channels.map((channel) => this.#entry(channel)),
      ),
    );
  }

  #entry(channel) {
    const threads = this.#store.threadsOf(channel.id).slice(0, MOST_THREADS);
    return h(
      "li",
      {},
      this.#button(channel),
      threads.length > 0 &&
        h(
          "ul",
          { class: "threads" },
          threads.map((thread) => h("li", {}, this.#button(thread))),
        ),
    );
  }

  #button(channel) {
    const store = this.#store;
    const unread = store.unread.get(channel.id) ?? 0;
    const kind = kindOf(channel);
    const name = channelName(channel, store);
    const label = [name, kind.word, unread > 0 && `${unread} unread`].filter(Boolean).join(", ");
    const direct = channel.type === ChannelKind.DM;
    return h(
      "button",
      {
        type: "button",
        class: ["channel", unread > 0 && "unread", direct && "direct"],
        "data-channel-id": channel.id,
        "aria-label": label,
        "aria-current": channel.id === store.current ? "page" : null,
        on: { click: () => this.#open(channel.id) },
      },
      direct ? this.#withPresence(channel) : icon(kind.icon),
      h("span", { class: "channel-name" }, name),
      unread > 0 && h("span", { class: "count", "aria-hidden": "true" }, String(unread)),
    );
  }

  #withPresence(channel) {
    const ready = this.#store.connected && this.#store.botState.state === "ready";
    return h(
      "span",
      { class: ["presence", ready && "online"] },
      avatar(channel.recipients?.[0] ?? this.#store.bot, "small"),
    );
  }

  #open(id) {
    this.#actions.open(id, { focus: true });
    this.#left();
  }
}
