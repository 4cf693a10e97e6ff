/** The modals an app opens. The server keeps the stack; the page shows its top. */

import { ApiError, sentenceFor } from "./api.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { openDialog } from "./dialog.js";
import { plainText } from "./blocks/texts.js";
import { showBlocks } from "./blocks/index.js";
import { surfaceFor } from "./surface.js";

/**
 * Show the app's modals as long as the signal lasts.
 * @param {any} app
 * @param {AbortSignal} signal
 */
export function watchModals(app, signal) {
  /** @type {ModalStack | null} */
  let stack = null;
  const show = () => {
    const views = app.store.state.views ?? [];
    if (views.length === 0) {
      stack?.leave();
      stack = null;
    } else {
      stack ??= new ModalStack(app, () => (stack = null));
      stack.show(views);
    }
  };
  app.store.on("views", show, signal);
  signal.addEventListener("abort", () => stack?.leave());
  show();
}

class ModalStack {
  constructor(app, onleave) {
    this.app = app;
    this.surfaces = new Map();
    this.left = false;
    this.blocks = h("div", { class: "blocks" });
    this.problem = h("p", { class: "input-error", role: "alert" });
    this.form = h(
      "form",
      { class: "form", novalidate: true, onsubmit: (event) => this.#submit(event) },
      this.blocks,
      this.problem,
      h("button", { type: "submit", class: "sr-only", tabindex: "-1", "aria-hidden": "true" }),
    );
    this.foot = h("div", { class: "dialog-buttons" });
    this.dialog = openDialog({
      title: "",
      body: this.form,
      footer: this.foot,
      className: "dialog-modal",
      onclose: () => {
        onleave();
        if (!this.left) this.#close(true);
      },
    });
    this.heading = this.dialog.element.querySelector("h2");
  }

  /** The server took the modal away. */
  leave() {
    this.left = true;
    this.dialog.close();
  }

  show(views) {
    const view = views[views.length - 1];
    const changed = this.view?.id !== view.id;
    this.view = view;
    this.depth = views.length;
    for (const id of [...this.surfaces.keys()]) if (!views.some((item) => item.id === id)) this.surfaces.delete(id);
    if (!this.surfaces.has(view.id))
      this.surfaces.set(
        view.id,
        surfaceFor(this.app, "modal", () => ({ view_id: view.id })),
      );
    this.surface = this.surfaces.get(view.id);
    this.surface.errors = {};
    fill(this.problem, []);
    fill(this.heading, plainText(view.title));
    if (changed) {
      this.blocks.replaceChildren();
      this.blocks.shown = [];
    }
    showBlocks(this.blocks, view.blocks ?? [], this.surface);
    this.#buttons(view);
    if (changed) this.#focusFirst();
  }

  #buttons(view) {
    const hasInputs = (view.blocks ?? []).some((block) => block.type === "input");
    const back = this.depth > 1;
    const close = h(
      "button",
      { type: "button", class: "button", onclick: () => (back ? this.#close(false) : this.dialog.close("dismissed")) },
      back && icon("back"),
      plainText(view.close) || (back ? "Back" : "Cancel"),
    );
    const submit =
      (view.submit || hasInputs) &&
      h(
        "button",
        { type: "button", class: "button solid primary submit", onclick: () => this.form.requestSubmit() },
        plainText(view.submit) || "Submit",
      );
    fill(this.foot, [close, submit]);
  }

  #focusFirst() {
    const field = this.blocks.querySelector("input, textarea, select, button");
    (field ?? this.dialog.element.querySelector(".dialog-foot button"))?.focus();
  }

  async #submit(event) {
    event.preventDefault();
    const button = this.foot.querySelector(".submit");
    if (!button || button.getAttribute("aria-busy") === "true") return;
    button.setAttribute("aria-busy", "true");
    fill(this.problem, []);
    try {
      const answer = await this.app.api.act("actions", {
        view_id: this.view.id,
        type: "view_submission",
        state: { values: this.surface.values },
      });
      const { response_action: action, errors } = answer.response ?? {};
      if (action === "errors") this.#fault(errors);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "missing_input") this.#fault(error.answer.errors);
      else fill(this.problem, sentenceFor(error));
    } finally {
      button.removeAttribute("aria-busy");
    }
  }

  /** Say at each field what is wrong, and go to the first one. */
  #fault(errors) {
    this.surface.errors = errors ?? {};
    showBlocks(this.blocks, this.view.blocks ?? [], this.surface);
    this.blocks.querySelector('[aria-invalid="true"]')?.focus();
  }

  #close(all) {
    const body = { view_id: this.view.id, type: "view_closed", ...(all && this.depth > 1 ? { is_cleared: true } : {}) };
    this.app.api.act("actions", body).catch((error) => console.warn("the modal's closing was not heard", error));
  }
}
