/** The message box: text with mentions, or a slash command with its options. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { CommandForm } from "./command-form.js";
import { begun, usable } from "./commands.js";
import { Completion } from "./completion.js";
import { Editor } from "./editor.js";
import { lengthOf, told } from "./length.js";
import { encode, mentionable } from "./mentions.js";
import { openMenu } from "./menu.js";
import { channelName } from "./names.js";
import { remembered } from "./remembered.js";
import { ReplyBar } from "./reply-bar.js";
import { Suggestions } from "./suggestions.js";
import { ChannelKind, isThread, LONGEST_MESSAGE } from "./wire.js";

const BETWEEN_TYPING = 8000;

/** Draws the box into `element`; `does` has editLast, documents, thread, toEnd. */
export class Composer {
  #store;
  #actions;
  #does;
  #completion = new Completion();
  #editor;
  #suggestions;
  #reply = new ReplyBar(() => this.replyTo(null));
  #form = null;
  #box = h("div", { class: "box" });
  #counter = h("span", { class: "counter", "aria-hidden": "true" });
  #sentence = h("p", { class: "problem", role: "status" });
  #element;
  #typedAt = 0;
  #shownFor = null;

  constructor(element, store, actions, does) {
    this.#store = store;
    this.#actions = actions;
    this.#does = does;
    this.#editor = new Editor(
      { id: "message", "aria-describedby": "message-problem" },
      () => mentionable(store),
      (sentence) => this.#changed(sentence),
    );
    this.#suggestions = new Suggestions(store, this.#completion, this.#editor, (command) => this.#enter(command));
    this.#sentence.id = "message-problem";
    this.#element = h(
      "div",
      { class: "composer", id: "composer", role: "group", "aria-label": "Message box" },
      this.#completion.element,
      this.#reply.element,
      this.#box,
      this.#sentence,
    );
    element.append(this.#element);
    this.#editor.field.addEventListener("keydown", (event) => this.#key(event));
    this.#editor.field.addEventListener("blur", (event) => this.#completion.left(event));
    this.#editor.field.addEventListener("click", () => this.#suggestions.offer());
    store.on("open", ({ focus }) => this.#opened(focus));
    store.on("channels", () => this.#draw());
    store.on("commands", () => document.activeElement === this.#editor.field && this.#suggestions.offer());
    this.#draw();
  }

  /** Put the focus where one goes on writing. */
  focus() {
    const field = this.#box.querySelector(".option-input") ?? this.#editor.field;
    if (field.isConnected) field.focus();
    else document.getElementById("main").focus();
  }

  /** Reply to a message with what is written next; null replies to none. */
  replyTo(message) {
    this.#reply.show(message);
    this.focus();
  }

  #opened(focus) {
    const { current, me } = this.#store;
    const place = `${me.id} ${current}`;
    if (this.#shownFor !== place) {
      this.#shownFor = place;
      this.#form = null;
      this.#completion.close();
      this.#reply.show(null);
      // Before the box is drawn: what stands in it then is kept as this channel's.
      this.#editor.field.value = remembered.draft(me.id, current);
      this.#draw();
      this.#editor.changed("");
      this.#completion.close();
    }
    if (focus) this.focus();
  }

  #draw() {
    const { channel } = this.#store;
    const forum = channel?.type === ChannelKind.FORUM;
    this.#element.hidden = !channel || forum;
    if (!channel || forum) return;
    if (channel.may_speak === false) {
      fill(
        this.#box,
        h("p", { class: "no-permission" }, "You do not have permission to send messages in this channel."),
      );
      return;
    }
    if (this.#form) {
      if (!this.#form.element.isConnected) fill(this.#box, this.#form.element);
      return;
    }
    const direct = channel.type === ChannelKind.DM;
    const placeholder = `Message ${direct ? "@" : isThread(channel) ? "" : "#"}${channelName(channel, this.#store)}`;
    this.#editor.field.placeholder = placeholder;
    this.#editor.field.setAttribute("aria-label", placeholder);
    if (this.#editor.element.isConnected) return;
    fill(
      this.#box,
      h(
        "button",
        {
          type: "button",
          class: "tool plus",
          "aria-label": "Add",
          "aria-haspopup": "menu",
          on: { click: (event) => this.#plus(event.currentTarget) },
        },
        icon("plus"),
      ),
      this.#editor.element,
      this.#counter,
      h(
        "button",
        { type: "button", class: "tool send", "aria-label": "Send", on: { click: () => this.#send() } },
        icon("send"),
      ),
    );
    this.#editor.changed("");
  }

  #plus(button) {
    const { channel } = this.#store;
    const entries = [
      { label: "Add Documents", icon: "upload", does: () => this.#does.documents() },
      channel.may_thread &&
        channel.type === ChannelKind.TEXT && {
          label: "Create Thread",
          icon: "thread",
          does: () => this.#does.thread(),
        },
      { label: "Use a Command", icon: "apps", does: () => this.#slash() },
    ];
    openMenu("Add", entries.filter(Boolean), button);
  }

  #slash() {
    this.#editor.value = "/";
    this.#editor.field.focus();
    this.#suggestions.offer();
  }

  #changed(sentence) {
    const { me, current } = this.#store;
    const text = this.#editor.value;
    const { counter, sentence: long } = told(lengthOf(text));
    fill(this.#counter, counter);
    this.#counter.classList.toggle("over", Number(counter) < 0);
    fill(this.#sentence, sentence || long);
    if (!me || !current || this.#shownFor !== `${me.id} ${current}`) return;
    remembered.keepDraft(me.id, current, text);
    const asked = begun(usable(this.#store.commands), text);
    if (asked) this.#enter(asked.command, asked.rest);
    else if (document.activeElement === this.#editor.field) {
      this.#suggestions.offer();
      this.#tellTyping(text);
    }
  }

  #tellTyping(text) {
    if (!text.trim() || text.startsWith("/") || Date.now() - this.#typedAt < BETWEEN_TYPING) return;
    this.#typedAt = Date.now();
    this.#actions.typing();
  }

  #enter(command, text = "") {
    const { me, current } = this.#store;
    this.#completion.close();
    const context = { store: this.#store, actions: this.#actions, completion: this.#completion };
    this.#form = new CommandForm(
      command,
      context,
      () => this.#leave(""),
      (left) => this.#leave(left),
    );
    this.#editor.field.value = "";
    remembered.keepDraft(me.id, current, "");
    fill(this.#sentence);
    this.#draw();
    this.#form.begin(text);
  }

  #leave(text) {
    this.#form = null;
    this.#completion.close();
    this.#draw();
    this.#editor.value = text;
    this.#editor.field.focus();
    this.#suggestions.offer();
  }

  #key(event) {
    if (this.#completion.key(event) || event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "ArrowUp" && this.#editor.value === "") {
      if (this.#does.editLast()) event.preventDefault();
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (this.#completion.serves(this.#editor.field)) this.#completion.close();
      else if (this.#reply.message) this.replyTo(null);
      else this.#does.toEnd();
    }
  }

  async #send() {
    const typed = this.#editor.value.trim();
    if (!typed) return;
    const text = encode(typed, mentionable(this.#store));
    if (lengthOf(text) > LONGEST_MESSAGE) {
      fill(this.#sentence, told(lengthOf(text)).sentence);
      return;
    }
    if (this.#isCommand(typed)) return;
    const { reply, message } = this.#reply;
    const place = this.#shownFor;
    const { me, current } = this.#store;
    this.#completion.close();
    this.#editor.value = "";
    this.#reply.show(null);
    this.#typedAt = 0;
    if (await this.#actions.send(text, reply)) return;
    // What could not be sent is not lost.
    if (this.#shownFor !== place) remembered.keepDraft(me.id, current, typed);
    else if (this.#editor.value === "" && !this.#form) {
      this.#editor.value = typed;
      this.#reply.show(message, reply);
    }
  }

  /** Say whether a text is meant for a command, and go on with that, or say that there is none yet. */
  #isCommand(text) {
    if (!/^\/[a-z]/.test(text)) return false;
    const commands = usable(this.#store.commands);
    const asked = begun(commands, `${text} `);
    if (asked) this.#enter(asked.command, asked.rest.trim());
    else if (!commands.length) fill(this.#sentence, "There are no commands yet: the bot brings them when it is ready.");
    return Boolean(asked) || !commands.length;
  }
}
