/** Who one is: people to switch between, so that it can be seen who may do what. */

import { h, fill } from "./dom.js";
import { avatar } from "./names.js";
import { themeSwitch } from "./theme.js";

/** Draws the switch into `element`. */
export class People {
  #store;
  #actions;
  #choices = h("div", { class: "people" });
  #about = h("p", { class: "about-me", id: "about-me" });

  constructor(element, store, actions) {
    this.#store = store;
    this.#actions = actions;
    element.append(
      h(
        "section",
        { class: "me", "aria-label": "You" },
        h("fieldset", { "aria-describedby": "about-me" }, h("legend", {}, h("span", {}, "You are")), this.#choices),
        h("div", { class: "me-line" }, this.#about, themeSwitch()),
      ),
    );
    store.on("hello me", () => this.#draw());
  }

  #draw() {
    const { people, me } = this.#store;
    const focused = this.#choices.contains(document.activeElement);
    fill(
      this.#choices,
      people.map((person) => this.#choice(person, person.id === me?.id)),
    );
    const roles = me?.roles?.map((role) => role.name).join(", ");
    fill(this.#about, me?.about ?? roles ?? "");
    if (focused) this.#choices.querySelector("input:checked")?.focus();
  }

  #choice(person, chosen) {
    return h(
      "label",
      { class: ["person", chosen && "chosen"], title: person.about ?? null, "data-person-id": person.id },
      h("input", {
        type: "radio",
        name: "person",
        value: person.id,
        checked: chosen,
        on: { change: () => this.#actions.become(person.id) },
      }),
      avatar(person, "small"),
      h("span", {}, person.name),
    );
  }
}
