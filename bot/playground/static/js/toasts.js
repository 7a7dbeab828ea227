/** Sentences that tell why something could not be done; they go by themselves, or when they are put away. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const STAYS = 9000;
const MOST = 3;

/** Return a function that shows a sentence in `element`. */
export function toasts(element) {
  element.classList.add("toasts");
  element.setAttribute("role", "alert");
  return (told) => {
    const toast = h(
      "div",
      { class: "toast" },
      icon("warning"),
      h("p", {}, told),
      h(
        "button",
        { type: "button", class: "tool", "aria-label": "Put away", on: { click: () => toast.remove() } },
        icon("close"),
      ),
    );
    const same = [...element.children].find((other) => other.textContent === toast.textContent);
    same?.remove();
    element.append(toast);
    while (element.children.length > MOST) element.firstElementChild.remove();
    setTimeout(() => toast.contains(document.activeElement) || toast.remove(), STAYS);
  };
}
