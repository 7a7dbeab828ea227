/** The line above the messages: where one is, and what can be opened beside it. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { channelName, kindOf } from "./names.js";
import { isThread } from "./wire.js";

/** Draws the line into `element`; `does` has `drawer`, `documents`, `panel` and `panelOpen`. */
export class Header {
  #store;
  #actions;
  #place = h("div", { class: "place" });
  #panelButton;
  #weekButton;

  constructor(element, store, actions, does) {
    this.#store = store;
    this.#actions = actions;
    this.#panelButton = h(
      "button",
      {
        type: "button",
        class: "tool worded",
        "aria-controls": "panel",
        on: { click: does.panel },
      },
      icon("look"),
      h("span", {}, "What the bot did"),
    );
    this.#weekButton = h(
      "button",
      {
        type: "button",
        class: "tool worded week",
        hidden: true,
        title: "The bot posts its weekly digest of what was asked",
        on: { click: () => actions.passWeek() },
      },
      icon("moon"),
      h("span", {}, "A week passes"),
    );
    element.append(
      h(
        "button",
        {
          type: "button",
          class: "tool only-narrow",
          id: "open-drawer",
          "aria-label": "Channels and people",
          "aria-controls": "sidebar",
          "aria-expanded": "false",
          on: { click: does.drawer },
        },
        icon("menu"),
      ),
      this.#place,
      h(
        "div",
        { class: "tools" },
        this.#weekButton,
        h(
          "button",
          { type: "button", class: "tool worded", on: { click: does.documents } },
          icon("upload"),
          h("span", {}, "Add documents"),
        ),
        this.#panelButton,
      ),
    );
    this.showPanel(false);
    store.on("hello me channels open", () => this.#draw());
  }

  /** Say whether the panel is open. */
  showPanel(open) {
    this.#panelButton.setAttribute("aria-expanded", String(open));
  }

  #draw() {
    const { channel } = this.#store;
    if (!channel) return;
    const name = channelName(channel, this.#store);
    const parent = isThread(channel) ? this.#store.channels.get(channel.parent_id) : null;
    this.#weekButton.hidden = channel.id !== this.#store.digestChannel;
    document.title = `${name} · Quoth's playground`;
    fill(
      this.#place,
      parent &&
        h(
          "button",
          { type: "button", class: "parent", on: { click: () => this.#actions.open(parent.id, { focus: true }) } },
          icon(kindOf(parent).icon),
          parent.name,
        ),
      parent && h("span", { class: "into", "aria-hidden": "true" }, "›"),
      icon(kindOf(channel).icon),
      h("h1", { class: "place-name" }, name),
      channel.topic && h("p", { class: "topic", title: channel.topic }, channel.topic),
    );
  }
}
