/** The panel's tables: passages and sentences that were considered, each with what its score is made of. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { percent, place, score, section } from "./panel-verdict.js";

/** Return the passages that came nearest, best first. */
export function passages({ passages: found }) {
  if (!found?.length) return null;
  const best = Math.max(...found.map((one) => one.score), 0.001);
  return section(
    "Passages that came nearest",
    h("p", { class: "about" }, "Score: meaning, plus half of how well the words match as a share of the best match."),
    scrolled(
      "Passages",
      h(
        "table",
        { class: "scores" },
        h("caption", { class: "unseen" }, "Passages with their scores"),
        heads(["Passage", "Meaning", "Words", "Score"]),
        h(
          "tbody",
          {},
          found.map((one, index) =>
            h(
              "tr",
              {},
              h(
                "th",
                { scope: "row" },
                h("div", { class: "passage" }, h("span", { class: "rank" }, `${index + 1}`), what(one)),
              ),
              h("td", {}, score(one.cosine)),
              h("td", {}, score(one.bm25)),
              h("td", {}, measured(score(one.score), one.score / best)),
            ),
          ),
        ),
      ),
    ),
  );
}

function what(one) {
  return h(
    "div",
    {},
    [one.title, ...(one.section ?? [])].join(" › "),
    h("span", { class: "source" }, one.source, place(one), one.read && " · read a second time"),
  );
}

/** Return the sentences that were considered, best first; those of the first quote are marked, and those of others. */
export function sentences({ sentences: found, quotes, second_look: second, answered }) {
  if (!found?.length) return null;
  const columns = [
    ["Meaning", "cosine"],
    ["Covered", "covered"],
    ["Words", "bm25"],
    ["Kind", "type"],
    ...(second ? [["2nd look", "second_look"]] : []),
    ["Score", "score"],
  ];
  return section(
    "Sentences that were considered",
    h(
      "p",
      { class: "about" },
      "Score: meaning + covered + 0.1 × words + 0.075 × kind, which is whether it holds the kind of thing that is asked for, as a date; 0.5 less if it only says what its document is called. ",
      `The chance that it is the one comes of the score${second ? " and of the second look" : ""}.`,
    ),
    scrolled(
      "Sentences",
      h(
        "table",
        { class: "scores sentences" },
        h("caption", { class: "unseen" }, "Sentences with their scores"),
        heads([...columns.map(([name]) => name), "Chance"]),
        found.map((one) => sentence(one, columns, standing(one, quotes, answered))),
      ),
    ),
  );
}

function sentence(one, columns, mark) {
  return h(
    "tbody",
    { class: mark?.first && (mark.sure ? "chosen" : "nearest") },
    h(
      "tr",
      {},
      h(
        "th",
        { scope: "rowgroup", colspan: columns.length + 1 },
        mark &&
          h(
            "span",
            { class: ["mark", mark.first && mark.sure && "first"] },
            mark.first && mark.sure && icon("check"),
            mark.text,
          ),
        h("span", { class: "sentence" }, one.text),
        h("span", { class: "source" }, one.source),
      ),
    ),
    h(
      "tr",
      {},
      columns.map(([, key]) => h("td", {}, key === "type" ? (KINDS[one.type] ?? score(one.type)) : short(one[key]))),
      h("td", {}, measured(percent(one.probability), one.probability)),
    ),
  );
}

const KINDS = { 1: "yes", 0: "–", "-1": "no" };

/** Return as what a sentence is shown: in the first quote, in another one, or not (null). */
function standing(one, quotes, answered) {
  if (!one.quoted) return null;
  const [first] = quotes ?? [];
  const chosen = first?.source === one.source && first.text.includes(one.text);
  if (!chosen) return { first: false, text: answered ? "Also shown" : "Also near" };
  return { first: true, sure: answered, text: answered ? "The quote" : "The nearest" };
}

function heads(names) {
  return h(
    "thead",
    {},
    h(
      "tr",
      {},
      names.map((name) => h("th", { scope: "col" }, name)),
    ),
  );
}

const short = (value) => (value === null || value === undefined ? "–" : value.toFixed(2).replace("-", "−"));

function measured(text, share) {
  return [
    h("span", { class: "measured" }, text),
    h(
      "span",
      { class: "measure", "aria-hidden": "true" },
      h("i", { style: { width: `${Math.max(Math.min(share, 1), 0) * 100}%` } }),
    ),
  ];
}

/** A table that is wider than its place is moved by keys too. */
function scrolled(label, table) {
  return h("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": label }, table);
}
