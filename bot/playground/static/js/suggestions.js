/** What is suggested while a message is typed: commands behind a slash, people and channels behind their signs. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { matching as commandsLike, usable } from "./commands.js";
import { begun, matching as mentionsLike, mentionable } from "./mentions.js";
import { avatar, badge, kindOf } from "./names.js";

const COMMAND = /^\/[^\n]{0,60}$/;

/** Suggests in `completion` for `editor`; `enter` is called with a command that was picked. */
export class Suggestions {
  #store;
  #completion;
  #editor;
  #enter;

  constructor(store, completion, editor, enter) {
    this.#store = store;
    this.#completion = completion;
    this.#editor = editor;
    this.#enter = enter;
  }

  /** Show what may be meant by what stands before the caret. */
  offer() {
    const { field } = this.#editor;
    const text = field.value;
    if (COMMAND.test(text) && field.selectionStart > 0) this.#commands(text.slice(1));
    else {
      const mention = field.selectionStart === field.selectionEnd ? begun(text, field.selectionStart) : null;
      if (mention) this.#mentions(mention);
      else this.#completion.close();
    }
  }

  #commands(typed) {
    const all = usable(this.#store.commands);
    const found = commandsLike(all, typed);
    const note = all.length ? "" : "There are no commands here yet: the bot brings them when it is ready.";
    if (all.length && !found.length) this.#completion.close();
    else
      this.#completion.show(this.#editor.field, {
        items: found.map((command) => ({ content: commandLine(command), value: command })),
        pick: (command) => this.#enter(command),
        head: this.#store.bot && [
          avatar(this.#store.bot, "tiny"),
          h("strong", {}, this.#store.user(this.#store.bot.id).name),
        ],
        label: "Commands",
        note,
      });
  }

  #mentions(mention) {
    const found = mentionsLike(mentionable(this.#store), mention);
    if (!found.length) this.#completion.close();
    else
      this.#completion.show(this.#editor.field, {
        items: found.map((one) => ({ content: mentionLine(one), value: one })),
        pick: (one) =>
          this.#editor.replace(`${one.sign}${one.name} `, mention.start, this.#editor.field.selectionStart),
        head: h("strong", {}, mention.sign === "@" ? "Members" : "Channels"),
        label: mention.sign === "@" ? "Members" : "Channels",
      });
  }
}

function commandLine(command) {
  const names = command.options.map((option) =>
    h("span", { class: ["option-chip", option.required && "required"] }, option.name),
  );
  return h(
    "span",
    { class: "command-item" },
    h("span", { class: "command-title" }, h("strong", {}, `/${command.path}`), names),
    h("span", { class: "command-about" }, command.description),
  );
}

function mentionLine({ name, person, role, channel }) {
  if (person)
    return h("span", { class: "mention-item" }, avatar(person, "tiny"), h("span", {}, name), person.bot && badge());
  if (role) return h("span", { class: "mention-item" }, icon("at"), h("span", {}, name), h("small", {}, "role"));
  return h("span", { class: "mention-item" }, icon(kindOf(channel).icon), h("span", {}, name));
}
