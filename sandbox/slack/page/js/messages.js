/**
 * A list of messages: of a channel, or of a thread. It shows the newest ones, brings older ones when one scrolls up to them,
 * stays at the bottom when one is there, and otherwise says that there is something new.
 */

import { dayKey, dayName, plural } from "./format.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { followsOn, isSystem, keyOf, MessageView } from "./message.js";
import { Toolbar } from "./toolbar.js";

const FIRST_SHOWN = 60;
const MORE_SHOWN = 60;
const NEAR_TOP = 300;
const NEAR_BOTTOM = 60;
const MINUTE = 60_000;
const FRAMELESS = 50;

/** The list of a channel, or of a thread when one is given. */
export class MessageList {
  /**
   * @param {any} app
   * @param {object} options
   * @param {string} options.channel
   * @param {string | null} options.thread the ts of the parent, for a thread
   * @param {string} options.label for screen readers
   * @param {() => any} options.intro what stands before the first message
   * @param {AbortSignal} options.signal
   */
  constructor(app, { channel, thread, label, intro, signal }) {
    Object.assign(this, { app, channel, thread, intro, signal });
    this.views = new Map();
    this.byElement = new WeakMap();
    this.days = new Map();
    this.replies = h("div", { class: "divider divider-replies", role: "separator" });
    this.shown = FIRST_SHOWN;
    this.atBottom = true;
    this.lastKey = null;
    this.top = h("div", { class: "list-top" });
    this.rows = h("div", { class: "list-rows", role: "log", "aria-label": label, "aria-live": "polite" });
    this.scroller = h(
      "div",
      { class: "scroller", onscroll: () => this.#onScroll(), tabindex: "-1" },
      this.top,
      this.rows,
    );
    this.pill = h(
      "button",
      { type: "button", class: "new-pill", hidden: true, onclick: () => this.toBottom() },
      icon("down"),
      "New messages",
    );
    this.element = h("div", { class: "list" }, this.scroller, this.pill);
    this.toolbar = new Toolbar(app, channel, this.rows, (element) => this.byElement.get(element));
    this.rows.addEventListener("keydown", (event) => this.#onKey(event));
    this.#followPointer();
    this.#follow();
    this.sync();
  }

  #follow() {
    const { store } = this.app;
    const mine = (event) => event.channel === this.channel;
    store.on("messages", (event) => mine(event) && this.#soon(), this.signal);
    store.on("status", (event) => mine(event) && this.views.forEach((view) => view.refreshStatus()), this.signal);
    const settle = new ResizeObserver(() => this.atBottom && this.#stick());
    settle.observe(this.rows);
    settle.observe(this.scroller);
    // 'Just now' and 'Today' do not stay true.
    const minute = setInterval(() => this.#soon(), MINUTE);
    this.signal.addEventListener("abort", () => {
      settle.disconnect();
      clearInterval(minute);
    });
  }

  /** Nothing moves under a pointer that is pressed: the click would be lost. */
  #followPointer() {
    const { signal } = this;
    const release = () => {
      if (!this.pressed) return;
      this.pressed = false;
      setTimeout(() => this.#draw()); // after the click
    };
    // Of the other buttons a context menu may keep the release to itself.
    this.rows.addEventListener("pointerdown", (event) => (this.pressed = event.button === 0));
    for (const type of ["pointerup", "pointercancel", "blur"]) addEventListener(type, release, { signal });
  }

  /** Many events of one moment make one drawing. */
  #soon() {
    if (this.waiting) return;
    this.waiting = true;
    // A page that is covered or in the background gets no frames, and does not always know that it is hidden.
    setTimeout(() => this.#draw(), FRAMELESS);
    requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    if (!this.waiting || this.pressed) return;
    this.waiting = false;
    if (!this.signal.aborted) this.sync();
  }

  #items() {
    const { store } = this.app;
    return this.thread ? store.thread(this.channel, this.thread) : store.timeline(this.channel);
  }

  /** Bring what is shown in line with what the store holds. */
  sync() {
    const all = this.#items();
    const items = this.thread
      ? [...all.slice(0, 1), ...all.slice(Math.max(1, all.length - this.shown))]
      : all.slice(-this.shown);
    this.hasMore = all.length > items.length;
    const wanted = this.#rowsFor(items);
    this.#place(wanted);
    fill(
      this.top,
      this.hasMore && !this.thread ? h("p", { class: "soft list-more" }, "Older messages are above.") : this.intro(),
    );
    this.#announce(all);
    if (this.atBottom) this.#stick();
    this.#oneTabStop();
  }

  /** The elements in order: days, messages, and the count of replies under a thread's parent. */
  #rowsFor(items) {
    const rows = [];
    const kept = new Set();
    items.forEach((message, index) => {
      const before = items[index - 1];
      const newDay = !before || dayKey(before.ts) !== dayKey(message.ts);
      if (newDay && !this.thread) rows.push(this.#day(message.ts));
      const view = this.#viewFor(message);
      view.update(message, { compact: !newDay && followsOn(before, message) && !(this.thread && index === 1) });
      kept.add(keyOf(message));
      rows.push(view.element);
      if (this.thread && index === 0) rows.push(this.#replyCount());
    });
    for (const key of this.views.keys()) if (!kept.has(key)) this.views.delete(key);
    return rows;
  }

  #viewFor(message) {
    const key = keyOf(message);
    if (!this.views.has(key)) {
      const view = new MessageView(this.app, this.channel, { thread: Boolean(this.thread) });
      this.views.set(key, view);
      this.byElement.set(view.element, view);
    }
    return this.views.get(key);
  }

  /** Dividers are kept, so that a screen reader does not hear of them again. */
  #day(ts) {
    const key = `${dayKey(ts)} ${dayName(ts)}`;
    if (!this.days.has(key))
      this.days.set(key, h("div", { class: "divider", role: "separator" }, h("span", {}, dayName(ts))));
    return this.days.get(key);
  }

  #replyCount() {
    const count = this.#items().filter((item) => item.ts !== this.thread && !item.is_ephemeral).length;
    const words = count ? plural(count, "reply", "replies") : "No replies yet";
    const earlier = h(
      "button",
      { type: "button", class: "link-button", onclick: () => this.#older() },
      "Show earlier replies",
    );
    if (this.replies.textContent !== words + (this.hasMore ? earlier.textContent : ""))
      fill(this.replies, [h("span", {}, words), this.hasMore && earlier]);
    return this.replies;
  }

  /** Elements that stay are never taken out, so that what plays plays on. */
  #place(wanted) {
    const keep = new Set(wanted);
    for (const child of [...this.rows.children]) if (!keep.has(child)) child.remove();
    let next = this.rows.firstElementChild;
    for (const element of wanted) {
      if (element === next) next = next.nextElementSibling;
      else this.rows.insertBefore(element, next);
    }
  }

  #announce(all) {
    const last = all[all.length - 1];
    const key = last ? keyOf(last) : null;
    const isNew = this.lastKey !== null && key !== null && key > this.lastKey;
    if (isNew && last.user === this.app.store.me.id && !last.bot_id) this.atBottom = true;
    if (isNew && !this.atBottom) this.pill.hidden = false;
    this.lastKey = key ?? "";
    if (this.atBottom) this.pill.hidden = true;
  }

