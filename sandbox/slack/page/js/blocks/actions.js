/** The rows of controls: actions, and the quieter context_actions. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { blockElement, pressable } from "./elements.js";
import { plainText } from "./texts.js";

/** A row of buttons and menus. */
export function actionsBlock(block, surface) {
  return h(
    "div",
    { class: "actions" },
    (block.elements ?? []).map((element) => blockElement(element, block, surface)),
  );
}

/** A row of quiet icons: feedback, delete. */
export function contextActionsBlock(block, surface) {
  return h(
    "div",
    { class: "context-actions" },
    (block.elements ?? []).map((element) => quiet(element, block, surface)),
  );
}

function quiet(element, block, surface) {
  if (element.type === "feedback_buttons") return feedback(element, block, surface);
  if (element.type === "icon_button") return iconButton(element, block, surface);
  return blockElement(element, block, surface);
}

/** Two thumbs; the one that was pressed last stays marked. */
function feedback(element, block, surface) {
  const chosen = (surface.values[block.block_id] ??= {});
  const sides = [
    [element.positive_button, "thumbup"],
    [element.negative_button, "thumbdown"],
  ];
  const buttons = sides.map(([side, name]) => {
    const label = side?.accessibility_label ?? plainText(side?.text);
    const press = async () => {
      await surface.act(block, element, { value: side.value });
      chosen[element.action_id] = { type: element.type, value: side.value };
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(button === mine)));
    };
    const mine = pressable(
      element,
      press,
      {
        class: "quiet-button",
        "aria-label": label,
        title: plainText(side?.text),
        "aria-pressed": String(chosen[element.action_id]?.value === side?.value),
      },
      icon(name),
    );
    return mine;
  });
  return h("div", { class: "feedback", role: "group", "aria-label": "Feedback" }, buttons);
}

function iconButton(element, block, surface) {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(surface.names.me)) return null;
  const label = element.accessibility_label ?? plainText(element.text);
  const press = async () => {
    if (element.confirm && !(await surface.confirm(element.confirm))) return;
    await surface.act(block, element, { value: element.value });
  };
  const shape = element.icon === "trash" ? icon("trash") : icon("more");
  return pressable(
    element,
    press,
    { class: "quiet-button", "aria-label": label, title: plainText(element.text) },
    shape,
  );
}
