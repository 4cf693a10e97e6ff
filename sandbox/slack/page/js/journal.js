/** The server's journal as the page reads it: calls of the Web API, and envelopes with all attempts to deliver them. */

import { fetchFrom } from "./api.js";

/** An entry may still change so long after it was written: acks come, answers take their time. */
const SETTLES_SECONDS = 30;

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {"call" | "envelope"} kind
 * @property {number} time of the first attempt
 * @property {string} name the method, or the type of the event
 * @property {any[]} records one call, or all attempts of one envelope
 */

export class Journal {
  /** @param {string} team */
  constructor(team) {
    this.team = team;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    this.latest = 0;
    this.floor = 0;
  }

  /** Fetch what is new or may have changed. @returns {Promise<Entry[]>} all entries, oldest first */
  async read() {
    const since = Math.max(this.floor, this.latest - SETTLES_SECONDS);
    const answer = await fetchFrom("journal", { team: this.team, since: String(since) });
    for (const call of answer.calls) this.#put(callEntry(call), (old) => (old.records = [call]));
    for (const sent of answer.deliveries)
      this.#put(envelopeEntry(sent), (old) => (old.records = withAttempt(old, sent)));
    return [...this.entries.values()].sort((a, b) => a.time - b.time);
  }

  #put(entry, change) {
    this.latest = Math.max(this.latest, entry.time);
    const old = this.entries.get(entry.key);
    if (old) change(old);
    else this.entries.set(entry.key, entry);
  }

  /** Begin anew with what happens from now on. */
  clear() {
    this.floor = this.latest;
    this.entries.clear();
  }
}

function callEntry(call) {
  return { key: `${call.method} ${call.time}`, kind: "call", time: call.time, name: call.method, records: [call] };
}

function envelopeEntry(sent) {
  const key = `${sent.app} ${sent.event_id ?? sent.envelope_id}`;
  return { key, kind: "envelope", time: sent.time, name: sent.event_type ?? sent.type, records: [sent] };
}

function withAttempt(entry, sent) {
  const others = entry.records.filter((record) => record.envelope_id !== sent.envelope_id);
  return [...others, sent].sort((a, b) => a.time - b.time);
}

/** Did something go wrong: a refusal, or no ack on the last attempt? @param {Entry} entry */
export function hasProblem(entry) {
  const last = entry.records.at(-1);
  if (entry.kind === "call") return last.status !== 200 || last.answer.ok === false;
  return Boolean(last.failed);
}

/**
 * Is an entry about a message? Calls that made or changed it, answered or reacted to it; envelopes that told of it.
 * Reading calls name everything they read, so of answers only what was made counts.
 * @param {Entry} entry
 * @param {string} channel
 * @param {any} message
 */
export function concerns(entry, channel, message) {
  const [record] = entry.records;
  const { args, answer = {}, payload } = record;
  const said = entry.kind === "call" ? [args, answer.ts, answer.message_ts, answer.channel, answer.file_id] : [payload];
  const words = wordsIn(said, new Set());
  if ((message.files ?? []).some((file) => words.has(file.id))) return true;
  return words.has(message.ts) && words.has(channel);
}

/** All strings in a value; JSON in a string counts as what it says. */
function wordsIn(value, found) {
  if (typeof value === "string") {
    found.add(value);
    if (/^[[{]/.test(value)) wordsIn(parsed(value), found);
  } else if (value && typeof value === "object") {
    for (const part of Object.values(value)) wordsIn(part, found);
  }
  return found;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
