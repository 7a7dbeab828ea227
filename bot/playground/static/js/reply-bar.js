/** The bar above the message box that says which message is replied to, and whether its author is notified. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { nameOf } from "./names.js";

export class ReplyBar {
  element = h("div", { class: "reply-bar", hidden: true });
  #message = null;
  #ping = true;
  #left;

  /** `left` is called when it is put away. */
  constructor(left) {
    this.#left = left;
  }

  /** What a message is to be sent with: the id of the one replied to, and whether its author is notified. */
  get reply() {
    return this.#message ? { replyTo: this.#message.id, ping: this.#ping } : {};
  }

  /** The message that is replied to, or null. */
  get message() {
    return this.#message;
  }

  /** Reply to a message; null replies to none. */
  show(message, { ping = true } = {}) {
    this.#message = message;
    this.#ping = ping;
    this.element.hidden = !message;
    if (message) this.#draw();
    else fill(this.element);
  }

  #draw() {
    const name = nameOf(this.#message.author);
    const toggle = h("button", {
      type: "button",
      class: "ping",
      "aria-pressed": "true",
      "aria-label": `Notify ${name}`,
      on: { click: turn },
    });
    const self = this;
    const draw = () => {
      toggle.setAttribute("aria-pressed", String(this.#ping));
      fill(toggle, icon("at"), this.#ping ? "On" : "Off");
    };
    function turn() {
      self.#ping = !self.#ping;
      draw();
    }
    draw();
    fill(
      this.element,
      h("p", {}, "Replying to ", h("strong", {}, name)),
      toggle,
      h(
        "button",
        { type: "button", class: "tool", "aria-label": "Do not reply", on: { click: () => this.#left() } },
        icon("close"),
      ),
    );
  }
}
