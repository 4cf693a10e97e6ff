/** Slack's own markup, `mrkdwn`, turned into nodes. */

import { h } from "../dom.js";
import { emojiCharacter } from "./emoji.js";
import { link } from "./links.js";
import { angleToken, emoji, unescapeText } from "./tokens.js";

const STYLES = { "*": "strong", _: "em", "~": "del" };
const ADDRESS = /^https?:\/\/[^\s<>|]+/;
const EMOJI_NAME = /^:([a-z0-9_+'-]+(?:::skin-tone-[2-6])?):/;

/**
 * Nodes for a text in mrkdwn.
 * @param {string} text
 * @param {any} names who is meant by an id (see tokens.js)
 * @returns {Node[]}
 */
export function mrkdwn(text, names) {
  const nodes = [];
  const pieces = String(text ?? "").split("```");
  pieces.forEach((piece, index) => {
    const closed = index % 2 === 1 && index < pieces.length - 1;
    if (closed && piece.trim()) nodes.push(h("pre", {}, h("code", {}, plain(piece.replace(/^\n|\n$/g, "")))));
    else if (index % 2 === 1) nodes.push(...lines("```" + piece + (closed ? "```" : ""), names));
    else nodes.push(...lines(trimAround(piece, index > 0, index < pieces.length - 1), names));
  });
  return nodes;
}

/** A block of code brings its own line breaks. */
function trimAround(piece, after, before) {
  return piece.replace(after ? /^\n/ : /^(?!)/, "").replace(before ? /\n$/ : /(?!)$/, "");
}

/** Code shows links as what was written. */
function plain(text) {
  return unescapeText(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, target, label) => label ?? target));
}

function lines(text, names) {
  if (text === "") return [];
  const nodes = [];
  let quote = null;
  let first = true;
  for (const line of text.split("\n")) {
    const quoted = /^(?:&gt;|>)\s?(.*)$/.exec(line);
    if (quoted) {
      if (quote) quote.append(h("br"));
      else nodes.push((quote = h("blockquote", { dir: "auto" })));
      quote.append(...inline(quoted[1], names));
    } else {
      if (!first && !quote) nodes.push(h("br"));
      nodes.push(...inline(line, names));
      quote = null;
    }
    first = false;
  }
  return nodes;
}

/**
 * Nodes for one line.
 * @param {string} text
 * @param {any} names
 * @param {string} [open] the styles we are inside of
 * @returns {Node[]}
 */
export function inline(text, names, open = "") {
  const nodes = [];
  let pending = "";
  const flush = () => {
    if (pending) nodes.push(document.createTextNode(unescapeText(pending)));
    pending = "";
  };
  for (let at = 0; at < text.length;) {
    const found = tokenAt(text, at, names, open);
    if (found) {
      flush();
      nodes.push(found.node);
      at += found.length;
    } else {
      pending += text[at];
      at += 1;
    }
  }
  flush();
  return nodes;
}

function tokenAt(text, at, names, open) {
  const character = text[at];
  if (character === "<") return angleAt(text, at, names);
  if (character === "`") return codeAt(text, at);
  if (character in STYLES && !open.includes(character)) return styleAt(text, at, names, open);
  if (character === ":") return emojiAt(text, at);
  if (character === "h" && text.startsWith("http", at)) return addressAt(text, at);
  return null;
}

function angleAt(text, at, names) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const node = angleToken(text.slice(at + 1, end), names);
  if (node === null) return null;
  return { node: node instanceof Node ? node : document.createTextNode(node), length: end - at + 1 };
}

function codeAt(text, at) {
  const end = text.indexOf("`", at + 1);
  if (end <= at + 1) return null;
  return { node: h("code", {}, plain(text.slice(at + 1, end))), length: end - at + 1 };
}

/** A mark opens after a space or punctuation and closes before one; inside words it means itself. */
function styleAt(text, at, names, open) {
  const mark = text[at];
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  if (/^\s?$/.test(text[at + 1] ?? "") || text[at + 1] === mark) return null;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    if (/\s/.test(text[end - 1]) || /[\p{L}\p{N}]/u.test(text[end + 1] ?? "")) continue;
    const inner = inline(text.slice(at + 1, end), names, open + mark);
    return { node: h(STYLES[mark], {}, inner), length: end - at + 1 };
  }
  return null;
}

function emojiAt(text, at) {
  const match = EMOJI_NAME.exec(text.slice(at, at + 64));
  if (!match || !emojiCharacter(match[1])) return null;
  return { node: emoji(match[1]), length: match[0].length };
}

function addressAt(text, at) {
  if (at > 0 && /[\p{L}\p{N}]/u.test(text[at - 1])) return null;
  const match = ADDRESS.exec(text.slice(at));
  if (!match) return null;
  const address = match[0].replace(/[.,;:!?'")\]*_~]+$/, "");
  return { node: link(unescapeText(address)), length: address.length };
}
