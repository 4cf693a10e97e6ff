/** Keys that count everywhere on the page (help.js says what they do). */

import { openHelp } from "./help.js";
import { openSwitcher } from "./members.js";
import { panelRoute, routeTo } from "./route.js";

/** @param {any} app @param {KeyboardEvent} event */
export function onGlobalKey(app, event) {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const done = event.ctrlKey || event.metaKey ? withControl(app, event) : alone(app, event);
  if (done) event.preventDefault();
}

function withControl(app, event) {
  const key = event.key.toLowerCase();
  if (key === "k") openSwitcher(app);
  else if (key === "f" && app.pane?.finder) app.pane.finder.open();
  else return false;
  return true;
}

function alone(app, event) {
  if (event.altKey) return isArrow(event) && step(app, event.key === "ArrowDown" ? 1 : -1);
  if (isWriting(event.target)) return false;
  if (event.key === "/" && app.pane?.finder) app.pane.finder.open();
  else if (event.key === "?") openHelp();
  else if (event.key === "i" && app.route.channel) location.hash = panelRoute("inspect", app.route.channel);
  else return false;
  return true;
}

function isArrow(event) {
  return event.key === "ArrowDown" || event.key === "ArrowUp";
}

function isWriting(target) {
  return (
    target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role=menu]") !== null
  );
}

/** To the next conversation of the list at the side, or the one before; round at its ends. */
function step(app, by) {
  const rows = [...document.querySelectorAll(".side-lists a.side-row")];
  const places = rows.map((row) => row.getAttribute("href")).filter((href) => /^#\/[A-Z]/.test(href ?? ""));
  if (places.length === 0) return false;
  const at = places.indexOf(routeTo(app.route.channel));
  location.hash = places[(at + by + places.length) % places.length] ?? "";
  return true;
}
