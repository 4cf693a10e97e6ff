/** One line of the inspector: a call with its arguments and answer, or an envelope with its attempts and acks. */

import { fill, h } from "./dom.js";
import { toDate } from "./format.js";
import { icon } from "./icons.js";
import { hasProblem } from "./journal.js";
import { jsonView } from "./json.js";
import { nameOf } from "./people.js";

const CALLERS = { bot: "app", app: "app", user: "person", nobody: "nobody" };

export class JournalRow {
  /** @param {any} store for names */
  constructor(store) {
    this.store = store;
    this.summary = h("summary", { class: "entry-head" });
    this.body = h("div", { class: "entry-body" });
    this.details = h("details", { class: "entry", ontoggle: () => this.#fillBody() }, this.summary, this.body);
    this.element = h("li", {}, this.details);
  }

  /** @param {import("./journal.js").Entry} entry */
  update(entry) {
    const signature = JSON.stringify(entry.records.map((item) => [item.seconds, item.acked, item.failed, item.status]));
    if (this.signature === signature) return;
    this.signature = signature;
    this.entry = entry;
    this.details.classList.toggle("entry-problem", hasProblem(entry));
    fill(this.summary, this.#head());
    this.filled = false;
    this.#fillBody();
  }

  #head() {
    const { entry } = this;
    const call = entry.kind === "call";
    const mark = h("span", { class: `entry-mark entry-${entry.kind}` }, icon(call ? "call" : "envelope"));
    const title = h("span", { class: "entry-name" }, entry.name);
    const who = h("span", { class: "soft entry-who", dir: "auto" }, call ? this.#caller() : "to the app");
    const end = h("span", { class: "entry-end" }, call ? callEnd(entry.records[0]) : envelopeEnd(entry.records));
    return [
      mark,
      h("span", { class: "entry-words" }, title, who),
      end,
      h("time", { class: "soft" }, exactly(entry.time)),
    ];
  }

  #caller() {
    const { as, user } = this.entry.records[0];
    return as === "user"
      ? `by ${nameOf(this.store.user(user))}`
      : `by the ${CALLERS[as]}`.replace("the nobody", "nobody");
  }

  #fillBody() {
    if (!this.details.open || this.filled) return;
    this.filled = true;
    const { kind, records } = this.entry;
    fill(this.body, kind === "call" ? callBody(records[0]) : envelopeBody(records));
  }
}

function callEnd(call) {
  if (call.status !== 200) return `${call.status}`;
  if (call.answer.ok === false) return String(call.answer.error);
  return milliseconds(call.seconds);
}

function envelopeEnd(attempts) {
  const last = attempts.at(-1);
  const count = attempts.length > 1 ? `${attempts.length} attempts, ` : "";
  if (last.failed) return `${count}${last.failed}`;
  return last.acked === null ? `${count}no ack yet` : `${count}ack ${milliseconds(last.acked)}`;
}

function callBody(call) {
  const facts = { Status: call.status, Took: milliseconds(call.seconds), Workspace: call.team, App: call.app };
  return [factList(facts), jsonView("Arguments", call.args), jsonView("Answer", call.answer)];
}

function envelopeBody(attempts) {
  const [first] = attempts;
  const rows = attempts.map((sent) =>
    h(
      "li",
      {},
      h("strong", {}, sent.attempt ? `Retry ${sent.attempt}` : "First attempt"),
      h(
        "span",
        {},
        sent.failed
          ? `failed: ${sent.failed}`
          : sent.acked === null
            ? "no ack yet"
            : `ack after ${milliseconds(sent.acked)}`,
      ),
      sent.retry_reason && h("span", { class: "soft" }, `because of ${sent.retry_reason}`),
      sent.fault && h("span", { class: "soft" }, `fault: ${sent.fault}`),
      h("code", { class: "soft" }, sent.envelope_id),
    ),
  );
  const answer = attempts.find((sent) => sent.answer)?.answer;
  return [
    factList({ Type: first.type, Event: first.event_id, Transport: first.transport.replace("_", " "), App: first.app }),
    h("ul", { class: "attempts" }, rows),
    jsonView("Payload", first.payload),
    answer && jsonView("Ack", answer),
  ];
}

function factList(facts) {
  const known = Object.entries(facts).filter(([, value]) => value !== null && value !== undefined);
  return h(
    "dl",
    { class: "facts" },
    known.map(([name, value]) => [h("dt", {}, name), h("dd", {}, value)]),
  );
}

function milliseconds(seconds) {
  const value = seconds * 1000;
  return value < 10 ? `${value.toFixed(1)} ms` : value < 10_000 ? `${Math.round(value)} ms` : `${seconds.toFixed(1)} s`;
}

/** '14:05:09.120' */
function exactly(time) {
  const date = toDate(time);
  const seconds = date.toLocaleTimeString("en-GB", { hour12: false });
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
