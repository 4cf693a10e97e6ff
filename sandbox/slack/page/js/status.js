/** What the app says about itself: what it is doing, the button to stop it, and what one could ask. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, nameOf } from "./people.js";
import { sentenceFor } from "./api.js";
import { toast } from "./dialog.js";

/**
 * 'Earshot is listening...'
 * @param {any} item one of the state's statuses
 * @param {any} store
 */
export function statusLine(item, store) {
  const bot = store.user(store.app.user_id);
  const doing = item.loading_messages?.[0] ?? item.status;
  const words = /^(is|are|was)\b/i.test(doing) ? [h("strong", {}, nameOf(bot)), ` ${doing}`] : doing;
  return h(
    "div",
    { class: "status-line" },
    avatar(bot, store, { className: "avatar-small" }),
    h("span", { class: "status-words" }, words),
    h("span", { class: "typing", "aria-hidden": "true" }, h("i"), h("i"), h("i")),
  );
}

/**
 * A strip above a composer that follows the statuses and sessions of a channel or a thread.
 * @param {any} app
 * @param {string} channel
 * @param {string | null} thread
 * @param {AbortSignal} signal
 */
export function statusStrip(app, channel, thread, signal) {
  const { store } = app;
  const strip = h("div", { class: "status-strip", "aria-live": "polite" });
  let timer;
  const show = () => {
    clearTimeout(timer);
    const statuses = thread ? store.statuses(channel, thread) : [];
    const sessions = thread ? store.sessions(channel, thread) : [];
    fill(strip, [statuses.map((item) => statusLine(item, store)), sessions.map((item) => stopButton(app, item))]);
    const ends = statuses.map((item) => item.expires * 1000 - Date.now());
    if (ends.length) timer = setTimeout(show, Math.min(...ends) + 50);
  };
  store.on("status", (event) => event.channel === channel && show(), signal);
  signal.addEventListener("abort", () => clearTimeout(timer));
  show();
  return strip;
}

/** Stopping is asked of the app: the button stays until the app says that it has stopped. */
function stopButton(app, session) {
  const onclick = async () => {
    button.disabled = true;
    fill(button, "Stopping…");
    try {
      await app.api.act("stop", { channel: session.channel, thread_ts: session.thread_ts });
    } catch (error) {
      toast(sentenceFor(error));
      fill(button, [icon("stop"), "Stop"]);
      button.disabled = false;
    }
  };
  const button = h("button", { type: "button", class: "button stop-button", onclick }, icon("stop"), "Stop");
  return button;
}

/**
 * The questions an app suggests in its direct message.
 * @param {any} app
 * @param {string} channel
 * @param {(text: string) => void} onpick
 * @param {AbortSignal} signal
 */
export function promptShelf(app, channel, onpick, signal) {
  const shelf = h("div", { class: "prompts" });
  const show = () => {
    const offer = app.store.prompts(channel);
    const buttons = (offer?.prompts ?? []).map((prompt) =>
      h(
        "button",
        { type: "button", class: "prompt", dir: "auto", onclick: () => onpick(prompt.message) },
        icon("sparkle"),
        h("span", {}, prompt.title),
      ),
    );
    fill(
      shelf,
      buttons.length
        ? [offer.title && h("p", { class: "soft" }, offer.title), h("div", { class: "prompt-row" }, buttons)]
        : [],
    );
  };
  app.store.on("prompts", (event) => event.channel === channel && show(), signal);
  show();
  return shelf;
}
