/** What an agent is doing: a plan and its tasks. */

import { h, hiddenText } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../text/links.js";
import { richText } from "../text/richtext.js";
import { plainText } from "./texts.js";

const STATUSES = { pending: "waiting", in_progress: "in progress", complete: "done", error: "failed" };

/** What an agent means to do, as a list of tasks. */
export function planBlock(block, surface) {
  const tasks = (block.tasks ?? []).map((task) => h("li", {}, taskCardBlock(task, surface)));
  return h(
    "section",
    { class: "plan" },
    h("div", { class: "plan-title", dir: "auto" }, plainText(block.title)),
    h("ol", { class: "plan-tasks" }, tasks),
  );
}

/** One task and how far it is. */
export function taskCardBlock(block, surface) {
  const status = Object.hasOwn(STATUSES, block.status) ? block.status : "pending";
  const sources = (block.sources ?? []).map((source) =>
    h("li", {}, link(source.url, plainText(source.text) || source.url)),
  );
  return h(
    "div",
    { class: `task task-${status}` },
    h("span", { class: "task-mark" }, mark(status), hiddenText(STATUSES[status])),
    h(
      "div",
      { class: "task-body" },
      h("div", { class: "task-title", dir: "auto" }, plainText(block.title)),
      block.details && h("div", { class: "prose soft" }, rich(block.details, surface)),
      block.output && h("div", { class: "prose" }, rich(block.output, surface)),
      sources.length > 0 && h("ul", { class: "task-sources" }, sources),
    ),
  );
}

function rich(content, surface) {
  return typeof content === "string" ? content : richText(content, surface.names);
}

function mark(status) {
  if (status === "complete") return icon("check");
  if (status === "error") return icon("close");
  return h("span", { class: status === "in_progress" ? "spinner" : "dot" });
}
