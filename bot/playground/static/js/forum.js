/** A forum: its posts, and the form in which one is written. */

import { h, fill, uid } from "./dom.js";
import { icon } from "./icons.js";
import { Editor } from "./editor.js";
import { lengthOf, told } from "./length.js";
import { encode, mentionable } from "./mentions.js";
import { rove } from "./roving.js";
import { sentAt } from "./time.js";
import { madeAt, ChannelKind, LONGEST_MESSAGE } from "./wire.js";

/** Draws a forum into `element` while one is shown. */
export class Forum {
  #store;
  #actions;
  #element = h("div", { class: "forum", id: "posts", hidden: true });
  #list = h("ul", { class: "posts", "aria-label": "Posts" });
  #top = h("div", { class: "forum-top" });
  #roving = rove(this.#list, "button");
  #shownFor = null;

  constructor(element, store, actions) {
    this.#store = store;
    this.#actions = actions;
    this.#element.append(this.#top, this.#list);
    element.append(this.#element);
    store.on("open", ({ focus }) => this.#opened(focus));
    store.on("channels message unread", () => this.#posts());
  }

  get #shown() {
    return this.#store.channel?.type === ChannelKind.FORUM;
  }

  #opened(focus) {
    this.#element.hidden = !this.#shown;
    if (!this.#shown) {
      this.#shownFor = null;
      return;
    }
    const { current, me } = this.#store;
    if (this.#shownFor !== `${me.id} ${current}`) {
      this.#shownFor = `${me.id} ${current}`;
      this.#closed();
    }
    this.#posts();
    if (focus) this.#element.querySelector("button")?.focus();
  }

  #closed() {
    const { channel } = this.#store;
    const may = channel.may_speak || channel.may_thread;
    fill(
      this.#top,
      h("p", {}, channel.topic || "Each post is a thread of its own."),
      may
        ? h(
            "button",
            { type: "button", class: "button primary", on: { click: () => this.#form() } },
            icon("plus"),
            h("span", {}, "New Post"),
          )
        : h("p", { class: "no-permission" }, "You do not have permission to post here."),
    );
  }

  #form() {
    const title = h("input", {
      type: "text",
      id: uid("field"),
      maxlength: 100,
      required: true,
      autocomplete: "off",
      "aria-required": "true",
    });
    const problem = h("p", { class: "problem", role: "alert" });
    const text = uid("field");
    let editor = null;
    editor = new Editor(
      { id: text, "aria-required": "true" },
      () => mentionable(this.#store),
      (sentence) => fill(problem, sentence || told(lengthOf(editor?.value ?? "")).sentence),
    );
    const leave = () => {
      this.#closed();
      this.#top.querySelector("button")?.focus();
    };
    const form = h(
      "form",
      {
        class: "post-form",
        "aria-label": "New post",
        novalidate: true,
        on: { submit: send, keydown: (event) => event.key === "Escape" && leave() },
      },
      h("div", { class: "field" }, h("label", { for: title.id }, "Title"), title),
      h("div", { class: "field" }, h("label", { for: text }, "Message"), editor.element),
      problem,
      h(
        "div",
        { class: "form-foot" },
        h("button", { type: "button", class: "button quiet", on: { click: leave } }, "Cancel"),
        h("button", { type: "submit", class: "button primary" }, "Post"),
      ),
    );
    const actions = this.#actions;
    const store = this.#store;

    async function send(event) {
      event.preventDefault();
      const said = encode(editor.value.trim(), mentionable(store));
      if (!title.value.trim() || !said) {
        fill(problem, !title.value.trim() ? "A post needs a title." : "A post needs a message.");
        (!title.value.trim() ? title : editor.field).focus();
      } else if (lengthOf(said) > LONGEST_MESSAGE) fill(problem, told(lengthOf(said)).sentence);
      else await actions.post(title.value.trim(), said);
    }

    fill(this.#top, form);
    title.focus();
  }

  #posts() {
    if (!this.#shown) return;
    const posts = this.#store.threadsOf(this.#store.current);
    const held = this.#list.contains(document.activeElement) ? document.activeElement.dataset.channelId : null;
    fill(
      this.#list,
      posts.length ? posts.map((post) => this.#post(post)) : h("li", { class: "no-posts" }, "There are no posts yet."),
    );
    const again = held && this.#list.querySelector(`[data-channel-id="${CSS.escape(held)}"]`);
    this.#roving.refresh(again);
    again?.focus();
  }

  #tags(post) {
    const known = this.#store.channel?.available_tags ?? [];
    const worn = known.filter((tag) => (post.applied_tags ?? []).includes(tag.id));
    return worn.length ? h("span", { class: "tags" }, worn.map((tag) => h("span", { class: "tag" }, tag.name))) : null;
  }

  #post(post) {
    const count = post.message_count ?? 0;
    const unread = this.#store.unread.get(post.id);
    return h(
      "li",
      {},
      h(
        "button",
        {
          type: "button",
          class: ["post", unread && "unread"],
          "data-channel-id": post.id,
          on: { click: () => this.#actions.open(post.id, { focus: true }) },
        },
        h("strong", {}, post.name),
        this.#tags(post),
        h(
          "span",
          { class: "post-about" },
          icon("forum"),
          ` ${count} ${count === 1 ? "message" : "messages"} · ${sentAt(madeAt(post.id))}`,
        ),
      ),
    );
  }
}
