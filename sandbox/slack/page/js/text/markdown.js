/** The CommonMark subset of Slack's `markdown` block: the block level. */

import { h } from "../dom.js";
import { markdownInline } from "./markdown-inline.js";

const FENCE = /^ {0,3}(```+|~~~+)\s*[^`\s]*$/;
const HEADING = /^ {0,3}(#{1,6})\s+(.*)$/;
const RULE = /^ {0,3}([-*_])(?:\s*\1){2,}$/;
const QUOTE = /^ {0,3}>\s?/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])(\s+)(.*)$/;
const DEEPEST = 8;

/**
 * Nodes for a text in markdown.
 * @param {string} text
 * @param {any} names who is meant by an id (see tokens.js)
 * @param {number} [depth] how many lists and quotes we are inside of
 * @returns {Node[]}
 */
export function markdown(text, names, depth = 0) {
  const lines = String(text ?? "")
    .split("\n")
    .map((line) => line.trimEnd());
  const nodes = [];
  const cursor = { lines, at: 0, names, depth };
  while (cursor.at < lines.length) {
    if (lines[cursor.at].trim() === "") cursor.at += 1;
    else nodes.push(blockAt(cursor));
  }
  return nodes;
}

function blockAt(cursor) {
  const line = cursor.lines[cursor.at];
  const nests = cursor.depth < DEEPEST;
  if (FENCE.test(line)) return fence(cursor);
  if (HEADING.test(line)) return heading(cursor);
  if (RULE.test(line)) return (cursor.at++, h("hr"));
  if (nests && QUOTE.test(line)) return quote(cursor);
  if (nests && ITEM.test(line)) return list(cursor);
  if (isTable(cursor)) return table(cursor);
  return paragraph(cursor);
}

function fence(cursor) {
  const mark = FENCE.exec(cursor.lines[cursor.at])[1];
  const body = [];
  for (cursor.at += 1; cursor.at < cursor.lines.length; cursor.at += 1) {
    if (cursor.lines[cursor.at].trim().startsWith(mark)) break;
    body.push(cursor.lines[cursor.at]);
  }
  cursor.at += 1;
  return h("pre", {}, h("code", {}, body.join("\n")));
}

/** A message's headings stand below those of the page. */
function heading(cursor) {
  const [, marks, text] = HEADING.exec(cursor.lines[cursor.at++]);
  const level = Math.min(marks.length + 2, 6);
  const shown = text.replace(/\s#+$/, "");
  return h(`h${level}`, { class: `md-heading md-h${marks.length}`, dir: "auto" }, markdownInline(shown, cursor.names));
}

function quote(cursor) {
  const body = [];
  while (cursor.at < cursor.lines.length && QUOTE.test(cursor.lines[cursor.at])) {
    body.push(cursor.lines[cursor.at++].replace(QUOTE, ""));
  }
  return h("blockquote", { dir: "auto" }, markdown(body.join("\n"), cursor.names, cursor.depth + 1));
}

function list(cursor) {
  const [, lead, mark] = ITEM.exec(cursor.lines[cursor.at]);
  const ordered = /\d/.test(mark);
  const indent = lead.length;
  const items = [];
  while (cursor.at < cursor.lines.length) {
    const match = ITEM.exec(cursor.lines[cursor.at]);
    if (!match || match[1].length > indent + 1 || match[1].length < indent || /\d/.test(match[2]) !== ordered) break;
    items.push(item(cursor, match));
  }
  return h(ordered ? "ol" : "ul", { start: ordered && mark !== "1." ? parseInt(mark, 10) : null }, items);
}

/** An item owns the lines below it that are indented, and plain lines that go on with its sentence. */
function item(cursor, match) {
  const body = [match[4]];
  const indent = match[1].length;
  for (cursor.at += 1; cursor.at < cursor.lines.length; cursor.at += 1) {
    const line = cursor.lines[cursor.at];
    const lead = line.length - line.trimStart().length;
    const next = cursor.lines[cursor.at + 1] ?? "";
    if (line.trim() === "" && !/^\s/.test(next)) break;
    if (line.trim() !== "" && lead <= indent + 1 && (lead <= indent || ITEM.test(line)) && startsBlock(line)) break;
    body.push(line.slice(Math.min(lead, indent + match[2].length + match[3].length)));
  }
  skipBlankBefore(cursor, indent);
  const task = /^\[([ xX])\]\s+/.exec(body[0]);
  if (task) body[0] = body[0].slice(task[0].length);
  const inner = tight(markdown(body.join("\n"), cursor.names, cursor.depth + 1));
  return h(
    "li",
    { dir: "auto", class: task ? "md-task" : null },
    task && h("span", { class: "md-box" }, task[1] === " " ? "☐ " : "☑ "),
    inner,
  );
}

/** A blank line between two items does not end their list. */
function skipBlankBefore(cursor, indent) {
  if ((cursor.lines[cursor.at] ?? "x").trim() !== "") return;
  const match = ITEM.exec(cursor.lines[cursor.at + 1] ?? "");
  if (match && match[1].length === indent) cursor.at += 1;
}

/** One paragraph in an item needs no paragraph around it. */
function tight(nodes) {
  return nodes.map((node, index) =>
    index === 0 && node instanceof HTMLParagraphElement ? [...node.childNodes] : node,
  );
}

function startsBlock(line) {
  return ITEM.test(line) || HEADING.test(line) || QUOTE.test(line) || FENCE.test(line) || RULE.test(line);
}

function isTable(cursor) {
  const next = cursor.lines[cursor.at + 1] ?? "";
  if (!cursor.lines[cursor.at].includes("|") || !next.includes("|")) return false;
  return cells(next).every((cell) => /^:?-+:?$/.test(cell));
}

function cells(line) {
  const trimmed = line.trim().replace(/^\|/, "").replace(/\|$/, "");
  return trimmed.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

function table(cursor) {
  const header = cells(cursor.lines[cursor.at]);
  const sides = cells(cursor.lines[cursor.at + 1]).map((rule) =>
    rule.endsWith(":") ? (rule.startsWith(":") ? "center" : "right") : "left",
  );
  const row = (tag, texts) =>
    h(
      "tr",
      {},
      header.map((_, index) =>
        h(
          tag,
          { class: `align-${sides[index] ?? "left"}`, dir: "auto" },
          markdownInline(texts[index] ?? "", cursor.names),
        ),
      ),
    );
  const body = [];
  for (cursor.at += 2; cursor.at < cursor.lines.length && cursor.lines[cursor.at].includes("|"); cursor.at += 1) {
    body.push(row("td", cells(cursor.lines[cursor.at])));
  }
  const grid = h("table", {}, h("thead", {}, row("th", header)), h("tbody", {}, body));
  return h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": "Table" }, grid);
}

function paragraph(cursor) {
  const body = [];
  while (cursor.at < cursor.lines.length) {
    const line = cursor.lines[cursor.at];
    if (
      body.length &&
      (line.trim() === "" || (startsBlock(line) && !(ITEM.test(line) && cursor.depth >= DEEPEST)) || isTable(cursor))
    )
      break;
    body.push(line);
    cursor.at += 1;
  }
  const parts = body.flatMap((line, index) =>
    index ? [h("br"), ...markdownInline(line.trim(), cursor.names)] : markdownInline(line.trim(), cursor.names),
  );
  return h("p", { dir: "auto" }, parts);
}
