/** Slack's `rich_text` block turned into nodes. */

import { h } from "../dom.js";
import { link } from "./links.js";
import { broadcastMention, channelMention, dateMention, emoji, userMention } from "./tokens.js";

/**
 * Nodes for a rich_text block.
 * @param {any} block
 * @param {any} names who is meant by an id (see tokens.js)
 * @returns {Node[]}
 */
export function richText(block, names) {
  return (block.elements ?? []).map((part) => group(part, names)).filter(Boolean);
}

function group(part, names) {
  const elements = part.elements ?? [];
  switch (part.type) {
    case "rich_text_section":
      return h("div", { class: "rt-section", dir: "auto" }, run(elements, names));
    case "rich_text_quote":
      return h("blockquote", { dir: "auto" }, run(elements, names));
    case "rich_text_preformatted":
      return h(
        "pre",
        {},
        h(
          "code",
          {},
          elements.map((item) => item.text ?? item.url ?? ""),
        ),
      );
    case "rich_text_list":
      return list(part, names);
    default:
      return null;
  }
}

function list(part, names) {
  const ordered = part.style === "ordered";
  const depth = Math.min(Math.max(Number(part.indent) || 0, 0), 8);
  const items = (part.elements ?? []).map((item) => h("li", { dir: "auto" }, run(item.elements ?? [], names)));
  const start = ordered && part.offset ? Number(part.offset) + 1 : null;
  return h(ordered ? "ol" : "ul", { class: `rt-list indent-${depth}${part.border ? " rt-border" : ""}`, start }, items);
}

function run(elements, names) {
  return elements.flatMap((element) => styled(piece(element, names), element.style));
}

function piece(element, names) {
  switch (element.type) {
    case "text":
      return breaks(element.text ?? "");
    case "link":
      return link(element.url, element.text);
    case "emoji":
      return emoji(element.skin_tone ? `${element.name}::skin-tone-${element.skin_tone}` : element.name);
    case "user":
      return userMention(element.user_id, names);
    case "channel":
      return channelMention(element.channel_id, names);
    case "usergroup":
      return h("span", { class: "mention" }, `@${element.usergroup_id}`);
    case "broadcast":
      return broadcastMention(element.range);
    case "date":
      return dateMention(Number(element.timestamp), element.format ?? "", element.fallback ?? "", element.url);
    case "color":
      return h("code", {}, element.value);
    default:
      return element.text ?? "";
  }
}

function breaks(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const TAGS = { code: "code", bold: "strong", italic: "em", strike: "del", underline: "u", highlight: "mark" };

function styled(content, style = {}) {
  return Object.entries(TAGS).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), content);
}
