/** The panel's beginning: what was asked, how sure the answer is, which quote it is and why, and what took how long. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { milliseconds } from "./time.js";

const STEPS = [
  ["encoding", "Encode the question"],
  ["searching", "Search"],
  ["second_look", "Second look"],
  ["choosing", "Choose the quote"],
];

const EVIDENCE = [
  ["cosine", "Meaning", "how near the best sentence is to the question, as vectors"],
  ["covered", "Covered", "share of the question's words that this sentence has"],
  ["said", "Said", "share of them said anywhere in its passage"],
  ["unnamed", "Unnamed", "share of the question that are names and numbers found nowhere in it"],
  ["read", "Read", "log odds that it answers, by the model that read both together"],
];

/** Return a number as a share in per cent. */
export function percent(value) {
  return value > 0 && value < 0.005 ? "< 1%" : `${Math.round(value * 100)}%`;
}

/** Return a score, or a dash where there is none. */
export const score = (value) => (value === null || value === undefined ? "–" : value.toFixed(3).replace("-", "−"));

/** Return the question, whether it was answered, and how sure that is against what is needed. */
export function verdict(trace) {
  const { question, turns, answered, why_not: why, confidence, threshold } = trace;
  return h(
    "section",
    { class: "verdict", "aria-label": "The question" },
    h("blockquote", { class: "asked" }, question),
    turns?.length > 0 && earlier(turns),
    h(
      "p",
      { class: ["outcome", answered ? "good" : "bad"] },
      icon(answered ? "check" : "warning"),
      h("span", {}, h("strong", {}, answered ? "Answered" : "Not answered"), why ? `. ${why}` : ""),
    ),
    scale(confidence, threshold),
  );
}

function earlier(turns) {
  return h(
    "details",
    { class: "turns", "data-key": "turns" },
    h(
      "summary",
      {},
      icon("right"),
      `Understood after ${turns.length} earlier ${turns.length === 1 ? "turn" : "turns"}`,
    ),
    h(
      "ol",
      {},
      turns.map((turn) => h("li", {}, h("span", { class: "role" }, turn.role), " ", turn.text)),
    ),
  );
}

function scale(confidence, threshold) {
  const enough = confidence >= threshold;
  const said = `Confidence ${percent(confidence)}; at least ${percent(threshold)} is needed to call it an answer`;
  return h(
    "figure",
    { class: "scale" },
    h(
      "figcaption",
      {},
      h("span", {}, "Confidence"),
      h("strong", {}, percent(confidence)),
      h("span", { class: "needed" }, `needed: ${percent(threshold)}`),
    ),
    h(
      "div",
      { class: "scale-track", role: "img", "aria-label": said },
      h("div", { class: ["scale-fill", enough ? "good" : "bad"], style: { width: `${confidence * 100}%` } }),
      h("div", { class: "scale-mark", style: { left: `${threshold * 100}%` } }),
    ),
  );
}

/** Return the quotes that were shown, and why the first is what it is. */
export function quotes({ quotes: shown, choice, answered }) {
  if (!shown?.length && !choice) return null;
  return section(
    answered ? "Why this quote" : "What came nearest",
    choice && h("p", { class: "choice" }, choice),
    h(
      "ol",
      { class: ["quotes", !answered && "unsure"] },
      (shown ?? []).map((quote) =>
        h(
          "li",
          {},
          h("blockquote", {}, quote.text),
          h(
            "p",
            { class: "cite" },
            h("span", { class: "source" }, quote.source),
            place(quote),
            ` · characters ${quote.start} to ${quote.end}`,
            ` · probability ${percent(quote.score)}`,
          ),
        ),
      ),
    ),
  );
}

/** Return where something stands, in words. */
export function place({ page, lines }) {
  if (page !== null && page !== undefined) return `, page ${page}`;
  if (!lines) return "";
  return lines[0] === lines[1] ? `, line ${lines[0]}` : `, lines ${lines[0]} to ${lines[1]}`;
}

/** Return what the confidence is made of. */
export function evidence({ evidence: parts }) {
  if (!parts) return null;
  const there = EVIDENCE.filter(([key]) => parts[key] !== null && parts[key] !== undefined);
  return section(
    "What the confidence is made of",
    h(
      "dl",
      { class: "evidence" },
      there.map(([key, name, about]) =>
        h("div", {}, h("dt", {}, name), h("dd", {}, h("strong", {}, score(parts[key])), h("span", {}, about))),
      ),
    ),
  );
}

/** Return what took how long, as one bar and as a table. */
export function times({ steps, total }) {
  const taken = STEPS.map(([key, name]) => ({ key, name, ms: steps?.[key] ?? 0 })).filter(
    ({ key, ms }) => ms > 0 || key !== "second_look",
  );
  const sum = Math.max(
    taken.reduce((all, { ms }) => all + ms, 0),
    0.001,
  );
  return section(
    "What took how long",
    h(
      "div",
      { class: "times-bar", "aria-hidden": "true" },
      taken.map(({ key, ms }) =>
        h("span", { class: `step-${key}`, style: { "flex-grow": String(Math.max(ms / sum, 0.004)) } }),
      ),
    ),
    h(
      "table",
      { class: "times" },
      h("caption", { class: "unseen" }, "Time by step"),
      h(
        "tbody",
        {},
        taken.map(({ key, name, ms }) =>
          h(
            "tr",
            {},
            h("th", { scope: "row" }, h("span", { class: `swatch step-${key}`, "aria-hidden": "true" }), name),
            h("td", {}, milliseconds(ms)),
            h("td", { class: "share" }, percent(ms / sum)),
          ),
        ),
      ),
      h(
        "tfoot",
        {},
        h("tr", {}, h("th", { scope: "row" }, "In all"), h("td", {}, milliseconds(total ?? sum)), h("td", {})),
      ),
    ),
  );
}

/** Return a part of the panel under its title. */
export function section(title, ...content) {
  return h("section", { "aria-label": title }, h("h3", {}, title), content);
}
