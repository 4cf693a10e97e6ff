/** What the composer offers while one types: commands, people, channels, emoji. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, nameOf } from "./people.js";
import { emojiCharacter, findEmoji } from "./text/emoji.js";

const MOST = 8;

/**
 * @typedef {object} Suggestion
 * @property {string} insert replaces what was typed of it
 * @property {string} label
 * @property {string} [hint]
 * @property {any} [mark]
 */

/** The start of what is being typed at the caret: `{kind, query, from}`, or null. */
function typed(text, caret) {
  const before = text.slice(0, caret);
  const command = /^\/([a-z0-9_-]*)$/i.exec(before);
  if (command) return { kind: "command", query: command[1], from: 0 };
  const word = /(?:^|[\s(])([@#:])([\p{L}\p{N}_.+'-]*)$/u.exec(before);
  if (!word || (word[1] === ":" && word[2].length < 2)) return null;
  return {
    kind: { "@": "person", "#": "channel", ":": "emoji" }[word[1]],
    query: word[2],
    from: caret - word[2].length - 1,
  };
}

/** @returns {Suggestion[]} */
function suggestionsFor({ kind, query }, store) {
  const wanted = query.toLowerCase();
  const matches = (...names) =>
    names.some(
      (name) =>
        String(name ?? "")
          .toLowerCase()
          .split(/[\s_-]/)
          .some((part) => part.startsWith(wanted)) ||
        String(name ?? "")
          .toLowerCase()
          .startsWith(wanted),
    );
  if (kind === "command") {
    const commands = (store.app.commands ?? []).filter((item) => item.command.toLowerCase().startsWith(`/${wanted}`));
    return commands.map((item) => ({
      insert: `${item.command} `,
      label: item.usage_hint ? `${item.command} ${item.usage_hint}` : item.command,
      hint: item.description,
      mark: icon("slash"),
    }));
  }
  if (kind === "person") {
    const people = Object.values(store.state.users).filter(
      (user) => user.id !== "USLACKBOT" && matches(user.name, user.real_name, user.display_name),
    );
    return people.map((user) => ({
      insert: `@${user.name} `,
      label: nameOf(user),
      hint: `@${user.name}`,
      mark: avatar(user, store, { className: "avatar-small" }),
    }));
  }
  if (kind === "channel") {
    const channels = store.state.channels.filter((channel) => matches(channel.name));
    return channels.map((channel) => ({
      insert: `#${channel.name} `,
      label: channel.name,
      mark: icon(channel.is_private ? "lock" : "hash"),
    }));
  }
  return findEmoji(wanted).map((name) => ({
    insert: `${emojiCharacter(name)} `,
    label: `:${name}:`,
    mark: h("span", { class: "emoji" }, emojiCharacter(name)),
  }));
}

/** The list of suggestions over a field. */
export class Suggester {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {any} store
   * @param {string} id for the field to point at
   */
  constructor(field, store, id) {
    Object.assign(this, { field, store, items: [], at: 0 });
    this.element = h("ul", { class: "suggestions", role: "listbox", id, "aria-label": "Suggestions", hidden: true });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", id);
    field.addEventListener("input", () => this.update());
    field.addEventListener("click", () => this.update());
    field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
  }

  get open() {
    return this.items.length > 0;
  }

  update() {
    const { field } = this;
    this.found = field.selectionStart === field.selectionEnd ? typed(field.value, field.selectionStart) : null;
    this.items = this.found ? suggestionsFor(this.found, this.store).slice(0, MOST) : [];
    this.at = 0;
    this.#show();
  }

  close() {
    this.items = [];
    this.#show();
  }

  #show() {
    const { element, field, items } = this;
    const rows = items.map((item, index) =>
      h(
        "li",
        {
          role: "option",
          id: `${element.id}-${index}`,
          "aria-selected": String(index === this.at),
          onpointerdown: (event) => this.#pick(event, index),
        },
        item.mark,
        h("span", { class: "menu-label" }, item.label, item.hint && h("small", {}, item.hint)),
      ),
    );
    element.replaceChildren(...rows);
    element.hidden = items.length === 0;
    if (items.length) field.setAttribute("aria-activedescendant", `${element.id}-${this.at}`);
    else field.removeAttribute("aria-activedescendant");
  }

  #pick(event, index) {
    event.preventDefault();
    this.at = index;
    this.accept();
  }

  /** Put the chosen suggestion in the place of what was typed of it. */
  accept() {
    const { field, found } = this;
    const { insert } = this.items[this.at];
    field.setRangeText(insert, found.from, field.selectionStart, "end");
    this.close();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    this.close();
  }

  /**
   * Take a key while the list is open.
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the list
   */
  onKey(event) {
    if (!this.open || event.isComposing) return false;
    const exact =
      this.found.kind === "command" && this.items.some((item) => item.insert.trim() === this.field.value.trim());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      this.at = (this.at + (event.key === "ArrowDown" ? 1 : -1) + this.items.length) % this.items.length;
      this.#show();
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey && !exact)) this.accept();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
