/** Blocks that show a picture, a film's card or a file's line. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { link, mediaSource } from "../text/links.js";
import { plainText } from "./texts.js";

/**
 * A picture by its address; its words where it cannot be had.
 * @param {any} image with image_url or slack_file, and alt_text
 * @param {string} [className]
 */
export function picture(image, className = "block-picture") {
  const src = mediaSource(image.image_url ?? image.slack_file?.url);
  const alt = image.alt_text ?? "";
  const words = () => h("span", { class: "picture-missing" }, alt || "Picture");
  if (src === null) return words();
  const element = h("img", { class: className, src, alt, loading: "lazy", referrerpolicy: "no-referrer" });
  element.addEventListener("error", () => element.replaceWith(words()), { once: true });
  return element;
}

/** A picture with its title. */
export function imageBlock(block) {
  return h(
    "figure",
    { class: "image-block" },
    block.title && h("figcaption", { dir: "auto" }, plainText(block.title)),
    picture(block),
  );
}

/** A film is never embedded here: its picture and its title lead to it. */
export function videoBlock(block) {
  const address = block.title_url ?? block.video_url ?? "";
  const title = plainText(block.title) || "Video";
  return h(
    "div",
    { class: "video-card" },
    h("div", { class: "video-title", dir: "auto" }, link(address, title)),
    block.author_name && h("div", { class: "soft" }, block.author_name),
    block.description && h("div", { class: "soft", dir: "auto" }, plainText(block.description)),
    block.thumbnail_url && picture({ image_url: block.thumbnail_url, alt_text: block.alt_text ?? title }),
  );
}

/** A line that stands for a file from elsewhere. */
export function fileBlock(block) {
  return h("div", { class: "file-line" }, icon("file"), `File ${block.external_id ?? block.file_id ?? ""}`);
}
