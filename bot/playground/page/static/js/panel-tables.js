/** The panel's tables: passages and sentences that were considered, each with what its score is made of. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { percent, place, score, section } from "./panel-verdict.js";

/** Return the passages that came nearest, best first. */
export function passages({ passages: found }) {
  if (!found?.length) return null;
  const best = Math.max(...found.map((one) => one.score), 0.001);
  return section("Passages that came nearest",
    h("p", { class: "about" }, "Score: how near in meaning, plus half of how well the words match."),
    scrolled("Passages", h("table", { class: "scores" }, h("caption", { class: "unseen" }, "Passages with their scores"),
      h("thead", {}, h("tr", {}, ["Passage", "Meaning", "Words", "Score"].map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, found.map((one, index) => h("tr", {},
        h("th", { scope: "row" }, h("span", { class: "rank" }, `${index + 1}`),
          h("span", { class: "what" }, [one.title, ...(one.section ?? [])].join(" › "), h("span", { class: "source" }, one.source, place(one)))),
        h("td", {}, score(one.cosine)), h("td", {}, score(one.bm25)), h("td", {}, measured(score(one.score), one.score / best))))))));
}

/** Return the sentences that were considered, best first, with the ones that are quoted marked. */
export function sentences({ sentences: found, second_look: second }) {
  if (!found?.length) return null;
  const columns = [["Meaning", "cosine"], ["Covered", "covered"], ["Words", "bm25"], ["Kind", "type"], ...(second ? [["2nd look", "second_look"]] : []), ["Score", "score"]];
  return section("Sentences that were considered",
    h("p", { class: "about" }, "“Kind” is whether it holds the kind of thing that is asked for, as a date or a number."),
    scrolled("Sentences", h("table", { class: "scores sentences" }, h("caption", { class: "unseen" }, "Sentences with their scores"),
      h("thead", {}, h("tr", {}, [...columns.map(([name]) => name), "Chance"].map((name) => h("th", { scope: "col" }, name)))),
      found.map((one) => h("tbody", { class: one.quoted && "quoted" },
        h("tr", {}, h("th", { scope: "rowgroup", colspan: columns.length + 1 },
          one.quoted && h("span", { class: "chosen-mark" }, icon("check"), "Quoted"), h("span", { class: "sentence" }, one.text), h("span", { class: "source" }, one.source))),
        h("tr", {}, columns.map(([, key]) => h("td", {}, kindOrScore(one[key]))), h("td", {}, measured(percent(one.probability), one.probability))))))));
}

function kindOrScore(value) {
  return typeof value === "string" ? value : score(value);
}

function measured(text, share) {
  return [h("span", { class: "measured" }, text), h("span", { class: "measure", "aria-hidden": "true" }, h("i", { style: { width: `${Math.max(Math.min(share, 1), 0) * 100}%` } }))];
}

/** A table that is wider than its place is moved by keys too. */
function scrolled(label, table) {
  return h("div", { class: "scrolled", tabindex: 0, role: "region", "aria-label": label }, table);
}
