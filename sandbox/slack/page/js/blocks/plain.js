/** Blocks that only show text: section, header, context, divider, markdown, rich text. */

import { h } from "../dom.js";
import { markdown } from "../text/markdown.js";
import { richText } from "../text/richtext.js";
import { blockElement } from "./elements.js";
import { picture } from "./media.js";
import { plainText, textObject } from "./texts.js";

/** Text, fields beside each other, and one control. */
export function sectionBlock(block, surface) {
  const fields = (block.fields ?? []).map((field) =>
    h("div", { class: "field", dir: "auto" }, textObject(field, surface)),
  );
  return h(
    "div",
    { class: "section" },
    h(
      "div",
      { class: "section-text" },
      block.text &&
        h(
          "div",
          { class: block.text.type === "plain_text" ? "prose pre-line" : "prose", dir: "auto" },
          textObject(block.text, surface),
        ),
      fields.length > 0 && h("div", { class: "fields" }, fields),
    ),
    block.accessory && h("div", { class: "accessory" }, blockElement(block.accessory, block, surface)),
  );
}

/** A title. */
export function headerBlock(block) {
  return h("h3", { class: "block-title", dir: "auto" }, plainText(block.text));
}

/** A line across. */
export function dividerBlock() {
  return h("hr");
}

/** Small print, with small pictures. */
export function contextBlock(block, surface) {
  const items = (block.elements ?? []).map((element) =>
    element.type === "image"
      ? picture(element, "context-image")
      : h("span", { dir: "auto" }, textObject(element, surface)),
  );
  return h("div", { class: "context" }, items);
}

/** Text in CommonMark. */
export function markdownBlock(block, surface) {
  return h("div", { class: "prose markdown" }, markdown(block.text, surface.names));
}

/** Text as the composer of Slack makes it. */
export function richTextBlock(block, surface) {
  return h("div", { class: "prose" }, richText(block, surface.names));
}
