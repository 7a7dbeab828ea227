/** The messages of the channel that is shown: one article each, kept in order, grouped by author. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { divider } from "./dividers.js";
import { refreshTimes } from "./markdown-view.js";
import { goesOn, labelOf, parts } from "./message.js";
import { avatar, namePlate } from "./names.js";
import { rove } from "./roving.js";
import { dayOf } from "./time.js";
import { fillWaiting } from "./waiting.js";
import { compareIds, isEphemeral, isLoading } from "./wire.js";

const NEAR = 80; // pixels from the end that still count as being at it
const MOST = 300;
const MINUTE = 60_000;

/** Draws messages into `element`. `context` is handed to each; `start` returns what stands above the first. */
export class Messages {
  #store;
  #context;
  #start;
  #articles = new Map();
  #startBox = h("div", { class: "start" });
  #list = h("div", { class: "list" });
  #log = h("div", { class: "log", id: "messages", role: "log", "aria-live": "polite", tabindex: -1 });
  #jump;
  #roving;
  #atEnd = true;
  editing = null;

  constructor(element, store, context, start) {
    this.#store = store;
    this.#context = context;
    this.#start = start;
    this.#jump = h(
      "button",
      { type: "button", class: "jump", hidden: true, on: { click: () => this.toEnd(true) } },
      h("span", {}, "Newer messages"),
      icon("down"),
    );
    this.#log.append(this.#startBox, this.#list);
    element.append(this.#log, this.#jump);
    this.#roving = rove(this.#list, "article");
    this.#log.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.#list);
    new ResizeObserver(() => this.#atEnd && this.toEnd()).observe(this.#log);
    setInterval(() => refreshTimes(this.#list), MINUTE / 2);
    this.#listen();
  }

  #listen() {
    const store = this.#store;
    store.on("messages", () => this.#all());
    store.on("message", (message) => this.#added(message));
    store.on("changed", (message, before) => this.#changed(message, before));
    store.on("gone", (id) => this.#gone(id));
    store.on("entries", () => this.#entries());
    store.on("busy", (id) => this.#redraw(id));
    store.on("channels unread", () => this.#threads());
    store.on("hello phase welcome", () => this.#top());
  }

  /** Show the newest message. */
  toEnd(smoothly = false) {
    const behavior = smoothly && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant";
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior });
  }

  /** Go to a message and show which one it is. */
  jump(id) {
    const article = this.#articles.get(id);
    if (!article) return false;
    article.scrollIntoView({ block: "center" });
    this.#roving.focus(article);
    article.classList.remove("found");
    requestAnimationFrame(() => article.classList.add("found"));
    return true;
  }

  /** Put the focus on the newest message. */
  focusLast() {
    const last = this.#list.querySelector("article:last-of-type");
    if (last) this.#roving.focus(last);
    else this.#log.focus();
  }

  /** Put something in a message's place, as its editor; null gives the message back. */
  edit(id, editor) {
    const before = this.editing;
    this.editing = editor ? { id, editor } : null;
    if (before) this.#redraw(before.id);
    if (editor) this.#redraw(id);
  }

  #all() {
    this.#log.setAttribute("aria-busy", "true");
    this.#log.setAttribute("aria-label", `Messages in ${this.#context.channelName()}`);
    const held = this.#list.contains(document.activeElement) && document.activeElement.closest("article");
    this.editing = null;
    this.#articles.clear();
    fill(this.#list);
    this.#top();
    for (const entry of this.#inOrder()) this.#put(entry);
    this.#regroup();
    this.#roving.refresh(this.#list.querySelector("article:last-of-type"));
    // After a reconnection: the same message has the focus again.
    const again = held && this.#articles.get(held.dataset.id);
    if (again) this.#roving.focus(again);
    else if (held) this.focusLast();
    this.#atEnd = true;
    this.toEnd();
    // Once it is there: from now on what is new is read aloud.
    requestAnimationFrame(() => this.#log.removeAttribute("aria-busy"));
  }

  #top() {
    fill(this.#startBox, this.#start());
  }

  #inOrder() {
    const { pending, current } = this.#store;
    const waiting = [...pending.values()].filter((entry) => entry.channel === current);
    return [...this.#store.shown(), ...waiting].sort((one, other) => compareIds(one.id, other.id));
  }

  #added(message) {
    this.#put(message);
    this.#regroup();
    this.#trim();
    this.#roving.refresh(null, { last: true });
    const own = message.author.id === this.#store.me?.id;
    if (this.#atEnd || own) this.toEnd();
    else this.#jump.hidden = false;
  }

  #changed(message, before) {
    const article = this.#articles.get(message.id);
    if (!article) return;
    // A bar that moves is not read aloud each time; an answer that takes the place of "thinking" is.
    article.setAttribute("aria-live", before && isLoading(before) ? "polite" : "off");
    this.#redraw(message.id);
  }

  #gone(id) {
    const article = this.#articles.get(id);
    if (!article) return;
    const held = article.contains(document.activeElement);
    const next = article.nextElementSibling ?? article.previousElementSibling;
    this.#articles.delete(id);
    article.remove();
    this.#regroup();
    this.#roving.refresh(null, { last: true });
    if (held) next?.matches("article") ? this.#roving.focus(next) : this.#context.focusComposer();
  }

  #entries() {
    const waiting = new Map(this.#inOrder().map((entry) => [entry.id, entry]));
    for (const [id, article] of this.#articles) {
      if (article.dataset.interactionId && !waiting.has(id)) this.#gone(id);
    }
    for (const [id, entry] of waiting) {
      if (this.#store.messages.has(id)) continue;
      if (this.#articles.has(id)) this.#fillWaiting(this.#articles.get(id), entry);
      else this.#put(entry);
    }
    this.#regroup();
    if (this.#atEnd) this.toEnd();
  }

  #put(entry) {
    if (this.#articles.has(entry.id)) return this.#redraw(entry.id);
    const article = h("article", { class: "message", tabindex: -1 });
    this.#articles.set(entry.id, article);
    if (entry.author) {
      article.dataset.messageId = entry.id;
      this.#mark(article, entry);
    } else {
      article.dataset.interactionId = entry.id;
      this.#fillWaiting(article, entry);
    }
    article.dataset.id = entry.id;
    const after = [...this.#list.querySelectorAll("article")]
      .reverse()
      .find((other) => compareIds(other.dataset.id, entry.id) < 0);
    if (after) after.after(article);
    else this.#list.prepend(article);
  }

  /** Fill each message that is new or whose place in its group has changed, and set lines between days. */
  #regroup() {
    for (const line of this.#list.querySelectorAll(".day")) line.remove();
    let before = null;
    let day = null;
    for (const article of this.#list.querySelectorAll("article")) {
      const message = this.#store.messages.get(article.dataset.id);
      const date = message ? dayOf(new Date(message.timestamp)) : day;
      if (message && day !== null && date !== day) article.before(divider(new Date(message.timestamp)));
      const together = Boolean(message && date === day && goesOn(message, before));
      if (message && article.dataset.together !== String(together)) {
        article.dataset.together = String(together);
        article.classList.toggle("together", together);
        this.#redraw(message.id);
      }
      day = date;
      before = message ?? null;
    }
  }

  #redraw(id) {
    const article = this.#articles.get(id);
    const message = this.#store.messages.get(id);
    if (!article || !message) return;
    const focused = article.contains(document.activeElement) ? document.activeElement : null;
    const key = focused?.dataset.key;
    this.#mark(article, message);
    const drawn =
      this.editing?.id === id
        ? [
            h("div", { class: "side" }, avatar(message.author)),
            h("div", { class: "body" }, namePlate(message.author, this.#store), this.editing.editor),
          ]
        : parts(message, article.dataset.together === "true", {
            ...this.#context,
            message,
            store: this.#store,
            ...this.#uses(message),
          });
    const toolbar = article.querySelector(".toolbar");
    fill(article, drawn, toolbar);
    if (focused && !article.contains(document.activeElement) && this.editing?.id !== id) {
      const again = focused.isConnected
        ? focused
        : key && article.querySelector(`[data-key="${CSS.escape(key)}"]:not(:disabled)`);
      (again || article).focus({ preventScroll: true });
    }
    if (this.#atEnd) this.toEnd();
  }

  #uses(message) {
    return {
      press: (customId) => this.#context.press(message, customId),
      pick: (customId, values) => this.#context.press(message, customId, values),
    };
  }

  #mark(article, message) {
    const { me } = this.#store;
    const mine = (me?.roles ?? []).map((role) => role.id);
    const pinged =
      message.mention_everyone ||
      (message.mentions ?? []).some((user) => user.id === me?.id) ||
      (message.mention_roles ?? []).some((id) => mine.includes(id));
    article.classList.toggle("ephemeral", isEphemeral(message));
    article.classList.toggle("pinged", Boolean(pinged) && message.author.id !== me?.id);
    article.setAttribute("aria-label", labelOf(message));
    article.setAttribute("aria-busy", String(isLoading(message)));
    article.dataset.authorId = message.author.id;
  }

  #fillWaiting(article, entry) {
    fillWaiting(article, entry, this.#store, (id) => this.#context.dismiss(id));
  }

  #threads() {
    for (const message of this.#store.messages.values()) if (message.thread) this.#redraw(message.id);
  }

  #trim() {
    while (this.#articles.size > MOST && this.#atEnd) {
      const [id] = this.#articles.keys();
      this.#articles.get(id).remove();
      this.#articles.delete(id);
      this.#store.messages.delete(id);
    }
  }

  #scrolled() {
    const left = this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
    this.#atEnd = left < NEAR;
    if (this.#atEnd) this.#jump.hidden = true;
  }
}
