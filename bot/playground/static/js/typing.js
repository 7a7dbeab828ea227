/** The line that says who is typing. */

import { h, fill } from "./dom.js";

/** Draws the line into `element`. */
export function typingLine(element, store) {
  const line = h("div", { class: "typing", role: "status" });
  element.append(line);
  const draw = () => {
    const there = [...store.typing.values()].filter(({ channel }) => channel === store.current);
    const names = there.map(({ user }) => store.user(user)?.name ?? "somebody");
    const verb = names.length > 1 ? "are" : "is";
    fill(
      line,
      names.length > 0 && [
        h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
        h("span", {}, h("strong", {}, names.join(" and ")), ` ${verb} typing…`),
      ],
    );
  };
  store.on("typing open me", draw);
}
