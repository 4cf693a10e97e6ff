/** What can be done with a message: one bar that goes to the message under the pointer or with the focus. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { pickEmoji, react } from "./reactions.js";
import { copyText } from "./clipboard.js";
import { addressOf, panelRoute, routeTo } from "./route.js";
import { askFirst, toast } from "./dialog.js";
import { sentenceFor } from "./api.js";
import { editMessage } from "./edit.js";
import { surfaceFor } from "./surface.js";

const QUICK = ["+1", "white_check_mark"];

/** The bar of one list of messages. */
export class Toolbar {
  /**
   * @param {any} app
   * @param {string} channel
   * @param {HTMLElement} list where the messages stand
   * @param {(element: Element) => any} viewOf the MessageView of an element
   */
  constructor(app, channel, list, viewOf) {
    Object.assign(this, { app, channel, viewOf });
    this.view = null;
    this.element = this.#build();
    const follow = (event) => {
      const article = event.target instanceof Element ? event.target.closest(".message") : null;
      if (article && list.contains(article)) this.#moveTo(article);
    };
    list.addEventListener("pointerover", follow);
    list.addEventListener("focusin", follow);
    list.addEventListener("keydown", (event) => this.#onKey(event));
  }

  #build() {
    const quick = QUICK.map((name) =>
      this.#button(
        `React with ${name.replaceAll("_", " ")}`,
        h("span", { class: "emoji" }, name === "+1" ? "👍" : "✅"),
        () => this.#react(name, true),
      ),
    );
    this.pick = this.#button("Add a reaction", icon("react"), () => this.#choose());
    this.reply = this.#button("Reply in thread", icon("thread"), () => this.#openThread());
    this.more = this.#button("More actions", icon("more"), () => openMenu(this.more, this.#menu()));
    this.more.setAttribute("aria-haspopup", "menu");
    return h(
      "div",
      { class: "toolbar", role: "toolbar", "aria-label": "Message actions", "aria-live": "off" },
      quick,
      this.pick,
      this.reply,
      this.more,
    );
  }

  #button(label, shape, onclick) {
    return h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, shape);
  }

  #moveTo(article) {
    if (this.element.parentElement === article || this.element.querySelector('[aria-expanded="true"]')) return;
    const view = this.viewOf(article);
    if (!view || this.element.contains(document.activeElement)) return;
    this.view = view;
    const quiet = Boolean(view.message.is_ephemeral) || view.message.subtype === "tombstone";
    for (const button of this.element.children)
      /** @type {HTMLElement} */ (button).hidden = quiet && button !== this.more;
    article.append(this.element);
  }

  #react(name, on) {
    return react(this.app, this.channel, this.view.message.ts, name, on);
  }

  #choose() {
    const { message } = this.view;
    pickEmoji(this.pick, (name) => react(this.app, this.channel, message.ts, name, true));
  }

  #openThread() {
    location.hash = routeTo(this.channel, this.view.message.ts);
  }

  #inspect() {
    location.hash = panelRoute("inspect", this.channel, this.view.message.ts);
  }

  #shortcuts() {
    return (this.app.store.app.shortcuts ?? []).filter((item) => item.type === "message");
  }

  #menu() {
    const { message } = this.view;
    const own = message.user === this.app.store.me.id && !message.bot_id && !message.is_ephemeral;
    const shortcuts = this.#shortcuts().map((item) => ({
      label: item.name,
      hint: this.app.store.app.name,
      mark: icon("sparkle"),
      run: () => this.#shortcut(item, message),
    }));
    const copies = message.is_ephemeral
      ? []
      : [
          {
            label: "Copy link",
            mark: icon("link"),
            run: () => copyText(addressOf(this.channel, message.ts), "The link is on the clipboard."),
          },
          {
            label: "Copy text",
            mark: icon("copy"),
            run: () => copyText(message.text ?? "", "The text is on the clipboard."),
          },
        ];
    const edits = own
      ? [
          { label: "Edit message", mark: icon("edit"), run: () => editMessage(this.view) },
          { label: "Delete message", mark: icon("trash"), danger: true, run: () => this.#remove(message) },
        ]
      : [];
    const inspect = {
      label: "Inspect",
      hint: "The calls and envelopes behind it (I)",
      mark: icon("inspect"),
      run: () => this.#inspect(),
    };
    return [...shortcuts, ...copies, inspect, ...edits];
  }

  async #shortcut(item, message) {
    await attempt(() =>
      this.app.api.act("shortcuts", { callback_id: item.callback_id, channel: this.channel, message_ts: message.ts }),
    );
  }

  async #remove(message) {
    const question = {
      title: "Delete message",
      text: "Delete this message? This cannot be undone.",
      confirm: "Delete",
      deny: "Cancel",
      style: "danger",
    };
    if (
      await askFirst(
        question,
        surfaceFor(this.app, "message", () => ({})),
      )
    ) {
      await attempt(() => this.app.api.call("chat.delete", { channel: this.channel, ts: message.ts }));
    }
  }

  /** On a focused message: R reacts, T opens its thread, E edits it, I inspects it. */
  #onKey(event) {
    if (
      !(event.target instanceof Element) ||
      !event.target.matches(".message") ||
      event.ctrlKey ||
      event.metaKey ||
      event.altKey
    )
      return;
    const { message } = this.view ?? {};
    if (!message) return;
    if (event.key === "i") this.#inspect();
    else if (message.is_ephemeral || message.subtype === "tombstone") return;
    else if (event.key === "r") this.#choose();
    else if (event.key === "t") this.#openThread();
    else if (event.key === "e" && message.user === this.app.store.me.id) editMessage(this.view);
    else return;
    event.preventDefault();
  }
}

async function attempt(act) {
  try {
    await act();
  } catch (error) {
    toast(sentenceFor(error));
  }
}
