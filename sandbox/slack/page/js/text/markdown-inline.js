/** The CommonMark subset of Slack's `markdown` block: what stands inside a line. */

import { h } from "../dom.js";
import { emojiCharacter } from "./emoji.js";
import { link } from "./links.js";
import { angleToken, emoji, unescapeText } from "./tokens.js";

const PUNCTUATION = /[!-/:-@[-`{-~]/;
const MARKS = [
  ["**", "strong"],
  ["__", "strong"],
  ["~~", "del"],
  ["*", "em"],
  ["_", "em"],
];

/**
 * Nodes for one line of markdown.
 * @param {string} text
 * @param {any} names who is meant by an id (see tokens.js)
 * @param {string[]} [open] the styles we are inside of
 * @returns {Node[]}
 */
export function markdownInline(text, names, open = []) {
  const nodes = [];
  let pending = "";
  const flush = () => {
    if (pending) nodes.push(document.createTextNode(unescapeText(pending)));
    pending = "";
  };
  for (let at = 0; at < text.length;) {
    const found = tokenAt(text, at, names, open);
    if (!found) {
      pending += text[at];
      at += 1;
      continue;
    }
    if (typeof found.node === "string") pending += found.node;
    else {
      flush();
      nodes.push(found.node);
    }
    at += found.length;
  }
  flush();
  return nodes;
}

function tokenAt(text, at, names, open) {
  switch (text[at]) {
    case "\\":
      return PUNCTUATION.test(text[at + 1] ?? "") ? { node: text[at + 1], length: 2 } : null;
    case "`":
      return codeAt(text, at);
    case "!":
      return text[at + 1] === "[" ? linkAt(text, at + 1, names, open, 1) : null;
    case "[":
      return open.includes("link") ? null : linkAt(text, at, names, open, 0);
    case "<":
      return angleAt(text, at, names);
    case ":":
      return emojiAt(text, at);
    case "h":
      return open.includes("link") ? null : addressAt(text, at);
    default:
      return styleAt(text, at, names, open);
  }
}

function codeAt(text, at) {
  const fence = /^`+/.exec(text.slice(at, at + 32))[0];
  const end = text.indexOf(fence, at + fence.length);
  if (end < 0) return { node: fence, length: fence.length };
  return {
    node: h("code", {}, text.slice(at + fence.length, end).replace(/^ (.+) $/, "$1")),
    length: end + fence.length - at,
  };
}

/** `[label](address "title")`; a picture becomes a link to it, as in Slack. */
function linkAt(text, at, names, open, lead) {
  const close = text.indexOf("](", at);
  if (close < 0) return null;
  const end = addressEnd(text, close + 2);
  if (end < 0 || text.slice(at + 1, close).includes("[")) return null;
  const address = text
    .slice(close + 2, end)
    .trim()
    .replace(/\s+["'].*["']$/, "")
    .replace(/^<(.*)>$/, "$1");
  const label = markdownInline(text.slice(at + 1, close), names, [...open, "link"]);
  return { node: link(address, label.length ? label : ""), length: end - at + 1 + lead };
}

/** Where the bracket that closes an address stands; brackets inside the address come in pairs. */
function addressEnd(text, from) {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === "(") depth += 1;
    if (text[at] === ")" && depth === 0) return at;
    if (text[at] === ")") depth -= 1;
  }
  return -1;
}

function angleAt(text, at, names) {
  const end = text.indexOf(">", at);
  const node = end < 0 ? null : angleToken(text.slice(at + 1, end), names);
  return node === null ? null : { node, length: end - at + 1 };
}

function emojiAt(text, at) {
  const match = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/.exec(text.slice(at, at + 64));
  return match && emojiCharacter(match[1]) ? { node: emoji(match[1]), length: match[0].length } : null;
}

function addressAt(text, at) {
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  const match = /^https?:\/\/[^\s<>|]+/.exec(text.slice(at));
  if (!match) return null;
  const address = match[0].replace(/[.,;:!?'")\]*_~]+$/, "");
  return { node: link(address), length: address.length };
}

function styleAt(text, at, names, open) {
  const rule = MARKS.find(([mark]) => text.startsWith(mark, at));
  if (!rule) return null;
  const [mark, tag] = rule;
  if (open.includes(mark) || /^\s?$/.test(text[at + mark.length] ?? "")) return { node: mark, length: mark.length };
  const inWord = mark[0] === "_" && at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1]);
  const end = inWord ? -1 : closing(text, at + mark.length, mark);
  if (end < 0) return { node: mark, length: mark.length };
  return {
    node: h(tag, {}, markdownInline(text.slice(at + mark.length, end), names, [...open, mark])),
    length: end + mark.length - at,
  };
}

function closing(text, from, mark) {
  for (let end = text.indexOf(mark, from + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    if (/\s/.test(text[end - 1]) || text[end - 1] === "\\") continue;
    if (mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark)) continue;
    if (mark[0] === "_" && /[\p{L}\p{N}]/u.test(text[end + mark.length] ?? "")) continue;
    if (mark.length === 2 && text[end + 2] === mark[0]) return end + 1;
    return end;
  }
  return -1;
}
