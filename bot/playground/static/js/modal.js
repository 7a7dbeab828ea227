/** A modal that the bot opens: labels, text inputs and selects to be filled in and sent. */

import { h, fill, uid, attribute } from "./dom.js";
import { icon } from "./icons.js";
import { cancel, confirm, openDialog } from "./dialog.js";
import { markdown } from "./markdown-view.js";
import { Part } from "./wire.js";

const LONGEST = 4000;
const SHORT = 1;

/** Shows modals as `actions` tells of them. */
export class Modals {
  #store;
  #actions;
  #names;
  #focusComposer;

  constructor(store, actions, names, focusComposer) {
    this.#store = store;
    this.#actions = actions;
    this.#names = names;
    this.#focusComposer = focusComposer;
    actions.on("modal", (interaction, modal) => this.#open(interaction, modal));
  }

  #open(interaction, modal) {
    const fields = [];
    const failure = h("p", { class: "failure", role: "alert", hidden: true });
    const send = confirm("Submit");
    const content = modal.components.map((part) => this.#part(part, fields));
    const dialog = openDialog(
      modal.title,
      [
        h(
          "p",
          { class: "modal-from" },
          icon("apps"),
          `This form is ${this.#store.bot.global_name ?? this.#store.bot.username}'s. Give away no password in it.`,
        ),
        content,
        failure,
      ],
      [cancel(), send],
      { send: () => this.#send(interaction, fields, send, failure), kind: "modal" },
    );
    dialog.dataset.customId = modal.custom_id;
    dialog.addEventListener("close", () => document.activeElement === document.body && this.#focusComposer());
    fields[0]?.input.focus();
  }

  #part(part, fields, label = null) {
    switch (part.type) {
      case Part.LABEL:
        return this.#part(part.component, fields, part);
      case Part.ACTION_ROW:
        return part.components.map((inside) => this.#part(inside, fields));
      case Part.TEXT_DISPLAY:
        return markdown(part.content, this.#names);
      case Part.TEXT_INPUT:
        return textField(part, label, fields);
      case Part.STRING_SELECT:
        return selectField(part, label, fields);
      default:
        return h("p", { class: "subtext" }, `(A part of type ${part.type}, which this page does not draw)`);
    }
  }

  async #send(interaction, fields, button, failure) {
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length) {
      wrong[0].input.focus();
      return false;
    }
    button.setAttribute("aria-busy", "true");
    failure.hidden = true;
    const values = Object.fromEntries(fields.map((field) => [field.id, field.value()]));
    const why = await this.#outcome(interaction, values);
    button.removeAttribute("aria-busy");
    if (!why) return true;
    fill(failure, icon("warning"), why);
    failure.hidden = false;
    return false;
  }

  /** Send the values; resolves with null when they were answered, or why they were not. */
  async #outcome(opener, values) {
    try {
      const sent = await this.#actions.submit(opener, values);
      if (this.#actions.wasSettled(sent)) return null;
      return await new Promise((resolve) => {
        const end = this.#actions.on("settled", (interaction, why) => {
          if (interaction !== sent) return;
          end();
          resolve(why);
        });
      });
    } catch (error) {
      return error.message;
    }
  }
}

function textField(part, label, fields) {
  const id = uid("field");
  const short = part.style === SHORT;
  const most = part.max_length ?? LONGEST;
  const required = part.required ?? true;
  const counter = h("span", { class: "counter", id: `${id}-count`, "aria-hidden": "true" });
  const problem = h("p", { class: "problem", id: `${id}-problem` });
  const input = h(short ? "input" : "textarea", {
    id,
    type: short ? "text" : null,
    rows: short ? null : 4,
    maxlength: most,
    placeholder: part.placeholder,
    "aria-required": String(required),
    "aria-describedby": `${id}-about ${id}-problem`,
    "data-custom-id": part.custom_id,
    autocomplete: "off",
  });
  input.value = part.value ?? "";
  const count = () => fill(counter, `${input.value.length} of ${most}`);
  const check = () => {
    const told = problemOf(input.value, part, required, most);
    fill(problem, told);
    attribute(input, "aria-invalid", told ? "true" : null);
    return !told;
  };
  input.addEventListener("input", () => {
    count();
    if (input.hasAttribute("aria-invalid")) check();
  });
  count();
  fields.push({ id: part.custom_id, input, value: () => input.value, check });
  return field(id, part.label ?? label?.label ?? "", required, label?.description, [
    input,
    h("div", { class: "field-foot" }, problem, counter),
  ]);
}

function problemOf(value, part, required, most) {
  if (!value.trim()) return required ? "This has to be filled in." : "";
  const least = part.min_length ?? 0;
  if (value.length < least) return `At least ${least} characters, please: these are ${value.length}.`;
  return value.length > most ? `At most ${most} characters, please: these are ${value.length}.` : "";
}

function selectField(part, label, fields) {
  const id = uid("field");
  const required = part.required ?? true;
  const problem = h("p", { class: "problem", id: `${id}-problem` });
  const many = (part.max_values ?? 1) > 1;
  const input = h(
    "select",
    { id, multiple: many, "aria-describedby": `${id}-about ${id}-problem`, "data-custom-id": part.custom_id },
    !many && h("option", { value: "" }, part.placeholder ?? "Make a selection"),
    part.options.map((option) => h("option", { value: option.value, selected: option.default }, option.label)),
  );
  const picked = () => [...input.selectedOptions].map((option) => option.value).filter(Boolean);
  const check = () => {
    const told = required && !picked().length ? "Something has to be picked." : "";
    fill(problem, told);
    return !told;
  };
  fields.push({ id: part.custom_id, input, value: picked, check });
  return field(id, label?.label ?? "", required, label?.description, [input, problem]);
}

function field(id, label, required, about, content) {
  return h(
    "div",
    { class: "field" },
    h("label", { for: id }, label, required && h("span", { class: "required", "aria-hidden": "true" }, " *")),
    h("p", { class: "field-about", id: `${id}-about` }, about),
    content,
  );
}
