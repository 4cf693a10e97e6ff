/** The controls a block can hold, as they behave where a choice is an action at once. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { safeHref } from "../text/links.js";
import { fieldElement, FIELD_TYPES, optionsOf } from "./fields.js";
import { picture } from "./media.js";
import { plainText } from "./texts.js";

/**
 * The element of a control of a section, an actions block or a card.
 * @param {any} element
 * @param {any} block the block it stands in
 * @param {any} surface
 * @returns {HTMLElement}
 */
export function blockElement(element, block, surface) {
  switch (element.type) {
    case "button":
    case "workflow_button":
      return button(element, block, surface);
    case "image":
      return picture(element, "accessory-image");
    case "overflow":
      return overflow(element, block, surface);
    case "static_select":
      return menuSelect(element, block, surface, optionsOf(element), "selected_option");
    case "users_select":
      return menuSelect(element, block, surface, surface.people.map(personOption), "selected_user");
    default:
      return FIELD_TYPES.has(element.type)
        ? fieldElement(element, block, surface, (choice) => decide(element, block, surface, choice))
        : h("span", { class: "block-note" }, `This control (${element.type}) is not shown here.`);
  }
}

function personOption(person) {
  return { text: { type: "plain_text", text: person.name }, value: person.id };
}

/**
 * A button that shows that it works and cannot be pressed twice meanwhile.
 * @param {any} element the Block Kit element; its action_id marks the button
 * @param {() => Promise<void>} press
 * @param {Record<string, any>} props
 * @param {...any} children
 */
export function pressable(element, press, props, ...children) {
  const onclick = async () => {
    if (control.getAttribute("aria-busy") === "true") return;
    control.setAttribute("aria-busy", "true");
    try {
      await press();
    } finally {
      control.removeAttribute("aria-busy");
    }
  };
  const control = h(
    "button",
    { type: "button", ...props, dataset: { action: element.action_id ?? "" }, onclick },
    ...children,
  );
  return control;
}

/** Ask first where the element wants that, then act. */
async function decide(element, block, surface, choice) {
  if (element.confirm && !(await surface.confirm(element.confirm))) return false;
  await surface.act(block, element, choice);
  return true;
}

function button(element, block, surface) {
  if (element.visible_to_user_ids && !element.visible_to_user_ids.includes(surface.names.me)) return null;
  const style = { primary: " primary", danger: " danger" }[element.style] ?? "";
  const address = element.url ? safeHref(element.url) : null;
  const press = async () => {
    if (element.confirm && !(await surface.confirm(element.confirm))) return;
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    await surface.act(block, element, element.value === undefined ? {} : { value: element.value });
  };
  const label = element.accessibility_label ?? null;
  return pressable(
    element,
    press,
    { class: `button${style}`, "aria-label": label, dir: "auto" },
    plainText(element.text),
    address && icon("open"),
  );
}

function overflow(element, block, surface) {
  const choose = (option) => {
    const address = option.url ? safeHref(option.url) : null;
    if (address) window.open(address, "_blank", "noopener,noreferrer");
    return decide(element, block, surface, { selected_option: option });
  };
  const props = { class: "button icon-only", "aria-label": "More options", "aria-haspopup": "menu" };
  const items = () =>
    optionsOf(element).map((option) => ({
      label: plainText(option.text),
      hint: plainText(option.description),
      run: () => choose(option),
    }));
  const control = pressable(element, async () => openMenu(control, items()), props, icon("more"));
  return control;
}

/** A select as a menu: nothing happens until something is chosen. */
function menuSelect(element, block, surface, options, field) {
  const chosen = (surface.values[block.block_id] ??= {});
  const initial = { selected_option: element.initial_option?.value, selected_user: element.initial_user }[field];
  const current = () => {
    const kept = chosen[element.action_id]?.[field];
    return (typeof kept === "object" ? kept?.value : kept) ?? initial;
  };
  const placeholder = plainText(element.placeholder) || "Choose";
  const shown = () => plainText(options.find((option) => option.value === current())?.text) || placeholder;
  const label = h("span", {}, shown());
  const choose = async (option) => {
    const choice = { [field]: field === "selected_option" ? option : option.value };
    if (!(await decide(element, block, surface, choice))) return;
    chosen[element.action_id] = { type: element.type, ...choice };
    label.textContent = shown();
  };
  const items = () =>
    options.map((option) => ({
      label: plainText(option.text),
      hint: plainText(option.description),
      checked: option.value === current(),
      run: () => choose(option),
    }));
  const props = { class: "button select", "aria-label": placeholder, "aria-haspopup": "menu" };
  const control = pressable(element, async () => openMenu(control, items()), props, label, icon("chevron"));
  return control;
}
