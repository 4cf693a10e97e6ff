/** Secondary attachments: the older way to add to a message, with a bar of colour beside it. */

import { h } from "./dom.js";
import { clock, dayName } from "./format.js";
import { link } from "./text/links.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { picture } from "./blocks/media.js";
import { renderBlock } from "./blocks/index.js";

const COLORS = { good: "#2f8f6b", warning: "#c98a1b", danger: "#c0392b" };

/**
 * @param {any} attachment
 * @param {any} surface
 */
export function attachmentView(attachment, surface) {
  const text = (value, className) => value && h("div", { class: className, dir: "auto" }, mrkdwn(value, surface.names));
  const fields = (attachment.fields ?? []).map((field) =>
    h(
      "div",
      { class: "field", dir: "auto" },
      h("strong", {}, field.title ?? ""),
      h("br"),
      mrkdwn(field.value ?? "", surface.names),
    ),
  );
  const foot = [attachment.footer, attachment.ts && `${dayName(attachment.ts)} ${clock(attachment.ts)}`]
    .filter(Boolean)
    .join(" · ");
  const title =
    attachment.title &&
    h(
      "div",
      { class: "attachment-title", dir: "auto" },
      attachment.title_link ? link(attachment.title_link, attachment.title) : attachment.title,
    );
  const element = h(
    "div",
    { class: "attachment" },
    text(attachment.pretext, "prose attachment-pretext"),
    attachment.author_name && h("div", { class: "soft", dir: "auto" }, attachment.author_name),
    title,
    attachment.blocks ? attachment.blocks.map((block) => renderBlock(block, surface)) : text(attachment.text, "prose"),
    fields.length > 0 && h("div", { class: "fields" }, fields),
    (attachment.image_url || attachment.thumb_url) &&
      picture({ image_url: attachment.image_url ?? attachment.thumb_url, alt_text: attachment.title ?? "" }),
    foot && h("div", { class: "soft attachment-foot" }, foot),
  );
  const color =
    COLORS[attachment.color] ??
    (/^#?[0-9a-f]{6}$/i.test(attachment.color ?? "") ? `#${attachment.color.replace("#", "")}` : null);
  if (color) element.style.borderInlineStartColor = color;
  return element;
}
