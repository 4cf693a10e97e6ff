/** Dialogs, questions before an act, and passing notes. */

import { h, trapFocus } from "./dom.js";
import { icon } from "./icons.js";
import { textObject, plainText } from "./blocks/texts.js";

let serial = 0;

/**
 * Open a dialog over the page. The focus stays in it, Escape and the cross close it, and the focus returns where it was.
 * @param {object} options
 * @param {string} options.title
 * @param {any} options.body
 * @param {any} [options.footer]
 * @param {string} [options.className]
 * @param {(reason: "dismissed" | "closed") => void} [options.onclose] dismissed: by Escape, the cross or the space around
 */
export function openDialog({ title, body, footer, className = "", onclose = () => {} }) {
  serial += 1;
  const titleId = `dialog-title-${serial}`;
  const before = document.activeElement;
  const stop = new AbortController();
  const close = (reason = "closed") => {
    if (stop.signal.aborted) return;
    stop.abort();
    dialog.close();
    dialog.remove();
    if (before instanceof HTMLElement && before.isConnected) before.focus();
    onclose(reason);
  };
  const cross = h(
    "button",
    { type: "button", class: "icon-button dialog-close", "aria-label": "Close", onclick: () => close("dismissed") },
    icon("close"),
  );
  const head = h("header", { class: "dialog-head" }, h("h2", { id: titleId, dir: "auto" }, title), cross);
  const dialog = h(
    "dialog",
    { class: `dialog ${className}`.trim(), "aria-labelledby": titleId },
    head,
    h("div", { class: "dialog-body" }, body),
    footer && h("footer", { class: "dialog-foot" }, footer),
  );
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    close("dismissed");
  });
  dialog.addEventListener(
    "pointerdown",
    (event) => event.target === dialog && outside(event, dialog) && close("dismissed"),
  );
  trapFocus(dialog, stop.signal);
  document.body.append(dialog);
  dialog.showModal();
  return { element: dialog, close };
}

function outside(event, dialog) {
  const box = dialog.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/**
 * Ask before an act.
 * @param {any} confirm Block Kit's confirm object; its parts may also be plain strings
 * @param {any} surface for names in mrkdwn
 * @returns {Promise<boolean>}
 */
export function askFirst(confirm, surface) {
  return new Promise((resolve) => {
    let answer = false;
    const decide = (value) => () => {
      answer = value;
      opened.close();
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    const opened = openDialog({
      title: plainText(confirm.title) || "Are you sure?",
      body: h("div", { class: "prose", dir: "auto" }, textObject(confirm.text, surface)),
      footer: [
        h("button", { type: "button", class: "button", onclick: decide(false) }, plainText(confirm.deny) || "Cancel"),
        h(
          "button",
          { type: "button", class: `button solid ${style}`, autofocus: true, onclick: decide(true) },
          plainText(confirm.confirm) || "Yes",
        ),
      ],
      className: "dialog-small",
      onclose: () => resolve(answer),
    });
  });
}

const TOAST_TIME = 6000;

/**
 * Say something in passing at the foot of the page.
 * @param {string} text
 */
export function toast(text) {
  const shelf = document.getElementById("toasts");
  if (!shelf) return;
  const note = h("div", { class: "toast" }, text);
  shelf.replaceChildren(note);
  setTimeout(() => note.remove(), TOAST_TIME);
}
