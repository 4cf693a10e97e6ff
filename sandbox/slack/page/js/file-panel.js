/** A file beside the channel, by its address `#/file/F123`: a canvas is shown whole, anything else as in a message. */

import { fetchFrom, sentenceFor } from "./api.js";
import { fill, h } from "./dom.js";
import { fileView } from "./files.js";
import { markdown } from "./text/markdown.js";
import { namesFrom } from "./people.js";
import { panelFrame } from "./panel.js";
import { plainName } from "./format.js";

/**
 * @param {any} app
 * @param {{file: string, onclose: () => void}} options
 */
export function filePanel(app, { file, onclose }) {
  const body = h("div", { class: "scroller panel-scroller", tabindex: "-1" }, h("p", { class: "soft" }, "Opening…"));
  const element = panelFrame({ title: "File", className: "file-panel", body, onclose });
  const heading = /** @type {HTMLElement} */ (element.querySelector("h2"));
  show(app, file, heading, body).catch((error) => fill(body, h("p", { role: "alert" }, sentenceFor(error))));
  return element;
}

async function show(app, id, heading, body) {
  const { file } = await app.api.call("files.info", { file: id });
  fill(heading, plainName(file.title || file.name));
  if (file.filetype !== "quip") return fill(body, fileView(file));
  const canvas = await fetchFrom("canvas", { user: app.store.me.id, file: id });
  fill(body, h("article", { class: "prose canvas", dir: "auto" }, markdown(canvas.markdown, namesFrom(app.store))));
}
