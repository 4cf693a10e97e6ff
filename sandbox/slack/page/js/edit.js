/** Changing a message one has sent. */

import { fill, h } from "./dom.js";
import { sentenceFor } from "./api.js";
import { escapeText, unescapeText } from "./text/tokens.js";

/**
 * Turn a message's body into a field, until it is saved or left.
 * @param {any} view a MessageView
 */
export function editMessage(view) {
  const { app, channel, message } = view;
  const { body } = view.parts;
  if (body.dataset.editing) return;
  body.dataset.editing = "true";
  const field = h("textarea", {
    rows: "2",
    class: "edit-field",
    "aria-label": "Edit message",
    value: readable(message.text, app.store),
    dir: "auto",
  });
  const problem = h("span", { class: "input-error", role: "alert" });
  const end = () => {
    delete body.dataset.editing;
    fill(body, []);
    view.update(view.message, { compact: view.element.classList.contains("compact") });
    view.element.focus();
  };
  const save = async () => {
    const text = field.value.trim();
    if (text === "" && !message.files?.length)
      return fill(problem, "An empty message cannot be saved. Delete it instead.");
    try {
      await app.api.call("chat.update", { channel, ts: message.ts, text: escapeText(text), link_names: true });
      end();
    } catch (error) {
      fill(problem, sentenceFor(error));
    }
  };
  field.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") end();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save();
    }
  });
  const buttons = h(
    "div",
    { class: "edit-buttons" },
    problem,
    h("button", { type: "button", class: "button", onclick: end }, "Cancel"),
    h("button", { type: "button", class: "button solid primary", onclick: save }, "Save"),
  );
  fill(body, [field, buttons]);
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/** The text as it was typed: mentions as names, addresses bare, escapes undone. */
function readable(text, store) {
  const words = String(text ?? "")
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (whole, id) => (store.user(id) ? `@${store.user(id).name}` : whole))
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (whole, id, name) => `#${store.conversation(id)?.name ?? name ?? id}`)
    .replace(/<((?:https?|mailto):[^|>]+)(?:\|[^>]*)?>/g, "$1");
  return unescapeText(words);
}
