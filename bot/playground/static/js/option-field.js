/** A field for one option of a slash command, with whatever may stand in it offered above. */

import { h, attribute, uid } from "./dom.js";
import { channelName } from "./names.js";
import { ChannelKind, OptionKind } from "./wire.js";

const PAUSE = 120; // milliseconds of no typing before the bot is asked
const LONGEST = 6000;

/** `context` has store, actions, completion, `command` (its path) and `others()`, the values of the other options. */
export class OptionField {
  #context;
  #picked = null;
  #timer = null;
  #asked = 0;

  constructor(option, context) {
    this.option = option;
    this.#context = context;
    const offers = this.#offers();
    const problem = uid("problem");
    this.input = h("input", {
      type: "text",
      id: uid("option-field"),
      class: "option-input",
      autocomplete: "off",
      role: offers ? "combobox" : null,
      "aria-expanded": offers ? "false" : null,
      "aria-autocomplete": offers ? "list" : null,
      "aria-required": String(Boolean(option.required)),
      "aria-describedby": `${problem}-about ${problem}`,
      inputmode: [OptionKind.INTEGER, OptionKind.NUMBER].includes(option.type) ? "decimal" : null,
      maxlength: option.max_length ?? LONGEST,
      "data-option": option.name,
    });
    this.#problem = h("span", { class: "unseen", id: problem });
    this.element = h(
      "span",
      { class: ["option", option.type === OptionKind.STRING && !offers && "long"] },
      h("label", { for: this.input.id }, option.name),
      this.input,
      h(
        "span",
        { class: "unseen", id: `${problem}-about` },
        `${option.description}${option.required ? "" : " (optional)"}`,
      ),
      this.#problem,
    );
    this.input.addEventListener("input", () => this.#typed());
    this.input.addEventListener("focus", () => this.offer());
    this.input.addEventListener("blur", (event) => this.#left(event));
  }

  #problem;

  /** Return the value that is sent; undefined where the option is left out. */
  get value() {
    const text = this.input.value;
    if (this.#picked && this.#picked.name === text) return this.#picked.value;
    if (text === "") return undefined;
    const known = this.#known();
    if (known) return known.find((one) => one.name.toLowerCase() === text.trim().toLowerCase())?.value;
    return [OptionKind.INTEGER, OptionKind.NUMBER].includes(this.option.type) ? Number(text) : text;
  }

  set value(text) {
    this.input.value = text;
  }

  /** Return why what stands in the field cannot be sent, in a sentence; "" where it can. */
  check() {
    const told = this.#wrong();
    attribute(this.input, "aria-invalid", told ? "true" : null);
    this.element.classList.toggle("wrong", Boolean(told));
    this.#problem.textContent = told;
    return told;
  }

  #wrong() {
    const { name, required, type, min_length: least, min_value: low, max_value: high } = this.option;
    const text = this.input.value;
    if (!text.trim()) return required ? `${name} is required: ${lowerFirst(this.option.description)}.` : "";
    if (type === OptionKind.ATTACHMENT) return `${name} takes a file, which this page cannot attach.`;
    const { value } = this;
    if (this.#known() && value === undefined) return `${name} takes one of the list.`;
    if (typeof value === "number") {
      if (Number.isNaN(value) || (type === OptionKind.INTEGER && !Number.isInteger(value)))
        return `${name} takes a ${type === OptionKind.INTEGER ? "whole " : ""}number.`;
      if ((low !== undefined && value < low) || (high !== undefined && value > high))
        return `${name} takes ${low ?? "any"} to ${high ?? "any"}.`;
    }
    return least && text.length < least ? `${name} takes at least ${least} characters.` : "";
  }

  /** Show what may stand here. */
  offer() {
    const { completion } = this.#context;
    const head = this.#head();
    const show = (items, note = "", first = true) =>
      completion.show(this.input, {
        items: items.map((one) => ({ content: one.name, value: one })),
        pick: (one) => this.#pick(one),
        head,
        note,
        first,
        label: `Choices for ${this.option.name}`,
      });
    if (!this.#offers()) show([]);
    else if (this.option.autocomplete) this.#complete(show);
    else {
      const typed = this.#picked?.name === this.input.value ? "" : this.input.value.trim().toLowerCase();
      const found = this.#known().filter((one) => one.name.toLowerCase().includes(typed));
      show(found, found.length ? "" : "Nothing of that name", typed !== "" || !this.#picked);
    }
  }

  #head() {
    const { name, description, required } = this.option;
    return [
      h("strong", {}, name),
      h("span", {}, description),
      h("span", { class: "needed" }, required ? "required" : "optional"),
    ];
  }

  #typed() {
    if (this.#picked && this.#picked.name !== this.input.value) this.#picked = null;
    if (this.input.hasAttribute("aria-invalid")) this.check();
    this.offer();
    this.#context.changed();
  }

  #left(event) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.input.removeAttribute("aria-busy");
    if (this.#context.completion.serves(this.input)) this.#context.completion.left(event);
  }

  #pick(one) {
    this.#picked = one;
    this.input.value = one.name;
    if (this.input.hasAttribute("aria-invalid")) this.check();
    this.#context.picked(this);
  }

  /** Ask the bot, once nothing was typed for a moment; an answer that is no longer wanted is dropped. */
  #complete(show) {
    clearTimeout(this.#timer);
    this.#asked += 1;
    const number = this.#asked;
    const { completion, actions, command, others } = this.#context;
    this.input.setAttribute("aria-busy", "true");
    if (!completion.serves(this.input) || !completion.open) show([], "Loading options…");
    this.#timer = setTimeout(async () => {
      const typed = this.#picked?.name === this.input.value ? "" : this.input.value;
      let note = "No options match your search";
      let choices = [];
      try {
        choices = await actions.complete(command, this.option.name, typed, others(this));
      } catch (error) {
        note = `Loading options failed: ${error.message}`;
      }
      if (number !== this.#asked) return;
      this.input.removeAttribute("aria-busy");
      show(choices, choices.length ? "" : note, typed !== "");
    }, PAUSE);
  }

  #offers() {
    return Boolean(this.option.autocomplete || this.#known());
  }

  /** Return all that may stand here, as names and values; null where anything may. */
  #known() {
    const { store } = this.#context;
    const { type, choices, channel_types: kinds } = this.option;
    if (choices?.length) return choices;
    const users = () =>
      [...store.people, ...(store.bot ? [store.user(store.bot.id)] : [])].map((one) => ({
        name: `@${one.name}`,
        value: one.id,
      }));
    const roles = () => store.roles.map((one) => ({ name: `@${one.name.replace(/^@/, "")}`, value: one.id }));
    switch (type) {
      case OptionKind.BOOLEAN:
        return [
          { name: "True", value: true },
          { name: "False", value: false },
        ];
      case OptionKind.USER:
        return users();
      case OptionKind.ROLE:
        return roles();
      case OptionKind.MENTIONABLE:
        return [...users(), ...roles()];
      case OptionKind.CHANNEL:
        return [...store.channels.values()]
          .filter((one) => one.type !== ChannelKind.DM && (!kinds?.length || kinds.includes(one.type)))
          .map((one) => ({ name: `#${channelName(one, store)}`, value: one.id }));
      default:
        return null;
    }
  }
}

function lowerFirst(text) {
  return `${text[0]?.toLowerCase() ?? ""}${text.slice(1)}`;
}
