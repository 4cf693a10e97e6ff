/** Files in a message: players, pictures, text with a glimpse inside, and cards to download. */

import { duration, fileSize, plainName } from "./format.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { mediaSource } from "./text/links.js";

const TEXT_TYPES = new Set([
  "markdown",
  "text",
  "srt",
  "vtt",
  "json",
  "csv",
  "log",
  "yaml",
  "xml",
  "javascript",
  "python",
]);
const GLIMPSE_LIMIT = 300_000;
const GLIMPSE_LINES = 6;

/**
 * The element of one file.
 * @param {any} file Slack's file object
 */
export function fileView(file) {
  if (file.mode === "tombstone") return h("div", { class: "file-gone" }, icon("trash"), "This file was deleted.");
  const source = mediaSource(file.url_private);
  const kind = String(file.mimetype ?? "").split("/")[0];
  if (source && kind === "audio") return player("audio", file, source);
  if (source && kind === "video") return player("video", file, source);
  if (source && kind === "image") return image(file, source);
  if (source && isText(file, kind)) return textFile(file, source);
  if (file.filetype === "quip") return canvas(file);
  return card(file);
}

function isText(file, kind) {
  return (kind === "text" || TEXT_TYPES.has(file.filetype)) && file.filetype !== "html" && file.size <= GLIMPSE_LIMIT;
}

function title(file) {
  return plainName(file.title || file.name || "File");
}

function facts(file) {
  const parts = [
    file.pretty_type || String(file.filetype ?? "").toUpperCase(),
    file.duration_ms ? duration(file.duration_ms) : null,
    fileSize(file.size),
  ];
  return parts.filter(Boolean).join(" · ");
}

function heading(file, shape = icon("file")) {
  const download = mediaSource(file.url_private_download ?? file.url_private);
  return h(
    "div",
    { class: "file-head" },
    h("span", { class: "file-icon" }, shape),
    h(
      "div",
      { class: "file-names" },
      h("div", { class: "file-title" }, h("bdi", {}, title(file))),
      h("div", { class: "soft file-facts" }, facts(file)),
    ),
    download &&
      h(
        "a",
        {
          class: "icon-button",
          href: download,
          download: plainName(file.name),
          "aria-label": `Download ${title(file)}`,
          title: "Download",
        },
        icon("download"),
      ),
  );
}

/** A canvas opens beside the channel. */
function canvas(file) {
  const open = h("a", { class: "button", href: `#/file/${file.id}` }, "Open canvas");
  return h("div", { class: "file" }, heading(file), h("div", { class: "file-open" }, open));
}

function card(file) {
  return h("div", { class: "file" }, heading(file));
}

/** The browser's own player; where it cannot play the format, the download remains. */
function player(tag, file, source) {
  const media = h(tag, {
    controls: true,
    preload: "metadata",
    src: source,
    playsinline: tag === "video",
    "aria-label": title(file),
  });
  const frame = h("div", { class: `file file-${tag}` }, heading(file, wave()), media);
  const cannot = () =>
    media.replaceWith(
      h("p", { class: "soft file-problem" }, "This browser cannot play this file. Download it to listen."),
    );
  media.addEventListener("error", cannot, { once: true });
  media.addEventListener("play", () => pauseOthers(media));
  return frame;
}

/** Two recordings at once are noise. */
function pauseOthers(media) {
  for (const other of document.querySelectorAll("audio, video"))
    if (other !== media) /** @type {HTMLMediaElement} */ (other).pause();
}

function wave() {
  return h(
    "span",
    { class: "wave" },
    [0.4, 0.8, 1, 0.6, 0.9].map((size) => {
      const bar = h("i");
      bar.style.height = `${size * 100}%`;
      return bar;
    }),
  );
}

function image(file, source) {
  const picture = h("img", { class: "file-picture", src: source, alt: file.alt_txt ?? title(file), loading: "lazy" });
  if (file.original_w && file.original_h)
    picture.style.aspectRatio = `${Number(file.original_w)} / ${Number(file.original_h)}`;
  const frame = h(
    "figure",
    { class: "file-image" },
    h("figcaption", { class: "soft" }, h("bdi", {}, title(file))),
    h("a", { href: source, target: "_blank", rel: "noopener noreferrer" }, picture),
  );
  picture.addEventListener("error", () => frame.replaceWith(card(file)), { once: true });
  return frame;
}

/** The first lines, and the rest when asked for. The text is fetched once the file comes into view. */
function textFile(file, source) {
  const text = h("code");
  const more = h("button", { type: "button", class: "link-button", hidden: true });
  const frame = h(
    "div",
    { class: "file file-text" },
    heading(file),
    h("pre", { hidden: true, tabindex: "0", "aria-label": `Text of ${title(file)}` }, text),
    more,
  );
  const seen = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    seen.disconnect();
    fetch(source, { credentials: "same-origin" })
      .then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(String(answer.status)))))
      .then((whole) => glimpse(whole, text, more))
      .catch(() => {}); // the heading with its download says enough
  });
  seen.observe(frame);
  return frame;
}

function glimpse(whole, text, more) {
  const lines = whole.split("\n");
  const short = lines.slice(0, GLIMPSE_LINES).join("\n");
  const show = (all) => {
    text.textContent = all ? whole : short;
    more.textContent = all ? "Show less" : `Show all ${lines.length.toLocaleString()} lines`;
    more.setAttribute("aria-expanded", String(all));
  };
  if (whole.trim() === "") return;
  text.parentElement.hidden = false;
  more.hidden = lines.length <= GLIMPSE_LINES;
  more.addEventListener("click", () => show(more.getAttribute("aria-expanded") !== "true"));
  show(false);
}
