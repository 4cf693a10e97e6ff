/**
 * Block Kit turned into elements.
 *
 * Every renderer gets the block and a `surface`, which is what the block stands on:
 *   kind      "message", "modal" or "home"
 *   names     who is meant by an id (see text/tokens.js)
 *   people    `[{id, name}]` for pickers
 *   values    what has been filled in: `{block_id: {action_id: {...}}}`, kept across renderings
 *   errors    `{block_id: sentence}`
 *   act       `(block, element, choice) => Promise`, does what the person chose
 *   confirm   `(confirm object) => Promise<boolean>`
 */

import { h } from "../dom.js";
import { actionsBlock, contextActionsBlock } from "./actions.js";
import { planBlock, taskCardBlock } from "./agent.js";
import { alertBlock, cardBlock, carouselBlock, containerBlock } from "./containers.js";
import { inputBlock } from "./inputs.js";
import { fileBlock, imageBlock, videoBlock } from "./media.js";
import { contextBlock, dividerBlock, headerBlock, markdownBlock, richTextBlock, sectionBlock } from "./plain.js";
import { dataTableBlock, tableBlock } from "./table.js";

const RENDERERS = new Map(
  Object.entries({
    actions: actionsBlock,
    alert: alertBlock,
    card: cardBlock,
    carousel: carouselBlock,
    container: containerBlock,
    context: contextBlock,
    context_actions: contextActionsBlock,
    data_table: dataTableBlock,
    divider: dividerBlock,
    file: fileBlock,
    header: headerBlock,
    image: imageBlock,
    input: inputBlock,
    markdown: markdownBlock,
    plan: planBlock,
    rich_text: richTextBlock,
    section: sectionBlock,
    table: tableBlock,
    task_card: taskCardBlock,
    video: videoBlock,
  }),
);

/**
 * The element of one block; a small note where the kind of block is not known or its content is broken.
 * @param {any} block
 * @param {any} surface
 * @returns {HTMLElement}
 */
export function renderBlock(block, surface) {
  const kind = String(block?.type);
  const renderer = RENDERERS.get(kind);
  let content;
  try {
    content = renderer ? renderer(block, surface, renderBlock) : note(`This block (${kind}) is not shown here.`);
  } catch (error) {
    console.warn("a block could not be shown", block, error);
    content = note(`This block (${kind}) could not be shown.`);
  }
  return h(
    "div",
    { class: `block block-${kind.replace(/[^a-z_]/g, "")}`, dataset: { block: block?.block_id ?? "" } },
    content,
  );
}

function note(text) {
  return h("p", { class: "block-note" }, text);
}

/**
 * Show blocks in a container. What did not change since the last time stays as it is, with its focus, its open parts and
 * its half-made choices. In a message that holds for a block with another id, too: one that the app did not name gets a new
 * one with every edit, and an edit in the moment of a click must not lose the click. In a modal a new id means a new start.
 * @param {HTMLElement & {shown?: any[]}} container
 * @param {any[]} blocks
 * @param {any} surface
 */
export function showBlocks(container, blocks, surface) {
  const before = container.shown ?? [];
  const focused = focusMark(container);
  container.shown = blocks.map((block, index) => {
    const present = container.children[index];
    const known = before[index];
    const content = JSON.stringify([{ ...block, block_id: "" }, surface.errors?.[block?.block_id]]);
    const renamed = known?.block?.block_id !== block?.block_id;
    if (present && known?.content === content && (!renamed || surface.kind === "message")) {
      if (renamed) rename(present, known.block, block.block_id, surface);
      return known;
    }
    const element = renderBlock(block, surface);
    if (present) present.replaceWith(element);
    else container.append(element);
    return { block, content };
  });
  while (container.children.length > blocks.length) container.lastElementChild?.remove();
  restoreFocus(container, focused);
}

/** The element acts for the block that it was made of, so that takes the new id, and its choices with it. */
function rename(element, block, id, surface) {
  const chosen = surface.values[block.block_id];
  if (chosen) surface.values[id] = chosen;
  delete surface.values[block.block_id];
  block.block_id = id;
  element.dataset.block = id;
}

/** Which element of which block has the focus, so that an edit of the message does not lose it. */
function focusMark(container) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !container.contains(active)) return null;
  return { action: active.dataset.action, block: active.closest(".block")?.getAttribute("data-block") };
}

function restoreFocus(container, mark) {
  if (!mark?.action || container.contains(document.activeElement)) return;
  const same = [...container.querySelectorAll("[data-action]")].filter((item) => item.dataset.action === mark.action);
  const exact = same.find((item) => item.closest(".block")?.getAttribute("data-block") === mark.block);
  (exact ?? same[0])?.focus();
}
