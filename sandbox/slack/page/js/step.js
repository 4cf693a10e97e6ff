/** Run a custom step of the app as a workflow of one step would, and see how it ends. */

import { sentenceFor } from "./api.js";
import { openDialog } from "./dialog.js";
import { fill, h } from "./dom.js";
import { jsonView } from "./json.js";

const LOOK_EVERY = 700;

/** @param {any} app */
export function openStep(app) {
  const functions = Object.entries(app.store.state.functions ?? {});
  const stop = new AbortController();
  const fields = h("div", { class: "step-fields" });
  const result = h("div", { class: "step-result", "aria-live": "polite" });
  const choice = h(
    "select",
    { id: "step-choice", onchange: () => drawFields() },
    functions.map(([id, described]) => h("option", { value: id }, described.title ?? id)),
  );
  const run = h("button", { type: "submit", class: "button solid primary" }, "Run");
  const parameters = () => Object.entries(Object.fromEntries(functions)[choice.value]?.input_parameters ?? {});
  const drawFields = () => fill(fields, parameters().map(field));
  const submit = async (event) => {
    event.preventDefault();
    run.disabled = true;
    fill(result, h("p", {}, "Running…"));
    try {
      const inputs = valuesOf(fields, parameters());
      const started = await app.api.act("functions", { callback_id: choice.value, inputs });
      await follow(app, started.function_execution_id, result, stop.signal);
    } catch (error) {
      fill(result, h("p", { class: "input-error", role: "alert" }, sentenceFor(error)));
    }
    run.disabled = false;
  };
  drawFields();
  const form = h(
    "form",
    { class: "form", onsubmit: submit },
    h("label", { class: "input-label", for: "step-choice" }, "Step"),
    choice,
    fields,
    h("div", { class: "dialog-foot" }, run),
    result,
  );
  openDialog({ title: "Run a workflow step", body: form, onclose: () => stop.abort() });
}

function field([name, described]) {
  const id = `step-${name}`;
  const list = described.type === "boolean";
  const input = list
    ? h("input", { type: "checkbox", id, name })
    : h("input", { type: "text", id, name, required: Boolean(described.is_required), autocomplete: "off" });
  const optional = !described.is_required && h("span", { class: "soft" }, " (optional)");
  const label = h("label", { class: "input-label", for: id }, described.title ?? name, optional);
  return h(
    "div",
    { class: "step-field" },
    label,
    input,
    described.description && h("p", { class: "input-hint" }, described.description),
  );
}

/** What is written, as the types that the step takes; what is left empty is left out. */
function valuesOf(fields, parameters) {
  const values = {};
  for (const [name, { type }] of parameters) {
    const input = /** @type {HTMLInputElement} */ (fields.querySelector(`#step-${CSS.escape(name)}`));
    if (type === "boolean") values[name] = input.checked;
    else if (input.value !== "")
      values[name] = type === "integer" || type === "number" ? Number(input.value) : input.value;
  }
  return values;
}

async function follow(app, id, result, signal) {
  while (!signal.aborted) {
    const run = await app.api.act("functions/state", { function_execution_id: id });
    if (run.state === "completed")
      return fill(result, [h("p", {}, "Completed."), jsonView("Outputs", run.outputs ?? {})]);
    if (run.state === "failed")
      return fill(
        result,
        h("p", { class: "input-error", role: "alert" }, `Failed: ${run.error_message ?? "no reason given"}`),
      );
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY));
  }
}
