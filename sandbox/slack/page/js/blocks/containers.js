/** Blocks that frame others: container, alert, card, carousel. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { richText } from "../text/richtext.js";
import { blockElement } from "./elements.js";
import { picture } from "./media.js";
import { textObject } from "./texts.js";

const LEVELS = { default: "info", info: "info", success: "check", warning: "warning", error: "warning" };

/** A frame with a title around other blocks; it folds where the app wants that. */
export function containerBlock(block, surface, renderBlock) {
  const title = block.rich_text_title
    ? richText(block.rich_text_title, surface.names)
    : textObject(block.title, surface);
  const subtitle = block.subtitle && h("span", { class: "soft" }, textObject(block.subtitle, surface));
  const body = h(
    "div",
    { class: "container-body" },
    (block.child_blocks ?? []).map((child) => renderBlock(child, surface)),
  );
  const head = [h("span", { class: "container-title", dir: "auto" }, title), subtitle];
  if (!block.is_collapsible) {
    return h(
      "section",
      { class: "container" },
      h("div", { class: block.has_header_divider ? "container-head lined" : "container-head" }, head),
      body,
    );
  }
  return h(
    "details",
    { class: "container", open: !block.default_collapsed },
    h("summary", { class: "container-head" }, icon("chevron"), head),
    body,
  );
}

/** A coloured note: information, success, warning, error. */
export function alertBlock(block, surface) {
  const level = Object.hasOwn(LEVELS, block.level) ? block.level : "default";
  return h(
    "div",
    { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note" },
    icon(LEVELS[level]),
    h("div", { class: "prose", dir: "auto" }, textObject(block.text, surface)),
  );
}

/** A picture, a title, some words and what can be done. */
export function cardBlock(block, surface) {
  return h(
    "div",
    { class: "card" },
    block.hero_image && picture(block.hero_image, "card-hero"),
    h(
      "div",
      { class: "card-body" },
      h(
        "div",
        { class: "card-head" },
        block.icon && picture(block.icon, "card-icon"),
        h(
          "div",
          {},
          block.title && h("div", { class: "card-title", dir: "auto" }, textObject(block.title, surface)),
          block.subtitle && h("div", { class: "soft", dir: "auto" }, textObject(block.subtitle, surface)),
        ),
      ),
      block.body && h("div", { class: "prose", dir: "auto" }, textObject(block.body, surface)),
      block.actions?.length > 0 &&
        h(
          "div",
          { class: "actions" },
          block.actions.map((element) => blockElement(element, block, surface)),
        ),
    ),
  );
}

/** Cards side by side. */
export function carouselBlock(block, surface) {
  const cards = (block.elements ?? block.cards ?? []).map((card) => cardBlock(card, surface));
  return h("div", { class: "carousel", tabindex: "0", role: "group", "aria-label": "Cards" }, cards);
}
