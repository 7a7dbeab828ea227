/**
 * What stands within a line of Discord's Markdown, as a tree. Pure.
 *
 * Nodes: text, break, strong, em, underline, strike, spoiler (each with children), code, fence (language), link
 * (address, children, masked), mention (of: user, role, channel, everyone, here; id), command (name), emoji (name),
 * time (seconds, style).
 */

import { webAddress } from "./address.js";
import { codeAt } from "./backticks.js";

const DEEPEST = 10;
const SPECIAL = /[\\`|<[*_~@\n]|https?:\/\//g;
const ESCAPED = /\\([^0-9A-Za-z\s])/y;
const ADDRESS = /https?:\/\/[^\s<]+/y;
const CALL = /@(everyone|here)/y;
const ANGLED = [
  [/<@!?(\d{5,20})>/y, ([, id]) => ({ type: "mention", of: "user", id })],
  [/<@&(\d{5,20})>/y, ([, id]) => ({ type: "mention", of: "role", id })],
  [/<#(\d{5,20})>/y, ([, id]) => ({ type: "mention", of: "channel", id })],
  [/<a?:(\w{2,32}):\d{5,20}>/y, ([, name]) => ({ type: "emoji", name })],
  [
    /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y,
    ([, seconds, style]) => ({ type: "time", seconds: Number(seconds), style: style ?? "f" }),
  ],
  [/<\/([^<>:\n]{1,100}):\d{5,20}>/y, ([, name]) => ({ type: "command", name })],
];
const ANGLED_ADDRESS = /<(https?:\/\/[^\s<>]+)>/iy;
const MARKS = [
  ["||", "spoiler"],
  ["**", "strong"],
  ["__", "underline"],
  ["~~", "strike"],
  ["*", "em"],
  ["_", "em"],
];

/** Return what stands in `text`; `linked` says that it lies in a link already. */
export function inline(text, { linked = false } = {}, depth = 0) {
  const nodes = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = depth < DEEPEST ? nodeAt(text, at, linked, depth) : null;
    if (found) {
      if (plain) nodes.push({ type: "text", text: plain });
      plain = "";
      nodes.push(found.node);
      at = found.end;
      if (found.node.type === "fence" && text[at] === "\n") at += 1;
    } else {
      const next = nextSpecial(text, at + 1);
      plain += text.slice(at, next);
      at = next;
    }
  }
  if (plain) nodes.push({ type: "text", text: plain });
  return nodes;
}

function nextSpecial(text, from) {
  SPECIAL.lastIndex = from;
  return SPECIAL.exec(text)?.index ?? text.length;
}

function nodeAt(text, at, linked, depth) {
  switch (text[at]) {
    case "\n":
      return { node: { type: "break" }, end: at + 1 };
    case "\\": {
      const escaped = match(ESCAPED, text, at);
      return escaped && { node: { type: "text", text: escaped[1] }, end: at + escaped[0].length };
    }
    case "`":
      return codeAt(text, at);
    case "<":
      return angledAt(text, at, linked);
    case "[":
      return linked ? null : maskedAt(text, at, depth);
    case "h":
      return linked ? null : addressAt(text, at);
    case "@":
      return callAt(text, at);
    default:
      return markedAt(text, at, linked, depth);
  }
}

function angledAt(text, at, linked) {
  for (const [pattern, make] of ANGLED) {
    const found = match(pattern, text, at);
    if (found) return { node: make(found), end: at + found[0].length };
  }
  const found = linked ? null : match(ANGLED_ADDRESS, text, at);
  const address = found && webAddress(found[1]);
  return address ? link(address, [{ type: "text", text: found[1] }], at + found[0].length) : null;
}

function maskedAt(text, at, depth) {
  const labelled = paired(text, at, "[", "]");
  if (labelled < 0 || text[labelled] !== "(") return null;
  const addressed = paired(text, labelled, "(", ")");
  const label = text.slice(at + 1, labelled - 1);
  const [said] = text
    .slice(labelled + 1, addressed - 1)
    .trim()
    .split(/\s/, 1);
  const address = addressed < 0 || !label.trim() ? null : webAddress(said.replace(/^<|>$/g, ""));
  return address && link(address, inline(label, { linked: true }, depth + 1), addressed, true);
}

/** Return where the bracket is closed, on the same line, that opens at `at`: behind it; -1 where it is not. */
function paired(text, at, opens, closes) {
  let depth = 0;
  for (let end = at; end < text.length && text[end] !== "\n"; end += 1) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === opens) depth += 1;
    else if (text[end] === closes) depth -= 1;
    if (depth === 0) return end + 1;
  }
  return -1;
}

function addressAt(text, at) {
  const found = match(ADDRESS, text, at);
  if (!found) return null;
  const said = trimmed(found[0]);
  const address = webAddress(said);
  return address ? link(address, [{ type: "text", text: said }], at + said.length) : null;
}

/** Return an address without what rather belongs to the sentence around it. */
function trimmed(said) {
  let end = said.length;
  let unpaired = said.split(")").length - said.split("(").length;
  for (;;) {
    const last = said[end - 1];
    if (last === ")" ? unpaired <= 0 : !".,:;\"'!?]".includes(last)) return said.slice(0, end);
    if (last === ")") unpaired -= 1;
    end -= 1;
  }
}

function callAt(text, at) {
  const found = match(CALL, text, at);
  return found && { node: { type: "mention", of: found[1], id: null }, end: at + found[0].length };
}

function markedAt(text, at, linked, depth) {
  for (const [mark, type] of MARKS) {
    if (!text.startsWith(mark, at) || !mayOpen(text, at, mark)) continue;
    const closes = closing(text, at + mark.length, mark);
    if (closes < 0) continue;
    const children = inline(text.slice(at + mark.length, closes), { linked }, depth + 1);
    return { node: { type, children }, end: closes + mark.length };
  }
  return null;
}

function mayOpen(text, at, mark) {
  if (mark.length === 1 && text[at + 1] === mark) return false;
  if (mark === "_") return !isWord(text[at - 1]);
  return mark !== "*" || !isBlank(text[at + 1]);
}

/** Return where a mark closes what it opened before `from`; -1 where it does not. Escapes and code are skipped. */
function closing(text, from, mark) {
  const single = mark.length === 1;
  for (let at = from; at < text.length;) {
    if (text[at] === "\\") at += 2;
    else if (text[at] === "`") at = codeAt(text, at).end;
    else if (!text.startsWith(mark, at)) at += 1;
    else if (single && text[at + 1] === mark) at += 2;
    else if (at > from && mayClose(text, at, mark)) return at;
    else at += 1;
  }
  return -1;
}

function mayClose(text, at, mark) {
  const after = text[at + mark.length];
  if (mark === "_") return !isWord(after);
  if (mark === "*") return !isBlank(text[at - 1]);
  return mark === "||" || mark === "~~" || after !== mark[0];
}

function isWord(character) {
  return character !== undefined && /[\p{L}\p{N}_]/u.test(character);
}

function isBlank(character) {
  return character === undefined || /\s/.test(character);
}

function link(address, children, end, masked = false) {
  return { node: { type: "link", address, children, masked }, end };
}

function match(pattern, text, at) {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
