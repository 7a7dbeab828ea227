/**
 * Discord's Markdown as a tree: blocks here, what stands within a line in `inline.js`. Pure; `markdown-view.js` draws it.
 *
 * Blocks: paragraph, quote, heading (level 1 to 3), subtext, list (ordered, start, items, each a list of blocks).
 */

import { inline } from "./inline.js";

const HEADING = /^(#{1,3})[^\S\n]+(\S.*)$/;
const SUBTEXT = /^-#[^\S\n]+(\S.*)$/;
const ITEM = /^( *)([-*]|\d{1,9}\.)[^\S\n]+(\S.*)$/;
const QUOTED = /^> (.*)$/;
const REST_QUOTED = ">>> ";
const FENCE = "```";
const DEEPEST = 8;

/** Return the blocks of a text. */
export function parse(text) {
  return blocks(text.replace(/\r\n?/g, "\n"), { quotes: true, lists: true }, 0);
}

/** Say whether a text is nothing but a few emoji, which are drawn large. */
export function isJumbo(text) {
  const emoji = /\p{RGI_Emoji}|<a?:\w+:\d+>/gv;
  const found = text.match(emoji);
  return found !== null && found.length <= 27 && text.replace(emoji, "").trim() === "";
}

function blocks(text, allowed, depth) {
  const found = [];
  let at = 0;
  while (at < text.length) {
    const block = depth < DEEPEST ? blockAt(text, at, allowed, depth) : null;
    if (block) {
      found.push(block.node);
      at = block.end;
    } else {
      const end = depth < DEEPEST ? paragraphEnd(text, at, allowed, depth) : text.length;
      const own = text.slice(at, end);
      // The line end before a block is the block's own.
      const said = end < text.length && own.endsWith("\n") ? own.slice(0, -1) : own;
      found.push({ type: "paragraph", children: inline(said) });
      at = end;
    }
  }
  return found;
}

function blockAt(text, at, allowed, depth) {
  const { line, next } = lineAt(text, at);
  const heading = HEADING.exec(line);
  if (heading)
    return block({ type: "heading", level: heading[1].length, children: inline(heading[2].trimEnd()) }, next);
  const subtext = SUBTEXT.exec(line);
  if (subtext) return block({ type: "subtext", children: inline(subtext[1].trimEnd()) }, next);
  if (allowed.quotes && line.startsWith(REST_QUOTED)) {
    const inside = text.slice(at + REST_QUOTED.length);
    return block({ type: "quote", children: blocks(inside, { ...allowed, quotes: false }, depth + 1) }, text.length);
  }
  if (allowed.quotes && QUOTED.test(line)) return quoteAt(text, at, allowed, depth);
  return allowed.lists && ITEM.test(line) ? listAt(text, at, depth) : null;
}

function quoteAt(text, at, allowed, depth) {
  const lines = [];
  let end = at;
  while (end < text.length) {
    const { line, next } = lineAt(text, end);
    const quoted = QUOTED.exec(line);
    if (!quoted) break;
    lines.push(quoted[1]);
    end = next;
  }
  return block({ type: "quote", children: blocks(lines.join("\n"), { ...allowed, quotes: false }, depth + 1) }, end);
}

function listAt(text, at, depth) {
  const items = [];
  let end = at;
  while (end < text.length) {
    const { line, next } = lineAt(text, end);
    const item = ITEM.exec(line);
    if (item) {
      if (items.length && item[1].length <= items[0].indent && isNumber(item[2]) !== isNumber(items[0].sign)) break;
      items.push({ indent: item[1].length, sign: item[2], lines: [item[3]] });
    } else {
      const last = items.at(-1);
      const goesOn = line.trim() !== "" && line.startsWith(" ".repeat(last.indent + 2));
      if (!goesOn) break;
      last.lines.push(line.slice(last.indent + 2));
    }
    end = next;
  }
  return block(nested(items, depth), end);
}

/** Return a list of items, of which those that are indented further lie in the one before. */
function nested(items, depth) {
  const [first] = items;
  const list = { type: "list", ordered: isNumber(first.sign), start: parseInt(first.sign, 10) || 1, items: [] };
  for (let index = 0; index < items.length;) {
    const item = items[index];
    const inside = items.slice(index + 1);
    const after = inside.findIndex((other) => other.indent <= Math.max(item.indent, first.indent));
    const below = after < 0 ? inside : inside.slice(0, after);
    const content = blocks(item.lines.join("\n"), { quotes: false, lists: false }, depth + 1);
    const deeper = below.length && depth < DEEPEST ? [nested(below, depth + 1)] : [];
    list.items.push([...content, ...deeper]);
    index += 1 + below.length;
  }
  return list;
}

/** Return where a paragraph ends: before the next line that begins a block, fences skipped. */
function paragraphEnd(text, at, allowed, depth) {
  let end = at;
  while (end < text.length) {
    if (end > at && blockAt(text, end, allowed, depth)) return end;
    end = afterFences(text, end, lineAt(text, end).next);
  }
  return end;
}

/** Return the end of the line from `start` to `end`, or of the line in which the last fence ends that begins in it. */
function afterFences(text, start, end) {
  let opens = text.indexOf(FENCE, start);
  while (opens >= 0 && opens < end) {
    const closes = text.indexOf(FENCE, opens + FENCE.length);
    if (closes < 0) return end;
    const after = closes + FENCE.length;
    end = Math.max(end, lineAt(text, after).next);
    opens = text.indexOf(FENCE, after);
  }
  return end;
}

const isNumber = (sign) => /\d/.test(sign);

function lineAt(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? { line: text.slice(at), next: text.length } : { line: text.slice(at, end), next: end + 1 };
}

function block(node, end) {
  return { node, end };
}
