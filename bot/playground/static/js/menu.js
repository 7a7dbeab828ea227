/** Menus that open at a place: of a message, of the message box, and the reactions to pick from. */

import { h, uid } from "./dom.js";
import { icon } from "./icons.js";

const MARGIN = 8;
let opened = null;

/**
 * Open a menu. `entries` are `{label, icon, danger, does}`, with `entries` in place of `does` for a menu within, or null
 * for a line between. `at` is `{x, y}` or the element that it hangs on; `back` gets the focus when it closes.
 */
export function openMenu(label, entries, at, { back = document.activeElement, grid = false } = {}) {
  closeMenu();
  const shown = menu(label, entries, grid);
  const under = h("div", {
    class: "menu-under",
    on: {
      pointerdown: close,
      contextmenu: (event) => {
        event.preventDefault();
        close();
      },
    },
  });
  home().append(under, shown);
  opened = { shown: [shown], under, back };
  place(shown, at);
  shown.querySelector('[role="menuitem"]')?.focus({ preventScroll: true });

  function close() {
    closeMenu();
  }
}

/** Menus lie within the page's main part, so that whoever goes by landmarks finds them. */
const home = () => document.getElementById("main");

/** Close the menu that is open, if one is, and give the focus back. */
function closeMenu({ focus = true } = {}) {
  if (!opened) return;
  const { shown, under, back } = opened;
  opened = null;
  for (const one of shown) one.remove();
  under.remove();
  if (focus && back?.isConnected) back.focus({ preventScroll: true });
}

function menu(label, entries, grid = false) {
  const items = entries.map((entry) =>
    entry ? item(entry, grid) : h("div", { class: "menu-line", role: "separator" }),
  );
  const element = h("div", { class: ["menu", grid && "grid"], role: "menu", "aria-label": label, tabindex: -1 }, items);
  element.addEventListener("keydown", (event) => move(event, element, grid));
  element.addEventListener("focusout", (event) => event.relatedTarget && leftFor(event.relatedTarget));
  return element;
}

/** Close the menus when the focus goes elsewhere. */
function leftFor(target) {
  if (opened && !opened.shown.some((one) => one.contains(target))) closeMenu({ focus: false });
}

function item(entry, grid) {
  const element = h(
    "button",
    {
      type: "button",
      role: "menuitem",
      tabindex: -1,
      class: ["menu-item", entry.danger && "danger"],
      "aria-haspopup": entry.entries ? "menu" : null,
      "aria-expanded": entry.entries ? "false" : null,
      "aria-label": grid ? entry.label : null,
      title: grid ? entry.label : null,
    },
    grid ? entry.sign : [h("span", {}, entry.label), entry.entries ? icon("right") : entry.icon && icon(entry.icon)],
  );
  element.addEventListener("click", () => (entry.entries ? within(element, entry) : choose(entry)));
  if (entry.entries) element.addEventListener("mouseenter", () => within(element, entry, { focus: false }));
  else element.addEventListener("mouseenter", () => leaveWithin(element));
  element.entry = entry;
  return element;
}

function choose(entry) {
  closeMenu();
  entry.does();
}

function within(element, entry, { focus = true } = {}) {
  if (element.getAttribute("aria-expanded") !== "true") {
    leaveWithin(element);
    const inner = menu(entry.label, entry.entries);
    inner.opener = element;
    inner.id = uid("menu");
    element.setAttribute("aria-expanded", "true");
    home().append(inner);
    opened.shown.push(inner);
    place(inner, beside(element, inner));
  }
  if (focus) opened.shown.at(-1).querySelector('[role="menuitem"]').focus();
}

/** Close the menus that hang on others than `element`. */
function leaveWithin(element) {
  const depth = opened ? opened.shown.indexOf(element.closest(".menu")) : -1;
  if (depth < 0) return;
  for (const inner of opened.shown.splice(depth + 1)) {
    inner.opener.setAttribute("aria-expanded", "false");
    inner.remove();
  }
}

function move(event, element, grid) {
  const items = [...element.querySelectorAll('[role="menuitem"]')];
  const at = items.indexOf(document.activeElement);
  const to = (index) => items[(index + items.length) % items.length].focus();
  const row = grid ? Math.round(element.clientWidth / items[0].offsetWidth) : 1;
  const keys = {
    ArrowDown: () => to(at + row),
    ArrowUp: () => to(at - row),
    Home: () => to(0),
    End: () => to(-1),
    Tab: () => closeMenu(),
    Escape: () => (element.opener ? back(element) : closeMenu()),
    ArrowLeft: () => (grid ? to(at - 1) : element.opener && back(element)),
    ArrowRight: () => (grid ? to(at + 1) : items[at]?.entry.entries && items[at].click()),
  };
  const does = keys[event.key] ?? initial(event, items, at);
  if (!does) return;
  event.preventDefault();
  event.stopPropagation();
  does();
}

function initial(event, items, at) {
  if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.key === " ") return null;
  const later = [...items.slice(at + 1), ...items.slice(0, at + 1)];
  const found = later.find((one) => one.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
  return found ? () => found.focus() : null;
}

function back(element) {
  const { opener } = element;
  leaveWithin(opener);
  opener.focus();
}

function beside(element, inner) {
  const box = element.getBoundingClientRect();
  const right = box.right + 2;
  const fits = right + inner.offsetWidth + MARGIN < innerWidth;
  return { x: fits ? right : Math.max(box.left - inner.offsetWidth - 2, MARGIN), y: box.top - 6 };
}

function place(element, at) {
  const box = at instanceof Element ? at.getBoundingClientRect() : null;
  const x = box ? box.right - element.offsetWidth : at.x;
  const y = box ? box.bottom + 4 : at.y;
  const above = box && y + element.offsetHeight + MARGIN > innerHeight ? box.top - element.offsetHeight - 4 : y;
  element.style.setProperty("left", `${between(x, MARGIN, innerWidth - element.offsetWidth - MARGIN)}px`);
  element.style.setProperty("top", `${between(above, MARGIN, innerHeight - element.offsetHeight - MARGIN)}px`);
}

function between(value, low, high) {
  return Math.max(Math.min(value, high), low);
}
