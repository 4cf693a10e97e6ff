/** The input block of modals: a label, a control, a hint, and what is wrong. */

import { h } from "../dom.js";
import { fieldElement, FIELD_TYPES, freshId } from "./fields.js";
import { plainText } from "./texts.js";

const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** A labelled control with its hint and what is wrong with it. */
export function inputBlock(block, surface) {
  const element = block.element ?? {};
  if (!FIELD_TYPES.has(element.type))
    return h("p", { class: "block-note" }, `This field (${element.type}) is not shown here.`);
  const id = freshId();
  const error = surface.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const grouped = GROUPS.has(element.type) || element.type.startsWith("multi_");
  const changed = (choice) =>
    block.dispatch_action && !element.type.includes("text") && surface.act(block, element, choice);
  const props = {
    id,
    "aria-labelledby": grouped ? `${id}-label` : null,
    "aria-describedby": described,
    "aria-invalid": error ? "true" : null,
    "aria-required": block.optional ? null : "true",
  };
  return h(
    "div",
    { class: error ? "input-block has-error" : "input-block" },
    h(
      grouped ? "span" : "label",
      { class: "input-label", id: `${id}-label`, for: grouped ? null : id, dir: "auto" },
      plainText(block.label),
      block.optional && h("span", { class: "soft" }, " (optional)"),
    ),
    fieldElement(element, block, surface, changed, props),
    error && h("p", { class: "input-error", id: `${id}-error`, dir: "auto" }, error),
    block.hint && h("p", { class: "input-hint", id: `${id}-hint`, dir: "auto" }, plainText(block.hint)),
  );
}
