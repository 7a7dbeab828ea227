/** A slash command being filled in: its options as fields in the message box, the required ones first. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { OptionField } from "./option-field.js";

/** `context` has store, actions, completion; `done` is called when it was sent, `leave` when it was given up. */
export class CommandForm {
  #context;
  #command;
  #done;
  #leave;
  #fields = [];
  #row = h("div", { class: "options" });
  #more = h("div", { class: "more-options" });
  #problem = h("p", { class: "problem", role: "alert" });
  #sending = false;

  constructor(command, context, done, leave) {
    this.#command = command;
    this.#done = done;
    this.#leave = leave;
    this.#context = {
      ...context,
      command: command.path,
      others: (field) => this.#values(field),
      picked: (field) => this.#after(field),
      changed: () => fill(this.#problem),
    };
    this.element = h(
      "div",
      {
        class: "command-form",
        role: "group",
        "aria-label": `/${command.path}`,
        "data-command": command.path,
        on: { keydown: (event) => this.#key(event) },
      },
      h(
        "div",
        { class: "command-line" },
        h("span", { class: "command-name" }, `/${command.path}`),
        this.#row,
        this.#more,
        h(
          "button",
          {
            type: "button",
            class: "tool",
            "aria-label": "Leave the command",
            title: "Leave the command (Escape)",
            on: { click: () => leave("") },
          },
          icon("close"),
        ),
        h(
          "button",
          { type: "button", class: "tool send", "aria-label": "Send the command", on: { click: () => this.send() } },
          icon("send"),
        ),
      ),
      this.#problem,
    );
    for (const option of command.options.filter((one) => one.required)) this.#add(option);
    this.#draw();
    if (!command.options.length) this.#row.append(h("span", { class: "no-options" }, "Enter sends it"));
  }

  /** Begin to fill it in; `text` goes into the first option. */
  begin(text = "") {
    if (text && !this.#fields.length && this.#command.options.length) this.#add(this.#command.options[0]);
    const [first] = this.#fields;
    if (!first) {
      this.#row.tabIndex = -1;
      this.#row.focus();
      return;
    }
    if (text) first.value = text;
    first.input.focus();
    first.offer();
  }

  /** Send the command, or say what is missing. */
  async send() {
    if (this.#sending) return;
    const wrong = this.#fields.map((field) => [field, field.check()]).filter(([, told]) => told);
    if (wrong.length) {
      fill(this.#problem, wrong.map(([, told]) => told).join(" "));
      wrong[0][0].input.focus();
      return;
    }
    this.#sending = true;
    this.element.setAttribute("aria-busy", "true");
    const why = await this.#context.actions.slash(this.#command.path, this.#values());
    this.#sending = false;
    this.element.removeAttribute("aria-busy");
    if (why) fill(this.#problem, why);
    else this.#done();
  }

  #values(but = null) {
    const given = this.#fields.filter((field) => field !== but).map((field) => [field.option.name, field.value]);
    return Object.fromEntries(given.filter(([, value]) => value !== undefined));
  }

  #add(option) {
    const field = new OptionField(option, this.#context);
    this.#fields.push(field);
    this.#draw();
    return field;
  }

  #remove(field) {
    const at = this.#fields.indexOf(field);
    this.#fields.splice(at, 1);
    this.#context.completion.close();
    this.#draw();
    (this.#fields[at - 1] ?? this.#fields[at])?.input.focus();
    if (!this.#fields.length) this.begin();
  }

  #draw() {
    const names = new Set(this.#fields.map((field) => field.option.name));
    const left = this.#command.options.filter((option) => !names.has(option.name));
    for (const field of this.#fields) if (!field.element.isConnected) this.#row.append(field.element);
    for (const element of this.#row.querySelectorAll(".option")) {
      if (!this.#fields.some((field) => field.element === element)) element.remove();
    }
    fill(
      this.#more,
      left.map((option) =>
        h(
          "button",
          {
            type: "button",
            class: "add-option",
            title: option.description,
            "aria-label": `Add option ${option.name}: ${option.description}`,
            on: { click: () => this.#add(option).input.focus() },
          },
          icon("plus"),
          option.name,
        ),
      ),
    );
  }

  /** Go on to the next field once one was picked. */
  #after(field) {
    const next = this.#fields[this.#fields.indexOf(field) + 1];
    if (next && next.input.value === "") next.input.focus();
    else field.input.focus();
    if (!next) this.#context.completion.close();
  }

  #key(event) {
    const field = this.#fields.find((one) => one.input === event.target);
    if (field && this.#context.completion.key(event)) return;
    const inField = field || event.target === this.#row;
    if (event.key === "Enter" && inField && !event.isComposing) {
      event.preventDefault();
      this.send();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (this.#context.completion.open) this.#context.completion.close();
      else this.#leave("");
    } else if (event.key === "Backspace" && (event.target === this.#row || (field && field.input.value === ""))) {
      event.preventDefault();
      if (field && !field.option.required) this.#remove(field);
      else if (!field || field === this.#fields[0]) this.#leave(`/${this.#command.path}`);
      else this.#fields[this.#fields.indexOf(field) - 1].input.focus();
    }
  }
}
