/** One message. It is changed in place, part by part, so that a player goes on playing while a reaction arrives. */

import { ago, clock, moment, plural, shortClock } from "./format.js";
import { append, fill, h, hiddenText } from "./dom.js";
import { attachmentView } from "./attachments.js";
import { authorOf, avatar, nameOf } from "./people.js";
import { fileView } from "./files.js";
import { icon } from "./icons.js";
import { reactionBar } from "./reactions.js";
import { panelRoute, routeTo } from "./route.js";
import { showBlocks } from "./blocks/index.js";
import { statusLine } from "./status.js";
import { surfaceFor } from "./surface.js";

const FACES = 4;
const SAME_BREATH = 300;

/** The element of one message, and how to bring it up to date. */
export class MessageView {
  /**
   * @param {any} app
   * @param {string} channel
   * @param {{thread: boolean}} place thread: inside the thread panel, where no thread bar is shown
   */
  constructor(app, channel, place) {
    this.app = app;
    this.channel = channel;
    this.place = place;
    this.signatures = new Map();
    this.surface = surfaceFor(app, "message", () => ({ channel, message_ts: this.message.ts }));
    this.parts = Object.fromEntries(
      ["gutter", "head", "body", "attachments", "files", "reactions", "thread", "status"].map((name) => [
        name,
        h("div", { class: `message-${name}` }),
      ]),
    );
    const { gutter, ...rest } = this.parts;
    this.element = h(
      "article",
      { class: "message", tabindex: "-1" },
      gutter,
      h("div", { class: "message-main" }, Object.values(rest)),
    );
  }

