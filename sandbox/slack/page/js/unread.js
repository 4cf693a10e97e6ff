/** What one has read, kept by the browser for each person. */

import { isReply } from "./store.js";
import { isSystem } from "./message.js";

/** Up to where one person has read each channel. */
export class ReadMarks {
  /** @param {any} store */
  constructor(store) {
    this.store = store;
    this.key = `local-slack-read:${store.state.team.id}:${store.me.id}`;
    this.marks = load(this.key);
  }

  /** Everything in a channel has been seen. */
  mark(channel) {
    const messages = this.store.timeline(channel);
    const last = messages[messages.length - 1]?.ts ?? "0";
    if ((this.marks[channel] ?? "") >= last) return;
    this.marks[channel] = last;
    save(this.key, this.marks);
    this.store.emit("read", { channel });
  }

  /** How many messages of others are new, and how many of those speak to one directly. */
  unread(conversation) {
    const me = this.store.me.id;
    const since = this.marks[conversation.id] ?? "";
    const fresh = (this.store.messages.get(conversation.id) ?? []).filter(
      (item) =>
        item.ts > since &&
        item.user !== me &&
        !isSystem(item) &&
        (!isReply(item) || item.subtype === "thread_broadcast"),
    );
    const direct = conversation.is_im || conversation.is_mpim;
    const loud = direct ? fresh : fresh.filter((item) => (item.text ?? "").includes(`<@${me}>`));
    return { fresh: fresh.length, loud: loud.length };
  }
}

/** A browser may refuse to keep anything: then everything is new each time, which does no harm. */
function load(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") ?? {};
  } catch {
    return {};
  }
}

function save(key, marks) {
  try {
    localStorage.setItem(key, JSON.stringify(marks));
  } catch {
    // kept for this visit only
  }
}
