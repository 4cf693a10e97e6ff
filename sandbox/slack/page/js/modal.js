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
  /** Roots of the stacks that the person closed: the server may show what is left of one for a moment. */
  const closed = new Set();
  const show = () => {
    const views = (app.store.state.views ?? []).filter((view) => !closed.has(view.root_view_id));
    if (views.length === 0) {
      stack?.leave();
      stack = null;
    } else {
      stack ??= new ModalStack(app, (root) => {
        stack = null;
        if (root) closed.add(root);
      });
      stack.show(views);
    }
  };
  app.store.on("views", show, signal);
  signal.addEventListener("abort", () => stack?.leave());
  show();
}

class ModalStack {
  /**
   * @param {any} app
   * @param {(root: string | null) => void} onleave the stack's first view when the person closed it
   */
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
        onleave(this.left ? null : this.view.root_view_id);
        if (!this.left) this.#close(this.views.toReversed(), true);
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
    this.views = views;
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
    const back = this.views.length > 1;
    const close = h(
      "button",
      {
        type: "button",
        class: "button",
        onclick: () => (back ? this.#close([view], false) : this.dialog.close("dismissed")),
      },
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

  #submit(event) {
    event.preventDefault();
    const button = this.foot.querySelector(".submit");
    if (button && button.getAttribute("aria-busy") !== "true") this.sending = this.#send(button);
  }

  async #send(button) {
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

  /**
   * Close the first of the views that is still open, all with it or it alone. What was submitted is heard before: closing
   * would take the view away under it, and a view that the submission closed cannot be closed again.
   */
  async #close(views, all) {
    const cleared = all && views.length > 1 ? { is_cleared: true } : {};
    await this.sending;
    for (const view of views) {
      try {
        await this.app.api.act("actions", { view_id: view.id, type: "view_closed", ...cleared });
        return;
      } catch (error) {
        if (error.code !== "view_not_found") return console.warn("the modal's closing was not heard", error);
      }
    }
  }
}