  /**
   * Show a message, or what became of it.
   * @param {any} message
   * @param {{compact: boolean}} look compact: under another one of the same author
   */
  update(message, { compact }) {
    this.message = message;
    const { store } = this.app;
    const author = authorOf(message, store);
    this.element.dataset.ts = message.ts;
    this.element.classList.toggle("compact", compact);
    this.element.classList.toggle("ephemeral", Boolean(message.is_ephemeral));
    this.element.classList.toggle("system", isSystem(message));
    this.element.classList.toggle("streaming", message.streaming_state === "in_progress");
    this.element.setAttribute("aria-label", `${author.name}, ${clock(message.ts)}`);
    this.#part("gutter", [author.name, author.icons, compact, message.ts], () =>
      compact ? this.#time(shortClock) : avatar(author.user, store, { icons: author.icons }),
    );
    this.#part("head", [author.name, compact, message.is_ephemeral, message.subtype], () =>
      this.#head(author, compact),
    );
    this.#body();
    this.#part("attachments", message.attachments, () =>
      (message.attachments ?? []).map((item) => attachmentView(item, this.surface)),
    );
    this.#part("files", (message.files ?? []).map(fileSignature), () => (message.files ?? []).map(fileView));
    this.#part("reactions", message.reactions, () =>
      message.reactions?.length ? reactionBar(message, this.channel, this.app) : [],
    );
    if (!this.place.thread)
      this.#part("thread", [message.reply_count, ago(message.latest_reply ?? message.ts), message.reply_users], () =>
        this.#threadBar(),
      );
    this.refreshStatus();
  }

  /** Show anew what the app says it is doing under this message. */
  refreshStatus() {
    const { store } = this.app;
    const own = this.place.thread ? [] : store.statuses(this.channel, this.message.ts);
    this.#part("status", own, () => own.map((item) => statusLine(item, store)));
  }

  #part(name, value, make) {
    const signature = JSON.stringify(value ?? null);
    if (this.signatures.get(name) === signature) return;
    this.signatures.set(name, signature);
    fill(this.parts[name], make());
  }

  #time(shown = clock) {
    const { ts } = this.message;
    return h("a", { class: "message-time", href: routeTo(this.channel, ts), title: moment(ts) }, shown(ts));
  }

  #head(author, compact) {
    const notes = [];
    if (this.message.is_ephemeral)
      notes.push(h("div", { class: "message-note" }, icon("eye"), "Only visible to you", this.#dismiss()));
    if (this.message.subtype === "thread_broadcast" && !this.place.thread)
      notes.push(
        h(
          "div",
          { class: "message-note" },
          icon("thread"),
          h("a", { href: routeTo(this.channel, this.message.ts) }, "replied to a thread"),
        ),
      );
    const name = this.#author(author);
    const line = compact
      ? hiddenText(author.name)
      : h("div", { class: "message-byline" }, name, author.isApp && h("span", { class: "badge" }, "APP"), this.#time());
    return [...notes, line];
  }

  /** The app's name leads to its profile. */
  #author(author) {
    const { store } = this.app;
    if (!author.user || author.user.id !== store.app.user_id)
      return h("span", { class: "author", dir: "auto" }, author.name);
    const href = panelRoute("about", this.channel);
    return h("a", { class: "author", dir: "auto", href, title: `About ${store.app.name || author.name}` }, author.name);
  }

  #dismiss() {
    return h(
      "button",
      {
        type: "button",
        class: "link-button",
        onclick: () => this.app.store.dropEphemeral(this.channel, this.message.ts),
      },
      "Dismiss",
    );
  }

  #body() {
    const { message, parts } = this;
    if (parts.body.dataset.editing) return;
    const shown = parts.body.firstElementChild ?? parts.body.appendChild(h("div", { class: "blocks" }));
    showBlocks(/** @type {HTMLElement} */ (shown), blocksOf(message), this.surface);
    while (parts.body.children.length > 1) parts.body.lastElementChild.remove();
    if (message.edited)
      append(parts.body, h("span", { class: "edited", title: moment(message.edited.ts) }, "(edited)"));
    if (message.streaming_state === "errored") append(parts.body, h("span", { class: "edited" }, "(stopped)"));
  }

  #threadBar() {
    const { message, channel, app } = this;
    if (!message.reply_count) return [];
    const faces = (message.reply_users ?? [])
      .slice(0, FACES)
      .map((id) => avatar(app.store.user(id), app.store, { className: "avatar-small" }));
    const names = (message.reply_users ?? []).slice(0, FACES).map((id) => nameOf(app.store.user(id)));
    const last = h("span", { class: "soft" }, `Last reply ${ago(message.latest_reply ?? message.ts)}`);
    return h(
      "a",
      { class: "thread-bar", href: routeTo(channel, message.ts), title: names.join(", ") },
      h("span", { class: "faces" }, faces),
      h("strong", {}, plural(message.reply_count, "reply", "replies")),
      last,
      h("span", { class: "thread-view soft" }, "View thread"),
    );
  }
}

/** A message's blocks, whatever it brought: text alone is mrkdwn. */
function blocksOf(message) {
  if (message.subtype === "tombstone")
    return [{ type: "context", elements: [{ type: "plain_text", text: "This message was deleted." }] }];
  if (message.blocks?.length) return message.blocks;
  return message.text ? [{ type: "section", text: { type: "mrkdwn", text: message.text } }] : [];
}

/** What of a file is shown: shares and comments may change without a new player. */
function fileSignature(file) {
  return [file.id, file.mode, file.title, file.name, file.size, file.mimetype, file.url_private, file.duration_ms];
}

/** Joins and such: a note, not a contribution. */
export function isSystem(message) {
  return /^(channel|group)_(join|leave|topic|purpose|name|archive|unarchive)$/.test(message.subtype ?? "");
}

/** Ephemeral messages live beside the others and may share a ts with one. */
export function keyOf(message) {
  return message.is_ephemeral ? `${message.ts}e` : message.ts;
}

/** Does a message go on where the one before it stopped, so that it needs no name and face of its own? */
export function followsOn(before, message) {
  if (!before || isSystem(before) || isSystem(message) || before.is_ephemeral || message.is_ephemeral) return false;
  if (message.subtype === "thread_broadcast" || before.subtype === "tombstone") return false;
  const same = before.user === message.user && before.username === message.username && before.bot_id === message.bot_id;
  return same && Number(message.ts) - Number(before.ts) < SAME_BREATH;
}
