/** The list that opens above the message box while one types: commands, people, channels, choices. */

import { h, fill, uid, attribute } from "./dom.js";

/** A list box for whichever field it is opened for; the focus stays in the field, but may go to the list to scroll it. */
export class Completion {
  element = h("div", { class: "completion", hidden: true });
  #head = h("div", { class: "completion-head" });
  #list = h("ul", {
    class: "completion-list",
    role: "listbox",
    tabindex: 0,
    id: uid("list"),
    "aria-label": "Suggestions",
  });
  #note = h("p", { class: "completion-note", role: "status" });
  #input = null;
  #items = [];
  #options = [];
  #pick = null;
  #active = -1;

  constructor() {
    this.element.append(this.#head, this.#list, this.#note);
    this.element.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("keydown", (event) => this.key(event) || (event.key === "Escape" && this.#back()));
    this.#list.addEventListener("blur", (event) => this.left(event));
  }

  get open() {
    return !this.element.hidden && this.#items.length > 0;
  }

  /** Say whether it is there for a field. */
  serves(input) {
    return this.#input === input && !this.element.hidden;
  }

  /**
   * Show `items` (`{content, value}`) for a field; `pick` is called with the value of the one that is taken. `head` stands
   * above them, `note` where there are none or they are on their way; `first` says that the first is marked at once.
   */
  show(input, { items, pick, head = null, note = "", label = "Suggestions", first = true }) {
    if (this.#input !== input) this.close();
    this.#input = input;
    this.#items = items;
    this.#pick = pick;
    fill(this.#head, head);
    fill(this.#note, note);
    this.#note.hidden = !note;
    this.#options = items.map((item, index) =>
      h(
        "li",
        {
          role: "option",
          id: uid("option"),
          class: "completion-item",
          "aria-selected": "false",
          on: { click: () => this.#take(index), mousemove: () => this.#mark(index, false) },
        },
        item.content,
      ),
    );
    fill(this.#list, this.#options);
    this.#list.setAttribute("aria-label", label);
    this.#list.hidden = items.length === 0;
    this.element.hidden = !head && !note && items.length === 0;
    if (input.getAttribute("role") === "combobox") input.setAttribute("aria-expanded", String(items.length > 0));
    attribute(input, "aria-controls", items.length > 0 ? this.#list.id : null);
    this.#active = -1;
    this.#mark(first && items.length ? 0 : -1);
  }

  /** Close, unless it is between the field and the list that the focus goes. */
  left({ relatedTarget }) {
    if (relatedTarget !== this.#list && relatedTarget !== this.#input) this.close();
  }

  close() {
    if (this.#input) {
      if (this.#input.getAttribute("role") === "combobox") this.#input.setAttribute("aria-expanded", "false");
      for (const name of ["aria-controls", "aria-activedescendant"]) this.#input.removeAttribute(name);
    }
    this.#list.removeAttribute("aria-activedescendant");
    this.#input = null;
    this.#items = [];
    this.element.hidden = true;
  }

  /** Do what a key means for the list; says whether it meant something. */
  key(event) {
    if (!this.open || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false;
    const last = this.#items.length - 1;
    const does = {
      ArrowDown: () => this.#mark(this.#active >= last ? 0 : this.#active + 1),
      ArrowUp: () => this.#mark(this.#active <= 0 ? last : this.#active - 1),
      PageDown: () => this.#mark(Math.min(this.#active + 6, last)),
      PageUp: () => this.#mark(Math.max(this.#active - 6, 0)),
      Enter: this.#active >= 0 && !event.shiftKey ? () => this.#take(this.#active) : null,
      Tab: this.#active >= 0 && !event.shiftKey ? () => this.#take(this.#active) : null,
    }[event.key];
    if (!does) return false;
    event.preventDefault();
    does();
    return true;
  }

  #mark(index, scroll = true) {
    this.#options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const option = this.#options[index];
    option?.setAttribute("aria-selected", "true");
    for (const element of [this.#input, this.#list]) attribute(element, "aria-activedescendant", option?.id ?? null);
    if (scroll) option?.scrollIntoView({ block: "nearest" });
  }

  #back() {
    const input = this.#input;
    this.close();
    input.focus();
  }

  #take(index) {
    const { value } = this.#items[index];
    const pick = this.#pick;
    if (document.activeElement === this.#list) this.#input.focus();
    this.close();
    pick(value);
  }
}
