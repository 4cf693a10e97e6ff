/** The frame of what opens at the side: a title, a cross, and a body that scrolls. */

import { h } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {object} options
 * @param {string} options.title
 * @param {string} [options.note] beside the title
 * @param {string} options.className
 * @param {any} options.body
 * @param {() => void} options.onclose the cross, the arrow back on a phone, or Escape
 * @returns {HTMLElement}
 */
export function panelFrame({ title, note, className, body, onclose }) {
  const back = h(
    "button",
    { type: "button", class: "icon-button back-button", "aria-label": "Back to the channel", onclick: onclose },
    icon("back"),
  );
  const cross = h(
    "button",
    {
      type: "button",
      class: "icon-button close-thread",
      "aria-label": `Close ${title}`,
      title: "Close (Escape)",
      onclick: onclose,
    },
    icon("close"),
  );
  const heading = h(
    "div",
    { class: "pane-title" },
    h("h2", { tabindex: "-1", dir: "auto" }, title),
    note && h("span", { class: "soft", dir: "auto" }, note),
  );
  const element = h(
    "aside",
    { class: `side-panel ${className}`, "aria-label": title },
    h("header", { class: "pane-head" }, back, heading, cross),
    body,
  );
  element.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && onclose());
  return element;
}
