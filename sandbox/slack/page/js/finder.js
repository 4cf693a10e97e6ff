/** Search in one channel: a bar under its header that counts, highlights and jumps, threads included. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { isReply } from "./store.js";
import { routeTo } from "./route.js";
import { wordsOf } from "./words.js";

const HIGHLIGHT = "found";

export class Finder {
  /**
   * @param {any} app
   * @param {string} channel
   * @param {any} list the channel's MessageList
   * @param {AbortSignal} signal
   */
  constructor(app, channel, list, signal) {
    Object.assign(this, { app, channel, list });
    this.found = [];
    this.at = 0;
    this.field = h("input", {
      type: "search",
      class: "filter-field",
      placeholder: "Search in this channel",
      "aria-label": "Search in this channel",
      oninput: () => this.#search(),
      onkeydown: (event) => this.#onKey(event),
    });
    this.count = h("span", { class: "soft find-count", role: "status" });
    const button = (label, shape, onclick) =>
      h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, icon(shape));
    this.element = h(
      "search",
      { class: "find-bar", hidden: true },
      this.field,
      this.count,
      button("Older match", "up", () => this.#go(1)),
      button("Newer match", "down", () => this.#go(-1)),
      button("Close search", "close", () => this.close()),
    );
    app.store.on("messages", (event) => event.channel === channel && this.isOpen && this.#later(), signal);
    signal.addEventListener("abort", () => this.#unmark());
  }

  get isOpen() {
    return !this.element.hidden;
  }

  open() {
    this.element.hidden = false;
    this.field.focus();
    this.field.select();
    this.#search();
  }

  close() {
    this.element.hidden = true;
    this.#unmark();
    this.app.pane?.composer?.focus();
  }

  get #words() {
    return this.field.value.trim().toLowerCase();
  }

  /** Newest first, as one is at the newest when one begins. */
  #find() {
    const words = this.#words;
    const { store } = this.app;
    const all = words ? (store.messages.get(this.channel) ?? []) : [];
    this.found = all.filter((message) => wordsOf(message, store).toLowerCase().includes(words)).reverse();
    this.at = Math.min(this.at, Math.max(0, this.found.length - 1));
  }

  #search() {
    this.at = 0;
    this.#find();
    this.#say();
    const first = this.found[0];
    if (first && !isReply(first)) this.list.reveal(first.ts);
    this.#mark();
    this.fresh = true;
  }

  #later() {
    setTimeout(() => {
      this.#find();
      this.#say();
      this.#mark();
    }, 50);
  }

  #say() {
    const { length } = this.found;
    fill(this.count, this.#words === "" ? "" : length ? `${this.at + 1} of ${length}` : "Nothing found");
  }

  /** To an older (1) or newer (-1) match; the first time to the newest one. */
  #go(by) {
    const { length } = this.found;
    if (length === 0) return;
    this.at = this.fresh && by === 1 ? 0 : (this.at + by + length) % length;
    this.fresh = false;
    const message = this.found[this.at];
    if (isReply(message)) location.hash = routeTo(this.channel, message.ts);
    else this.list.reveal(message.ts);
    this.#say();
    requestAnimationFrame(() => this.#mark());
  }

  #onKey(event) {
    if (event.key === "Enter") this.#go(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Highlights lie over the text and change nothing in it. */
  #mark() {
    const words = this.#words;
    if (!("highlights" in CSS)) return;
    if (words === "" || !this.isOpen) return this.#unmark();
    const ranges = [...document.querySelectorAll(".message-main")].flatMap((part) => rangesIn(part, words));
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
  }

  #unmark() {
    if ("highlights" in CSS) CSS.highlights.delete(HIGHLIGHT);
  }
}

function rangesIn(root, words) {
  const ranges = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    const text = node.data.toLowerCase();
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      if (at + words.length > node.length) break; // lower case may be longer
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      ranges.push(range);
    }
  }
  return ranges;
}
