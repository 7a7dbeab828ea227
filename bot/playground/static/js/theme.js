/** Light and dark: as the system has it, until somebody says otherwise. */

import { h, fill } from "./dom.js";
import { icon } from "./icons.js";
import { remembered } from "./remembered.js";

const system = matchMedia("(prefers-color-scheme: dark)");

/** Return the theme that is shown. */
const shown = () => remembered.theme ?? (system.matches ? "dark" : "light");

/** Return a button that turns to the other theme. */
export function themeSwitch() {
  const button = h("button", { type: "button", class: "tool", on: { click: turn } });
  const draw = () => {
    const other = shown() === "dark" ? "light" : "dark";
    button.setAttribute("aria-label", `Use the ${other} theme`);
    button.title = `Use the ${other} theme`;
    fill(button, icon(other === "light" ? "sun" : "moon"));
  };
  function turn() {
    remembered.theme = shown() === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = remembered.theme;
    draw();
  }
  system.addEventListener("change", draw);
  addEventListener("storage", () => {
    if (remembered.theme) document.documentElement.dataset.theme = remembered.theme;
    draw();
  });
  draw();
  return button;
}
