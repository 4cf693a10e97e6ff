/** JSON as a person reads it: indented, coloured, to be copied. What is in it stays text. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { copyText } from "./clipboard.js";

const TOKEN = /("(?:\\.|[^"\\])*")(?=(\s*:)?)|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * A value under a heading, with a button that copies it.
 * @param {string} label
 * @param {any} value
 */
export function jsonView(label, value) {
  const text = JSON.stringify(value ?? null, null, 2);
  const copy = h(
    "button",
    {
      type: "button",
      class: "icon-button",
      "aria-label": `Copy ${label.toLowerCase()}`,
      title: "Copy",
      onclick: () => copyText(text, `${label} copied.`),
    },
    icon("copy"),
  );
  return h(
    "div",
    { class: "json" },
    h("div", { class: "json-head" }, h("span", {}, label), copy),
    h("pre", { tabindex: "0", role: "region", "aria-label": label }, coloured(text)),
  );
}

function coloured(text) {
  const pieces = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    const kind = match[2] ? "json-key" : match[1] ? "json-text" : "json-value";
    pieces.push(text.slice(at, match.index), h("span", { class: kind }, match[0]));
    at = match.index + match[0].length;
  }
  return [...pieces, text.slice(at)];
}
