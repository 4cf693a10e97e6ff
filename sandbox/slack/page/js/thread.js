/** The panel with one thread and the field to answer in it. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { conversationName } from "./people.js";
import { Composer } from "./composer.js";
import { MessageList } from "./messages.js";
import { routeTo } from "./route.js";
import { statusStrip } from "./status.js";
import { dropZone } from "./upload.js";

/**
 * @param {any} app
 * @param {{channel: string, root: string, signal: AbortSignal}} options
 */
export function threadPane(app, { channel, root, signal }) {
  const { store } = app;
  const conversation = store.conversation(channel);
  const name = conversationName(conversation, store);
  const where = conversation?.is_im || conversation?.is_mpim ? name : `#${name}`;
  const leave = () => {
    location.hash = routeTo(channel);
  };
  const list = new MessageList(app, { channel, thread: root, label: `Thread in ${where}`, intro: () => [], signal });
  const composer = new Composer(app, {
    channel,
    thread: root,
    placeholder: "Reply…",
    oneditlast: () => app.edit(list.lastOwn()),
  });
  const element = h(
    "aside",
    { class: "thread-pane", "aria-label": "Thread" },
    h(
      "header",
      { class: "pane-head" },
      h(
        "button",
        { type: "button", class: "icon-button back-button", "aria-label": "Back to the channel", onclick: leave },
        icon("back"),
      ),
      h("div", { class: "pane-title" }, h("h2", {}, "Thread"), h("span", { class: "soft" }, where)),
      h(
        "button",
        {
          type: "button",
          class: "icon-button close-thread",
          "aria-label": "Close thread",
          title: "Close (Escape)",
          onclick: leave,
        },
        icon("close"),
      ),
    ),
    list.element,
    statusStrip(app, channel, root, signal),
    composer.element,
  );
  element.addEventListener("keydown", (event) => event.key === "Escape" && !event.defaultPrevented && leave());
  dropZone(element, "Drop it into this thread", (files) => composer.attach(files));
  return { element, list, composer };
}
