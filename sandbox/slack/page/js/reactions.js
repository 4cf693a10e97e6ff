/** Reactions under a message, and the picker for new ones. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { position } from "./menu.js";
import { listNames } from "./format.js";
import { nameOf } from "./people.js";
import { toast } from "./dialog.js";
import { sentenceFor } from "./api.js";
import { emojiCharacter, emojiText, FAVOURITES, findEmoji } from "./text/emoji.js";

/**
 * The pills of a message's reactions.
 * @param {any} message
 * @param {string} channel
 * @param {any} app
 */
export function reactionBar(message, channel, app) {
  const pills = (message.reactions ?? []).map((reaction) => pill(reaction, message, channel, app));
  const add = h(
    "button",
    { type: "button", class: "reaction reaction-add", "aria-label": "Add a reaction", title: "Add a reaction" },
    icon("react"),
  );
  add.addEventListener("click", () => pickEmoji(add, (name) => react(app, channel, message.ts, name, true)));
  return [...pills, add];
}

function pill(reaction, message, channel, app) {
  const mine = reaction.users.includes(app.store.me.id);
  const who = listNames(reaction.users.map((id) => (id === app.store.me.id ? "You" : nameOf(app.store.user(id)))));
  const label = `${reaction.name.replaceAll("_", " ")}: ${reaction.count}. ${who}`;
  const onclick = () => react(app, channel, message.ts, reaction.name, !mine);
  return h(
    "button",
    {
      type: "button",
      class: "reaction",
      "aria-pressed": String(mine),
      "aria-label": label,
      title: `${who} reacted with :${reaction.name}:`,
      onclick,
    },
    h("span", { class: emojiCharacter(reaction.name) ? "emoji" : "" }, emojiText(reaction.name)),
    h("span", { class: "reaction-count" }, reaction.count),
  );
}

/** Add or take back one's reaction. */
export async function react(app, channel, timestamp, name, on) {
  try {
    await app.api.call(on ? "reactions.add" : "reactions.remove", { channel, timestamp, name });
  } catch (error) {
    if (!["already_reacted", "no_reaction"].includes(error.code)) toast(sentenceFor(error));
  }
}

/**
 * Let the person choose an emoji.
 * @param {HTMLElement} anchor
 * @param {(name: string) => void} onpick
 */
export function pickEmoji(anchor, onpick) {
  const stop = new AbortController();
  const grid = h("div", { class: "emoji-grid" });
  const search = h("input", {
    type: "search",
    class: "emoji-search",
    placeholder: "Find an emoji",
    "aria-label": "Find an emoji",
  });
  const panel = h(
    "div",
    { class: "menu emoji-panel", popover: "manual", role: "dialog", "aria-label": "Choose an emoji" },
    search,
    grid,
  );
  const close = (refocus) => {
    stop.abort();
    panel.remove();
    if (refocus) anchor.focus();
  };
  const choose = (name) => () => {
    close(true);
    onpick(name);
  };
  const show = () => {
    const names = search.value ? findEmoji(search.value) : [...new Set([...FAVOURITES, ...findEmoji("")])];
    const buttons = names.map((name) =>
      h(
        "button",
        {
          type: "button",
          class: "emoji-choice",
          "aria-label": name.replaceAll("_", " "),
          title: `:${name}:`,
          onclick: choose(name),
        },
        emojiText(name),
      ),
    );
    fill(grid, buttons.length ? buttons : h("p", { class: "menu-empty" }, "No emoji of that name."));
  };
  search.addEventListener("input", show);
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close(true);
    if (event.key === "Enter" && event.target === search) grid.querySelector("button")?.click();
    if (event.key.startsWith("Arrow") && event.target !== search) moveInGrid(event, grid);
    if (event.key === "ArrowDown" && event.target === search) grid.querySelector("button")?.focus();
  });
  document.addEventListener("pointerdown", (event) => !panel.contains(event.target) && close(false), {
    signal: stop.signal,
    capture: true,
  });
  show();
  (anchor.closest("dialog") ?? document.body).append(panel);
  panel.showPopover();
  position(panel, anchor);
  search.focus();
}

function moveInGrid(event, grid) {
  const buttons = [...grid.children];
  const columns = getComputedStyle(grid).gridTemplateColumns.split(" ").length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  event.preventDefault();
  buttons[buttons.indexOf(document.activeElement) + step]?.focus();
}
