/** Draws the tree of Discord's Markdown. */

import { h } from "./dom.js";
import { dayOf, fullTime, stamped } from "./time.js";
import { isJumbo, parse } from "./markdown.js";

const LINE = { strong: "strong", em: "em", underline: "u", strike: "s", code: "code" };

/**
 * Return a text drawn. `names` tells what mentions are shown as: `user(id)`, `role(id)` and `channel(id)` give
 * `{text, known, open}`, where `open`, if there, is called on a click.
 */
export function markdown(text, names) {
  const large = isJumbo(text);
  return h(
    "div",
    { class: ["markdown", large && "jumbo"] },
    parse(text).map((node) => block(node, names)),
  );
}

/** Return a text on one line, with no blocks: for previews. */
export function oneLine(text, names) {
  const said = [];
  for (const node of parse(text)) collect(node, names, said);
  return said.join("").replace(/\s+/g, " ").trim();
}

function block(node, names) {
  switch (node.type) {
    case "quote":
      return h(
        "blockquote",
        {},
        h(
          "div",
          {},
          node.children.map((child) => block(child, names)),
        ),
      );
    case "heading":
      // A message may begin with any level; in the page's own order they all stand below the channel's.
      return h("div", { class: `heading-${node.level}`, role: "heading", "aria-level": 3 }, line(node.children, names));
    case "subtext":
      return h("div", { class: "subtext" }, line(node.children, names));
    case "list":
      return h(
        node.ordered ? "ol" : "ul",
        node.ordered ? { start: node.start } : {},
        node.items.map((item) =>
          h(
            "li",
            {},
            item.map((child) => block(child, names)),
          ),
        ),
      );
    default:
      return h("div", { class: "paragraph" }, line(node.children, names), endsOpen(node.children) && h("br"));
  }
}

/** A line end that nothing follows takes no room by itself. */
function endsOpen(children) {
  return children.length === 0 || children.at(-1).type === "break";
}

function line(nodes, names) {
  return nodes.map((node) => span(node, names));
}

function span(node, names) {
  switch (node.type) {
    case "text":
      return node.text;
    case "break":
      return h("br");
    case "code":
      return h("code", {}, node.text);
    case "fence":
      return h("pre", { "data-language": node.language || null }, h("code", {}, node.text));
    case "spoiler":
      return spoiler(line(node.children, names));
    case "link":
      return link(node, names);
    case "mention":
      return mention(node, names);
    case "command":
      return h("span", { class: "mention" }, `/${node.name}`);
    case "emoji":
      return h(
        "span",
        { class: "custom-emoji", title: "An emoji of a real server: its picture is not here" },
        `:${node.name}:`,
      );
    case "time":
      return time(node);
    default:
      return h(LINE[node.type], {}, line(node.children, names));
  }
}

function link(node, names) {
  const same = !node.masked || textOf(node.children) === node.address;
  return h(
    "a",
    {
      href: node.address,
      target: "_blank",
      rel: "noopener noreferrer",
      title: node.masked ? node.address : null,
      "data-masked": !same,
    },
    line(node.children, names),
  );
}

function textOf(nodes) {
  return nodes.map((node) => node.text ?? textOf(node.children ?? [])).join("");
}

function mention(node, names) {
  if (node.of === "everyone" || node.of === "here") return h("span", { class: "mention" }, `@${node.of}`);
  const named = names[node.of](node.id);
  if (!named.open) return h("span", { class: "mention" }, named.text);
  return h("button", { type: "button", class: "mention", on: { click: named.open } }, named.text);
}

function time(node) {
  const date = new Date(node.seconds * 1000);
  if (Number.isNaN(date.getTime()) || Number.isNaN(dayOf(date))) return "(a time that is none)";
  return h(
    "time",
    { class: "stamp", datetime: date.toISOString(), title: fullTime(date), "data-style": node.style },
    stamped(date, node.style),
  );
}

/** Keep relative times true. */
export function refreshTimes(root) {
  for (const element of root.querySelectorAll('time[data-style="R"]')) {
    element.textContent = stamped(new Date(element.dateTime), "R");
  }
}

/** Return what is hidden until it is asked for. */
function spoiler(children) {
  const inside = h("span", { class: "hidden", "aria-hidden": "true", inert: true }, children);
  const element = h(
    "span",
    { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Spoiler: show it" },
    inside,
  );
  const show = (event) => {
    if (!element.hasAttribute("role")) return;
    event.preventDefault();
    event.stopPropagation();
    for (const name of ["role", "aria-label"]) element.removeAttribute(name);
    for (const name of ["aria-hidden", "inert"]) inside.removeAttribute(name);
    element.tabIndex = -1;
    element.classList.add("shown");
  };
  element.addEventListener("click", show);
  element.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && show(event));
  return element;
}

function collect(node, names, said) {
  if (node.type === "break") said.push(" ");
  else if (node.type === "spoiler") said.push("▒▒▒");
  else if (node.type === "mention") said.push(names[node.of]?.(node.id).text ?? `@${node.of}`);
  else if (node.type === "emoji") said.push(`:${node.name}:`);
  else if (node.type === "command") said.push(`/${node.name}`);
  else if (node.type === "time") said.push(stamped(new Date(node.seconds * 1000), node.style));
  else if (node.text !== undefined) said.push(node.text);
  for (const child of node.children ?? node.items?.flat() ?? []) collect(child, names, said);
  if (!LINE[node.type] && !["text", "link", "spoiler"].includes(node.type)) said.push(" ");
}
