/** What became of documents, in words and lists. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

const MOST_NAMED = 8;

/** Return in a sentence how far documents are, or what came of them. */
export function said({ state, added = [], refused = [], failed, told, step }) {
  if (state === "sending") return "Sending…";
  if (state === "failed") return failed ?? "It did not work.";
  if (state === "indexing") return told || `Indexing: ${step || "beginning"}…`;
  if (!added.length) return refused.length ? "None of them can be read." : "There was nothing to add.";
  return `${added.length === 1 ? "1 document was" : `${added.length} documents were`} added: ask about ${added.length === 1 ? "it" : "them"}.`;
}

/** Return the names of what was added. */
export function named(title, names) {
  if (!names.length) return null;
  const left = names.length - MOST_NAMED;
  return [
    h("h3", {}, title),
    h(
      "ul",
      {},
      names.slice(0, MOST_NAMED).map((name) => h("li", {}, icon("check"), h("span", {}, name))),
      left > 0 && h("li", {}, `and ${left} more`),
    ),
  ];
}

/** Return what was not taken, and why. */
export function refusals(refused) {
  if (!refused.length) return null;
  const left = refused.length - MOST_NAMED;
  return [
    h("h3", {}, "Not taken"),
    h(
      "ul",
      { class: "refused" },
      refused
        .slice(0, MOST_NAMED)
        .map(({ name, reason }) =>
          h("li", {}, icon("warning"), h("span", {}, h("strong", {}, name), ": ", withCode(reason))),
        ),
      left > 0 && h("li", {}, `and ${left} more`),
    ),
  ];
}

/** Return a sentence with what stands between backticks as code. */
function withCode(sentence) {
  return sentence.split("`").map((part, index) => (index % 2 ? h("code", {}, part) : part));
}
