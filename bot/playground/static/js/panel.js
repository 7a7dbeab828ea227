/** The side panel: what the bot did for an answer, from the question to the request as it was sent. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { exchanges } from "./panel-requests.js";
import { passages, sentences } from "./panel-tables.js";
import { evidence, quotes, times, verdict } from "./panel-verdict.js";
import { written } from "./panel-written.js";
import { labelOf } from "./message.js";
import { isLoading } from "./wire.js";

/** Draws the panel into `element`; `moved` is called when it is opened or closed. */
export class Panel {
  #element;
  #store;
  #actions;
  #moved;
  #jump;
  #content = h("div", { class: "panel-content" });
  #followed = h("p", { class: "panel-of" });
  #message = null;
  #pinned = false;
  #number = 0;
  #back = null;

  constructor(element, store, actions, moved, jump) {
    this.#element = element;
    this.#store = store;
    this.#actions = actions;
    this.#moved = moved;
    this.#jump = jump;
    element.append(
      h(
        "header",
        { class: "panel-head" },
        h("h2", {}, "What the bot did"),
        h(
          "button",
          { type: "button", class: "tool", "aria-label": "Close the panel", on: { click: () => this.close() } },
          icon("close"),
        ),
      ),
      this.#content,
    );
    element.addEventListener("keydown", (event) => event.key === "Escape" && this.close());
    // It may come after its message was drawn: then there was none to show yet.
    store.on("trace", ({ message }) => (message === this.#message?.id ? this.#load() : this.#follow()));
    store.on("message", () => this.#follow());
    store.on("changed", (message) => (message.id === this.#message?.id ? this.#load() : this.#follow()));
    store.on("messages", () => {
      this.#pinned = false;
      this.#message = null;
      if (this.open) this.#follow() || this.#empty();
    });
  }

  get open() {
    return !this.#element.hidden;
  }

  /** Show what the bot did for a message, or where none is given, for its latest. */
  show(message = null, { focus = true } = {}) {
    this.#back = document.activeElement;
    this.#element.hidden = false;
    this.#pinned = message !== null;
    this.#message = message ?? this.#latest();
    if (this.#message) this.#load();
    else this.#empty();
    this.#moved(true);
    if (focus) this.#element.focus({ preventScroll: true });
  }

  close() {
    if (!this.open) return;
    const held = this.#element.contains(document.activeElement);
    this.#element.hidden = true;
    this.#moved(false);
    if (held && this.#back?.isConnected) this.#back.focus({ preventScroll: true });
    else if (held) document.getElementById("message")?.focus();
  }

  #latest() {
    const { bot, messages } = this.#store;
    return (
      this.#store
        .shown()
        .reverse()
        .find((message) => message.author.id === bot?.id && messages.has(message.id) && !isLoading(message)) ?? null
    );
  }

  /** Go on to the latest answer, unless one was chosen; says whether there is one. */
  #follow() {
    if (!this.open || (this.#pinned && this.#store.messages.has(this.#message?.id))) return true;
    const latest = this.#latest();
    if (!latest) return false;
    this.#message = latest;
    this.#load();
    return true;
  }

  async #load() {
    if (!this.open) return;
    this.#number += 1;
    const number = this.#number;
    const message = this.#message;
    this.#content.setAttribute("aria-busy", "true");
    let found = null;
    let failure = null;
    try {
      found = await this.#actions.trace(message);
    } catch (error) {
      failure = error.message;
    }
    if (number !== this.#number) return;
    this.#content.removeAttribute("aria-busy");
    this.#of(message);
    if (failure) fill(this.#content, this.#followed, h("p", { class: "panel-note" }, failure));
    else this.#draw(found);
  }

  #of(message) {
    fill(
      this.#followed,
      h(
        "button",
        { type: "button", class: "plain-link", on: { click: () => this.#jump(message.id) } },
        labelOf(message),
      ),
      this.#pinned && [
        " · ",
        h(
          "button",
          { type: "button", class: "plain-link", on: { click: () => this.show(null, { focus: false }) } },
          "Go on to the latest",
        ),
      ],
    );
  }

  #draw({ trace, exchanges: sent, written: wrote }) {
    const open = new Set([...this.#content.querySelectorAll("details[open]")].map((one) => one.dataset.key));
    const { scrollTop } = this.#content;
    fill(
      this.#content,
      this.#followed,
      trace
        ? [verdict(trace), written(wrote), quotes(trace), evidence(trace), times(trace), passages(trace), sentences(trace)]
        : h("p", { class: "panel-note" }, "No answer was looked for here: there is only what was sent."),
      exchanges(sent ?? []),
    );
    for (const one of this.#content.querySelectorAll("details")) if (open.has(one.dataset.key)) one.open = true;
    this.#content.scrollTop = scrollTop;
  }

  #empty() {
    fill(
      this.#content,
      h(
        "div",
        { class: "panel-empty" },
        icon("look"),
        h("p", {}, "Ask something: here you see how the answer was found."),
        h(
          "p",
          { class: "subtext" },
          "The passages that came near, why this quote, how sure the bot is, what took how long, and the request as it was sent.",
        ),
      ),
    );
  }
}
