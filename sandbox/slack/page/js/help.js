/** What the keyboard can do, said in a dialog. */

import { openDialog } from "./dialog.js";
import { h } from "./dom.js";

const GROUPS = {
  "Get around": [
    ["Go to a channel or a person", "Ctrl K"],
    ["Search in this channel", "/", "Ctrl F"],
    ["Next or previous channel", "Alt ↓", "Alt ↑"],
    ["Close what is at the side", "Escape"],
    ["Inspector", "I"],
    ["These shortcuts", "?"],
  ],
  "On a message": [
    ["Next or previous message", "↓", "↑"],
    ["React", "R"],
    ["Open its thread", "T"],
    ["Edit your own", "E"],
    ["Inspect it", "I"],
  ],
  "While writing": [
    ["Send", "Enter"],
    ["New line", "Shift Enter"],
    ["Edit your last message", "↑"],
    ["Bold, italic, code", "Ctrl B", "Ctrl I", "Ctrl E"],
  ],
};

/** Show all shortcuts. Letters alone count where nothing is being written. */
export function openHelp() {
  const body = Object.entries(GROUPS).map(([title, rows]) =>
    h(
      "section",
      { class: "keys" },
      h("h3", {}, title),
      h(
        "dl",
        {},
        rows.map(([words, ...keys]) => h("div", {}, h("dt", {}, words), h("dd", {}, keys.map(combination)))),
      ),
    ),
  );
  const { element } = openDialog({ title: "Keyboard shortcuts", body, className: "dialog-keys" });
  // There is nothing to press in it: whoever has no mouse scrolls the text itself.
  element.querySelector(".dialog-body")?.setAttribute("tabindex", "0");
}

function combination(keys) {
  return h(
    "span",
    { class: "combination" },
    keys.split(" ").map((key) => h("kbd", {}, key)),
  );
}
