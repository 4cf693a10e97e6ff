/** Which addresses of a message may become links, and how. */

import { h } from "../dom.js";

const PROTOCOLS = new Set(["http:", "https:", "mailto:", "tel:", "slack:"]);
const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * An address fit for `href`, or null: only http, https, mailto, tel and slack, and only whole addresses.
 * @param {unknown} address
 * @returns {string | null}
 */
export function safeHref(address) {
  if (typeof address !== "string") return null;
  try {
    const url = new URL(address.trim());
    return PROTOCOLS.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/**
 * An address for pictures and media: http and https only. One that points at this server under another loopback name
 * is made relative, so that the page's cookie goes with it.
 * @param {unknown} address
 * @returns {string | null}
 */
export function mediaSource(address) {
  const href = safeHref(address);
  if (href === null || !href.startsWith("http")) return null;
  const url = new URL(href);
  return isHere(url) ? url.pathname + url.search : href;
}

function isHere(url) {
  if (url.origin === location.origin) return true;
  return LOOPBACK.has(url.hostname) && LOOPBACK.has(location.hostname) && url.port === location.port;
}

/** `/archives/C1/p1795224385000100?thread_ts=...` or `/files/U1/F1/name` on this server: the page's own route to it. */
function ownRoute(href) {
  const url = new URL(href);
  if (!isHere(url)) return null;
  const match = /^\/archives\/([A-Z0-9]+)(?:\/(p\d{16}))?$/.exec(url.pathname);
  const file = /^\/files\/\w+\/(F[A-Z0-9]+)(?:\/|$)/.exec(url.pathname);
  if (file) return `#/file/${file[1]}`;
  if (match) return `#/${match[1]}${match[2] ? `/${match[2]}` : ""}`;
  return url.pathname === "/" && url.hash.startsWith("#/") ? url.hash : null;
}

/**
 * A link, or plain text where the address must not be followed.
 * @param {string} address
 * @param {any} label what is shown; the address itself when empty
 */
export function link(address, label) {
  const href = safeHref(address);
  const shown = label === undefined || label === null || label === "" ? address : label;
  if (href === null) return h("span", { class: "dead-link" }, shown);
  const route = ownRoute(href);
  if (route) return h("a", { href: route }, shown);
  return h("a", { href, target: "_blank", rel: "noopener noreferrer", title: href }, shown);
}
