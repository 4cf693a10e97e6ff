/** The controls that hold a value: text, choices, dates, people. Used by input blocks, and by actions blocks for what is not a menu. */

import { h } from "../dom.js";
import { plainText } from "./texts.js";

const TEXT_TYPES = {
  plain_text_input: "text",
  email_text_input: "email",
  url_text_input: "url",
  number_input: "number",
};
const DATE_TYPES = { datepicker: ["date", "selected_date"], timepicker: ["time", "selected_time"] };

/** All options of a select, those of groups included. */
export function optionsOf(element) {
  return element.options ?? (element.option_groups ?? []).flatMap((group) => group.options ?? []);
}

let serial = 0;

/** An id for a label to point at. */
export function freshId() {
  serial += 1;
  return `field-${serial}`;
}

/**
 * The control for a value. It writes what is filled in to `surface.values` and tells `changed`.
 * @param {any} element
 * @param {any} block
 * @param {any} surface
 * @param {(choice: any) => void} [changed]
 * @param {Record<string, any>} [props] id and aria attributes
 */
export function fieldElement(element, block, surface, changed = () => {}, props = {}) {
  const kept = surface.values[block.block_id]?.[element.action_id];
  const set = (choice) => {
    (surface.values[block.block_id] ??= {})[element.action_id] = { type: element.type, ...choice };
    changed(choice);
  };
  const remember = (choice) => {
    if (!kept) (surface.values[block.block_id] ??= {})[element.action_id] = { type: element.type, ...choice };
  };
  return FIELDS[element.type]({
    element,
    surface,
    kept,
    set,
    remember,
    props: { ...props, dataset: { action: element.action_id ?? "" } },
  });
}

function textField({ element, kept, set, remember, props }) {
  const value = kept?.value ?? element.initial_value ?? "";
  remember({ value: value || null });
  const oninput = (event) => set({ value: event.target.value || null });
  const limits = {
    minlength: element.min_length,
    maxlength: element.max_length,
    placeholder: plainText(element.placeholder),
  };
  if (element.multiline) return h("textarea", { ...props, ...limits, rows: "4", value, oninput, dir: "auto" });
  const numbers =
    element.type === "number_input"
      ? { min: element.min_value, max: element.max_value, step: element.is_decimal_allowed ? "any" : "1" }
      : {};
  return h("input", { ...props, ...limits, ...numbers, type: TEXT_TYPES[element.type], value, oninput, dir: "auto" });
}

/** Text typed here travels as one plain rich_text section. */
function richTextField({ element, kept, set, remember, props }) {
  const wrap = (text) => ({
    type: "rich_text",
    elements: [{ type: "rich_text_section", elements: [{ type: "text", text }] }],
  });
  const words = (rich) =>
    (rich?.elements ?? []).map((part) => (part.elements ?? []).map((item) => item.text ?? "").join("")).join("\n");
  const value = words(kept?.rich_text_value ?? element.initial_value);
  remember({ rich_text_value: value ? wrap(value) : null });
  const oninput = (event) => set({ rich_text_value: event.target.value ? wrap(event.target.value) : null });
  return h("textarea", { ...props, rows: "4", value, oninput, dir: "auto" });
}

function selectField({ element, surface, kept, set, remember, props }) {
  const [field, options, initial] = selectParts(element, surface);
  const current = idOf(kept?.[field]) ?? idOf(initial) ?? "";
  remember({ [field]: initial ?? null });
  const choose = (event) => {
    const option = options.find((item) => item.value === event.target.value) ?? null;
    set({ [field]: field === "selected_option" ? option : (option?.value ?? null) });
  };
  const items = options.map((option) =>
    h("option", { value: option.value, selected: option.value === current }, plainText(option.text)),
  );
  const empty = h("option", { value: "", selected: current === "" }, plainText(element.placeholder) || "Choose");
  return h("select", { ...props, onchange: choose }, empty, items);
}

function idOf(choice) {
  return typeof choice === "object" ? choice?.value : choice;
}

