/** Block Kit's text objects. */

import { emojiCharacter } from "../text/emoji.js";
import { mrkdwn } from "../text/mrkdwn.js";

/**
 * Nodes for a text object.
 * @param {any} text `{type: "mrkdwn" | "plain_text", text}`, or a plain string
 * @param {any} surface
 * @returns {Node[]}
 */
export function textObject(text, surface) {
  if (!text) return [];
  if (typeof text === "object" && text.type === "mrkdwn") return mrkdwn(text.text, surface.names);
  return [document.createTextNode(plainText(text))];
}

/** A text object's words alone, emoji names turned into emoji. */
export function plainText(text) {
  const words = typeof text === "string" ? text : (text?.text ?? "");
  return words.replace(/:([a-z0-9_+'-]{1,40}):/g, (whole, name) => emojiCharacter(name) ?? whole);
}
