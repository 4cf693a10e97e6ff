/** Names and faces. */

import { plainName } from "./format.js";
import { h } from "./dom.js";
import { ear } from "./icons.js";
import { mediaSource } from "./text/links.js";
import { emojiText } from "./text/emoji.js";

/** What a person or app is called on the page. */
export function nameOf(user) {
  if (!user) return "Someone";
  return plainName(user.display_name || user.real_name || user.name || user.id);
}

/** The lookup that text renderers use for ids (see text/tokens.js). */
export function namesFrom(store) {
  return {
    user: (id) => (store.user(id) ? nameOf(store.user(id)) : null),
    channel: (id) => store.conversation(id)?.name ?? null,
    get me() {
      return store.me.id;
    },
  };
}

/** Who a message says it is from: `{user, name, icon, isApp}`. */
export function authorOf(message, store) {
  const user = store.user(message.user);
  const name = message.username || (user ? nameOf(user) : message.bot_profile?.name) || "App";
  return { user, name: plainName(name), icons: message.icons, isApp: Boolean(message.bot_id || user?.is_bot) };
}

/**
 * A face: the app's ear, an emoji or picture the app chose, or initials on the person's colour.
 * @param {any} user
 * @param {any} store
 * @param {{icons?: any, className?: string}} [options]
 */
export function avatar(user, store, { icons, className = "" } = {}) {
  const props = { class: `avatar ${className}`.trim(), "aria-hidden": "true" };
  if (icons?.emoji) return h("span", props, emojiText(icons.emoji.replaceAll(":", "")));
  const picture = mediaSource(icons?.image_48 ?? icons?.image_72);
  if (picture) return h("span", props, h("img", { src: picture, alt: "", referrerpolicy: "no-referrer" }));
  if (user?.is_bot && (!store.app.user_id || user.id === store.app.user_id))
    return h("span", { ...props, class: `${props.class} avatar-app` }, ear());
  const element = h("span", props, initials(user));
  element.style.backgroundColor = deepEnough(/^[0-9a-f]{6}$/i.test(user?.color ?? "") ? user.color : "6b5a75");
  element.style.color = "#ffffff";
  return element;
}

function initials(user) {
  if (user?.initials) return String(user.initials).slice(0, 2);
  const words = nameOf(user).split(/\s+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0].toUpperCase())
    .join("");
}

/** A colour, darkened until white can be read on it (4.5:1, relative luminance as in WCAG 2). */
function deepEnough(hex) {
  let channels = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const linear = (value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  const contrast = ([red, green, blue]) =>
    1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05);
  while (contrast(channels) < 4.5) channels = channels.map((value) => value * 0.95);
  return `rgb(${channels.map((value) => Math.round(value * 255)).join(" ")})`;
}

/** The name of a conversation: '#general', or the other people of a direct message. */
export function conversationName(conversation, store) {
  if (!conversation) return "";
  if (conversation.is_im) return nameOf(store.user(conversation.user));
  if (conversation.is_mpim)
    return (conversation.members ?? [])
      .filter((id) => id !== store.me.id)
      .map((id) => nameOf(store.user(id)))
      .join(", ");
  return plainName(conversation.name);
}

/** Is this the direct message with the app? */
export function isAppDm(conversation, store) {
  return Boolean(conversation?.is_im) && conversation.user === store.app.user_id;
}
