/** The panel's end: the requests that the bot sent to Discord's API for a message, as they were sent. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { section } from "./panel-verdict.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|-?\b\d+(?:\.\d+)?\b/g;

/** Return requests, each folded up but for its first line. */
export function exchanges(sent) {
  if (!sent.length) return null;
  return section(
    "As sent to Discord",
    h("p", { class: "about" }, "Tokens are shortened."),
    h("ol", { class: "requests" }, sent.map(one)),
  );
}

function one({ method, path, body, status, at }, index) {
  const text = body === null || body === undefined ? "(no body)" : JSON.stringify(body, null, 2);
  return h(
    "li",
    {},
    h(
      "details",
      { class: "request", "data-key": `request ${index}` },
      h(
        "summary",
        {},
        icon("right"),
        h("span", { class: "method" }, method),
        h("span", { class: "path" }, path),
        h("span", { class: ["status", status < 400 ? "good" : "bad"] }, String(status)),
      ),
      at &&
        h("p", { class: "about" }, new Date(typeof at === "number" && at < 1e12 ? at * 1000 : at).toLocaleTimeString()),
      h(
        "div",
        { class: "json" },
        h(
          "button",
          {
            type: "button",
            class: "tool copy",
            "aria-label": "Copy the JSON",
            title: "Copy",
            on: { click: (event) => copy(event.currentTarget, text) },
          },
          icon("copy"),
        ),
        h("pre", { tabindex: 0, role: "group", "aria-label": "JSON" }, h("code", {}, coloured(text))),
      ),
    ),
  );
}

async function copy(button, text) {
  await navigator.clipboard.writeText(text);
  button.replaceChildren(icon("check"));
  setTimeout(() => button.replaceChildren(icon("copy")), 1500);
}

function coloured(text) {
  const parts = [];
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [whole, string, colon, word] = found;
    parts.push(text.slice(at, found.index));
    if (string) parts.push(h("span", { class: colon ? "json-key" : "json-string" }, string), colon ?? "");
    else parts.push(h("span", { class: word ? "json-word" : "json-number" }, whole));
    at = found.index + whole.length;
  }
  return [...parts, text.slice(at)];
}
