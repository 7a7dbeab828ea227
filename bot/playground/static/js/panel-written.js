/** What a script wrote in place of a language model, and what of it stands on the card. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { section } from "./panel-verdict.js";

/** Return the sentences that were written, each shown or dropped; nothing where none were. */
export function written(found) {
  if (!found?.sentences.length) return null;
  return section(
    "What was written",
    h("p", { class: "choice" }, "Each sentence is held against the quotes that it cites. What is not proven is dropped."),
    found.sentences.map(({ text, shown }) =>
      h(
        "p",
        { class: ["outcome", shown ? "good" : "bad"] },
        icon(shown ? "check" : "warning"),
        h("span", {}, h("strong", {}, shown ? "Shown" : "Dropped"), `: ${text}`),
      ),
    ),
  );
}