  #onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    this.atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    if (this.atBottom) this.pill.hidden = true;
    if (scrollTop < NEAR_TOP && this.hasMore && !this.thread) this.#older();
  }

  /** Show more of the past without moving what one is reading. */
  #older() {
    const height = this.scroller.scrollHeight - this.scroller.scrollTop;
    this.shown += MORE_SHOWN;
    this.sync();
    this.scroller.scrollTop = this.scroller.scrollHeight - height;
  }

  #stick() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  toBottom() {
    this.atBottom = true;
    this.pill.hidden = true;
    this.#stick();
  }

  /** Bring a message into sight and mark it for a moment. */
  reveal(ts) {
    const items = this.#items();
    const at = items.findIndex((item) => item.ts === ts);
    if (at < 0) return;
    if (items.length - at > this.shown) {
      this.shown = items.length - at + 20;
      this.sync();
    }
    const view = this.views.get(ts) ?? this.views.get(`${ts}e`);
    this.atBottom = at === items.length - 1;
    for (const marked of this.rows.querySelectorAll(".marked")) marked.classList.remove("marked");
    view?.element.scrollIntoView({ block: "center" });
    view?.element.classList.add("marked");
    setTimeout(() => view?.element.classList.remove("marked"), 2500);
  }

  /** The newest message that one has sent, for the arrow that edits it. */
  lastOwn() {
    const own = [...this.views.values()].filter(
      ({ message }) =>
        message.user === this.app.store.me.id && !message.bot_id && !message.is_ephemeral && !isSystem(message),
    );
    return own.sort((a, b) => (a.message.ts < b.message.ts ? 1 : -1))[0] ?? null;
  }

  #oneTabStop() {
    const articles = [...this.rows.querySelectorAll(".message")];
    const current = articles.find((item) => item.tabIndex === 0) ?? articles[articles.length - 1];
    for (const item of articles) item.tabIndex = item === current ? 0 : -1;
  }

  #onKey(event) {
    if (!(event.target instanceof HTMLElement) || !event.target.matches(".message")) return;
    const articles = /** @type {HTMLElement[]} */ ([...this.rows.querySelectorAll(".message")]);
    const at = articles.indexOf(event.target);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: articles.length - 1 }[event.key];
    if (next === undefined || !articles[next]) return;
    event.preventDefault();
    articles[at].tabIndex = -1;
    articles[next].tabIndex = 0;
    articles[next].focus();
  }
}