function selectParts(element, surface) {
  const people = surface.people.map((person) => ({ text: person.name, value: person.id }));
  const channels = surface.channels.map((channel) => ({ text: `#${channel.name}`, value: channel.id }));
  switch (element.type.replace("multi_", "")) {
    case "users_select":
      return ["selected_user", people, element.initial_user];
    case "channels_select":
      return ["selected_channel", channels, element.initial_channel];
    case "conversations_select":
      return ["selected_conversation", [...channels, ...people], element.initial_conversation];
    default:
      return ["selected_option", optionsOf(element), element.initial_option];
  }
}

function multiSelectField({ element, surface, kept, set, remember, props }) {
  const [single, options] = selectParts(element, surface);
  const field = `${single}s`;
  const initial =
    element.initial_options ?? element.initial_users ?? element.initial_channels ?? element.initial_conversations ?? [];
  remember({ [field]: initial });
  return choices({
    options,
    chosen: (kept?.[field] ?? initial).map(idOf),
    kind: "checkbox",
    props,
    changed: (picked) => set({ [field]: field === "selected_options" ? picked : picked.map((option) => option.value) }),
  });
}

function checkboxes({ element, kept, set, remember, props }) {
  const chosen = kept?.selected_options ?? element.initial_options ?? [];
  remember({ selected_options: chosen });
  return choices({
    options: element.options ?? [],
    chosen: chosen.map(idOf),
    kind: "checkbox",
    props,
    changed: (picked) => set({ selected_options: picked }),
  });
}

function radioButtons({ element, kept, set, remember, props }) {
  const chosen = kept?.selected_option ?? element.initial_option;
  remember({ selected_option: chosen ?? null });
  return choices({
    options: element.options ?? [],
    chosen: [idOf(chosen)],
    kind: "radio",
    props,
    changed: ([picked]) => set({ selected_option: picked ?? null }),
  });
}

function choices({ options, chosen, kind, props, changed }) {
  const name = freshId();
  const boxes = options.map((option) =>
    h("input", { type: kind, name, value: option.value, checked: chosen.includes(option.value) }),
  );
  const onchange = () => changed(options.filter((_, index) => boxes[index].checked));
  const rows = options.map((option, index) =>
    h(
      "label",
      { class: "choice" },
      boxes[index],
      h("span", {}, plainText(option.text), option.description && h("small", {}, plainText(option.description))),
    ),
  );
  const { id, ...rest } = props;
  return h(
    "div",
    { ...rest, id, class: "choices", role: kind === "radio" ? "radiogroup" : "group", tabindex: "-1", onchange },
    rows,
  );
}

function dateField({ element, kept, set, remember, props }) {
  const [type, field] = DATE_TYPES[element.type];
  const value = kept?.[field] ?? element.initial_date ?? element.initial_time ?? "";
  remember({ [field]: value || null });
  return h("input", { ...props, type, value, onchange: (event) => set({ [field]: event.target.value || null }) });
}

/** Seconds since 1970 in the data, local time on the screen. */
function dateTimeField({ element, kept, set, remember, props }) {
  const seconds = kept?.selected_date_time ?? element.initial_date_time ?? null;
  remember({ selected_date_time: seconds });
  const local =
    seconds === null
      ? ""
      : new Date((seconds - new Date(seconds * 1000).getTimezoneOffset() * 60) * 1000).toISOString().slice(0, 16);
  const onchange = (event) =>
    set({ selected_date_time: event.target.value ? Math.floor(new Date(event.target.value).getTime() / 1000) : null });
  return h("input", { ...props, type: "datetime-local", value: local, onchange });
}

const FIELDS = {
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: richTextField,
  static_select: selectField,
  users_select: selectField,
  channels_select: selectField,
  conversations_select: selectField,
  multi_static_select: multiSelectField,
  multi_users_select: multiSelectField,
  multi_channels_select: multiSelectField,
  multi_conversations_select: multiSelectField,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: dateField,
  timepicker: dateField,
  datetimepicker: dateTimeField,
};

/** The kinds of element that `fieldElement` can make. */
export const FIELD_TYPES = new Set(Object.keys(FIELDS));
