/**
 * The angle-bracket tokens that Slack uses in text: people, channels, dates, links. Both kinds of markdown share them.
 *
 * A `names` object tells who is meant: `{user(id), channel(id), me}`; `user` and `channel` answer null for ids that are not known.
 */

import { dateToken, moment } from "../format.js";
import { h } from "../dom.js";
import { emojiCharacter } from "./emoji.js";
import { link } from "./links.js";

const BROADCASTS = new Set(["here", "channel", "everyone"]);

/** Undo the three escapes of Slack's text. */
export function unescapeText(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** Escape as Slack asks of whoever sends text. */
export function escapeText(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * A person's name, marked; louder when it is oneself.
 * @param {string} id
 * @param {any} names
 * @param {string} [label] what to show for a person not known
 */
export function userMention(id, names, label) {
  const shown = names.user(id) ?? label ?? id;
  return h("span", { class: id === names.me ? "mention mention-me" : "mention", dir: "auto" }, `@${shown}`);
}

/** A channel's name that leads to it. */
export function channelMention(id, names, label) {
  const name = names.channel(id) ?? label;
  if (!name) return h("span", { class: "mention" }, "#private-channel");
  return h("a", { class: "mention", href: `#/${encodeURIComponent(id)}` }, `#${name}`);
}

/** @here, @channel, @everyone. */
export function broadcastMention(range) {
  return h("span", { class: "mention mention-me" }, `@${range}`);
}

/** A moment in words, with the whole date as its tooltip. */
export function dateMention(seconds, format, fallback, address) {
  const text = dateToken(seconds, format, fallback);
  if (address) return link(address, text);
  return Number.isFinite(seconds) ? h("time", { title: moment(seconds) }, text) : text;
}

/** An emoji by name, with its name for those who cannot see it; `:name:` where it is not known. */
export function emoji(name) {
  const character = emojiCharacter(name);
  if (!character) return `:${name}:`;
  return h(
    "span",
    { class: "emoji", role: "img", "aria-label": `${name.replaceAll("_", " ")} emoji`, title: `:${name}:` },
    character,
  );
}

/**
 * What stands for `<...>`, or null when it is no token.
 * @param {string} body the text between the brackets, still escaped
 * @param {any} names
 */
export function angleToken(body, names) {
  const bar = body.indexOf("|");
  const target = bar < 0 ? body : body.slice(0, bar);
  const label = bar < 0 ? undefined : unescapeText(body.slice(bar + 1));
  if (/^@[A-Z0-9]+$/.test(target)) return userMention(target.slice(1), names, label);
  if (/^#[A-Z0-9]+$/.test(target)) return channelMention(target.slice(1), names, label);
  if (target.startsWith("!")) return specialToken(target.slice(1), label);
  const address = unescapeText(target);
  return /^[a-z][a-z0-9+.-]*:/i.test(address) ? link(address, label) : null;
}

function specialToken(target, label) {
  const [kind, ...rest] = target.split("^");
  if (BROADCASTS.has(kind)) return broadcastMention(kind);
  if (kind === "subteam") return h("span", { class: "mention" }, label ?? `@${rest[0]}`);
  if (kind === "date")
    return dateMention(Number(rest[0]), unescapeText(rest[1] ?? ""), label ?? "", rest[2] && unescapeText(rest[2]));
  return label ?? `<${target}>`;
}
