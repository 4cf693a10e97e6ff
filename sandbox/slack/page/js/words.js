/** What a message says, as plain words to search in. */

import { nameOf } from "./people.js";

/**
 * @param {any} message
 * @param {any} store for names
 * @returns {string}
 */
export function wordsOf(message, store) {
  const parts = message.blocks?.length ? message.blocks : [message.text];
  const files = (message.files ?? []).map((file) => file.title ?? file.name);
  return [...parts, ...(message.attachments ?? []), ...files]
    .map((part) => collect(part, store))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim();
}

const SPOKEN = new Set(["text", "title", "fallback", "pretext", "subtitle", "body", "details", "output", "alt_text"]);

function collect(value, store) {
  if (typeof value === "string") return readable(value, store);
  if (Array.isArray(value)) return value.map((item) => collect(item, store)).join(value.some(isInline) ? "" : " ");
  if (!value || typeof value !== "object") return "";
  if (value.type === "user") return `@${nameOf(store.user(value.user_id))}`;
  if (value.type === "link") return value.text ?? value.url ?? "";
  const parts = Object.entries(value).filter(([key, part]) => SPOKEN.has(key) || (part && typeof part === "object"));
  return parts.map(([, part]) => collect(part, store)).join(" ");
}

function isInline(value) {
  return value?.type === "text" || value?.type === "link" || value?.type === "user";
}

/** Mentions and links in mrkdwn as one sees them. */
function readable(text, store) {
  return text
    .replace(/<@([A-Z0-9]+)(?:\|[^>]*)?>/g, (_, id) => `@${nameOf(store.user(id))}`)
    .replace(/<[#!]?[^|>]*\|([^>]+)>/g, "$1")
    .replace(/<([^>]+)>/g, "$1")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
