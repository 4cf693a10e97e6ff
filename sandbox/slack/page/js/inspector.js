/** The inspector: calls and envelopes behind one message, or of the whole workspace, while they happen. */

import { sentenceFor } from "./api.js";
import { fill, h } from "./dom.js";
import { plural } from "./format.js";
import { concerns, hasProblem, Journal } from "./journal.js";
import { JournalRow } from "./journal-row.js";
import { panelFrame } from "./panel.js";

const EVERY = 1000;
const MOST_ROWS = 200;
const KINDS = {
  all: ["Everything", () => true],
  app: ["Calls of the app", (entry) => entry.kind === "call" && entry.records[0].as !== "user"],
  people: ["Calls of people", (entry) => entry.kind === "call" && entry.records[0].as === "user"],
  envelopes: ["Envelopes", (entry) => entry.kind === "envelope"],
  problems: ["Problems", hasProblem],
};

/**
 * @param {any} app
 * @param {{channel: string, message: string | null, signal: AbortSignal, onclose: () => void}} options
 */
export function inspectorPanel(app, { channel, message, signal, onclose }) {
  const inspector = new Inspector(app, channel, message);
  const timer = setInterval(() => document.hidden || inspector.refresh(), EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
  inspector.refresh();
  const note = message ? "of one message" : "of this workspace";
  return panelFrame({ title: "Inspector", note, className: "inspector", body: inspector.element, onclose });
}

class Inspector {
  constructor(app, channel, ts) {
    Object.assign(this, { app, channel, ts });
    this.journal = new Journal(app.store.state.team.id);
    this.rows = new Map();
    this.filter = h("input", {
      type: "search",
      class: "filter-field",
      placeholder: "Filter by method, event or content",
      "aria-label": "Filter",
      "data-first": true,
      oninput: () => this.#show(),
    });
    this.kind = h(
      "select",
      { "aria-label": "What to show", class: "filter-kind", onchange: () => this.#show() },
      Object.entries(KINDS).map(([value, [label]]) => h("option", { value }, label)),
    );
    this.count = h("p", { class: "soft inspector-count", role: "status" });
    this.list = h("ol", { class: "journal" });
    this.entries = [];
    this.element = h("div", { class: "inspector-body" }, this.#tools(), h("div", { class: "scroller" }, this.list));
  }

  #tools() {
    const clear = h("button", { type: "button", class: "button", onclick: () => this.#clear() }, "Clear");
    return h(
      "div",
      { class: "inspector-tools" },
      this.filter,
      h("div", { class: "inspector-choices" }, this.kind, !this.ts && clear, this.count),
    );
  }

  #clear() {
    this.journal.clear();
    this.entries = [];
    this.#show();
  }

  async refresh() {
    if (this.reading) return;
    this.reading = true;
    try {
      this.entries = await this.journal.read();
      this.#show();
    } catch (error) {
      fill(this.count, sentenceFor(error));
    }
    this.reading = false;
  }

  /** One message is told in the order of time; of a workspace the newest comes first. */
  #wanted() {
    const words = this.filter.value.trim().toLowerCase();
    const [, fits] = KINDS[this.kind.value];
    const message = this.ts && this.app.store.message(this.channel, this.ts);
    const found = this.entries.filter(
      (entry) =>
        fits(entry) &&
        (!this.ts || (message && concerns(entry, this.channel, message))) &&
        (words === "" || textOf(entry).includes(words)),
    );
    return this.ts ? found : found.reverse();
  }

  #show() {
    const found = this.#wanted();
    const shown = found.slice(0, MOST_ROWS);
    const keys = new Set(shown.map((entry) => entry.key));
    for (const key of this.rows.keys()) if (!keys.has(key)) this.rows.delete(key);
    const elements = shown.map((entry) => {
      if (!this.rows.has(entry.key)) this.rows.set(entry.key, new JournalRow(this.app.store));
      const row = this.rows.get(entry.key);
      row.update(entry);
      return row.element;
    });
    place(this.list, elements);
    const more = found.length > shown.length ? `, the first ${MOST_ROWS} shown` : "";
    const words = found.length ? `${plural(found.length, "entry", "entries")}${more}` : "Nothing yet.";
    if (this.count.textContent !== words) fill(this.count, words);
  }
}

/** Rows that stay are never taken out, so that what is open stays open and the focus where it is. */
function place(list, wanted) {
  const keep = new Set(wanted);
  for (const child of [...list.children]) if (!keep.has(child)) child.remove();
  let next = list.firstElementChild;
  for (const element of wanted) {
    if (element === next) next = next.nextElementSibling;
    else list.insertBefore(element, next);
  }
}

function textOf(entry) {
  return `${entry.name} ${JSON.stringify(entry.records)}`.toLowerCase();
}
