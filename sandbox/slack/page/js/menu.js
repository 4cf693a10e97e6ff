/** A menu that drops from a button. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";

let openOne = null;

/**
 * @typedef {object} MenuItem
 * @property {string} label
 * @property {string} [hint]
 * @property {any} [mark] an icon or a face
 * @property {boolean} [checked] makes it one choice among several
 * @property {boolean} [danger]
 * @property {string} [group] items of one group that follow each other stand under its name
 * @property {() => void} run
 */

/**
 * Open a menu under (or, where there is no room, above) an element. Escape, Tab or a click elsewhere closes it.
 * @param {HTMLElement} anchor
 * @param {MenuItem[]} items
 */
export function openMenu(anchor, items) {
  if (openOne?.anchor === anchor) {
    openOne.close();
    return;
  }
  openOne?.close();
  const stop = new AbortController();
  const buttons = items.map((item) => itemButton(item, () => close(true)));
  const menu = h("div", { class: "menu", role: "menu", popover: "manual" }, grouped(items, buttons));
  if (items.length === 0) fill(menu, h("p", { class: "menu-empty" }, "Nothing to choose from."));

  const close = (refocus = false) => {
    if (openOne?.anchor !== anchor) return;
    openOne = null;
    stop.abort();
    menu.remove();
    anchor.setAttribute("aria-expanded", "false");
    if (refocus) anchor.focus();
  };
  openOne = { anchor, close };

  (anchor.closest("dialog") ?? document.body).append(menu);
  menu.showPopover();
  position(menu, anchor);
  anchor.setAttribute("aria-expanded", "true");
  menu.addEventListener("keydown", (event) => onKey(event, buttons, close), { signal: stop.signal });
  const outside = (event) => !menu.contains(event.target) && !anchor.contains(event.target) && close();
  document.addEventListener("pointerdown", outside, { signal: stop.signal, capture: true });
  addEventListener("resize", () => close(), { signal: stop.signal });
  (buttons.find((button) => button.getAttribute("aria-checked") === "true") ?? buttons[0])?.focus();
}

/** Items of one group stand together under its name. */
function grouped(items, buttons) {
  const parts = [];
  let last;
  items.forEach(({ group }, index) => {
    if (group && group !== last)
      parts.push(
        h("div", { role: "group", "aria-label": group }, h("p", { class: "menu-group", "aria-hidden": "true" }, group)),
      );
    if (group) parts.at(-1).append(buttons[index]);
    else parts.push(buttons[index]);
    last = group;
  });
  return parts;
}

function itemButton(item, close) {
  const onclick = () => {
    close();
    item.run();
  };
  const choice =
    item.checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": String(item.checked) };
  return h(
    "button",
    { type: "button", class: item.danger ? "menu-item danger-text" : "menu-item", tabindex: "-1", onclick, ...choice },
    item.mark ?? null,
    h("span", { class: "menu-label", dir: "auto" }, item.label, item.hint && h("small", {}, item.hint)),
    item.checked && icon("check"),
  );
}

function onKey(event, buttons, close) {
  const at = buttons.indexOf(document.activeElement);
  const moves = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 };
  if (event.key in moves) {
    event.preventDefault();
    buttons[(moves[event.key] + buttons.length) % buttons.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  } else if (event.key.length === 1 && event.key !== " ") {
    const wanted = event.key.toLowerCase();
    const order = [...buttons.slice(at + 1), ...buttons.slice(0, at + 1)];
    order.find((button) => button.textContent.trim().toLowerCase().startsWith(wanted))?.focus();
  }
}

/**
 * Put a floating element beside its anchor, inside the window.
 * @param {HTMLElement} floating
 * @param {HTMLElement} anchor
 */
export function position(floating, anchor) {
  const gap = 6;
  const box = anchor.getBoundingClientRect();
  const size = floating.getBoundingClientRect();
  const below = box.bottom + gap + size.height <= innerHeight;
  const top = below ? box.bottom + gap : Math.max(gap, box.top - gap - size.height);
  const start = box.left + size.width <= innerWidth - gap ? box.left : box.right - size.width;
  floating.style.top = `${top}px`;
  floating.style.left = `${Math.max(gap, Math.min(start, innerWidth - size.width - gap))}px`;
}
