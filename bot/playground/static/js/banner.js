/** The strip that says when the bot is not there, or the connection is not. */

import { h, fill, attribute } from "./dom.js";
import { icon } from "./icons.js";

const STEPS = {
  reading: "reading the documents",
  encoding: "taking in what they say",
  writing: "writing the index",
};
const PATIENCE = 2; // attempts after which a lost connection is no hiccup any more

/** Draws the strip into `element`. */
export class Banner {
  #store;
  #actions;
  #live = h("div", { role: "status", class: "banner-live" });
  #bar = null;
  #shown = "";

  constructor(element, store, actions) {
    this.#store = store;
    this.#actions = actions;
    element.append(this.#live);
    store.on("hello bot connected", () => this.#draw());
  }

  #draw() {
    const { connected, botState, failures } = this.#store;
    if (!connected) this.#lost(failures);
    else if (botState.state === "stopped") this.#stopped(botState);
    else if (botState.state === "ready") this.#nothing();
    else this.#starting(botState);
  }

  #nothing() {
    this.#shown = "";
    fill(this.#live);
  }

  #lost(failures) {
    if (!this.#store.server.id && failures < PATIENCE) return;
    const told =
      failures < PATIENCE
        ? "The connection was lost. Connecting again…"
        : "The playground does not answer: it may have been stopped. Trying again and again… Started anew it has another address.";
    this.#show(`lost ${told}`, "bad", icon("warning"), h("p", {}, told));
  }

  #stopped({ told }) {
    this.#show(
      `stopped ${told}`,
      "bad",
      icon("warning"),
      h("p", {}, h("strong", {}, "The bot has stopped."), " ", told ?? ""),
      h(
        "button",
        { type: "button", class: "button primary small", on: { click: (event) => this.#restart(event.currentTarget) } },
        "Start it again",
      ),
    );
  }

  async #restart(button) {
    button.setAttribute("aria-busy", "true");
    await this.#actions.restart();
    button.removeAttribute("aria-busy");
  }

  #starting({ state, step, done, total, told }) {
    const what = STEPS[step] ?? step;
    const sentence =
      told || (state === "building" ? `The index is being built: ${what ?? "beginning"}.` : "The bot is starting.");
    // A line that is read aloud anew with every document would never end.
    if (this.#shown !== `starting ${sentence}`) {
      this.#bar = h("progress", { "aria-label": "How far the bot's start is" });
      this.#count = h("span", { class: "banner-count", "aria-hidden": "true" });
      this.#show(
        `starting ${sentence}`,
        "busy",
        h("span", { class: "spinner", "aria-hidden": "true" }),
        h("p", {}, sentence),
        this.#count,
        this.#bar,
      );
    }
    attribute(this.#bar, "max", total || null);
    attribute(this.#bar, "value", total ? (done ?? 0) : null);
    fill(this.#count, total > 1 ? `${(done ?? 0).toLocaleString()} of ${total.toLocaleString()}` : "");
  }

  #count = null;

  #show(key, kind, ...content) {
    if (this.#shown === key) return;
    this.#shown = key;
    fill(this.#live, h("div", { class: ["banner", kind] }, content));
  }
}
