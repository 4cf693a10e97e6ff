/** The app's profile: what it is, what it may do, whether it runs, and the way to remove it or put it back. */

import { fetchFrom, sentenceFor } from "./api.js";
import { copyText } from "./clipboard.js";
import { askFirst, openDialog, toast } from "./dialog.js";
import { fill, h } from "./dom.js";
import { avatar, nameOf } from "./people.js";
import { panelFrame } from "./panel.js";
import { plural } from "./format.js";
import { safeHref } from "./text/links.js";
import { surfaceFor } from "./surface.js";

/**
 * @param {any} app
 * @param {{signal: AbortSignal, onclose: () => void}} options
 */
export function aboutPanel(app, { signal, onclose }) {
  const { store } = app;
  const body = h("div", { class: "scroller panel-scroller", tabindex: "-1" });
  const show = async () => {
    try {
      const profile = await fetchFrom("profile", { user: store.me.id });
      if (!signal.aborted) fill(body, sections(app, profile));
    } catch (error) {
      fill(body, h("p", { role: "alert" }, sentenceFor(error)));
    }
  };
  store.on("app", show, signal);
  show();
  return panelFrame({ title: `About ${store.app.name || "the app"}`, className: "about", body, onclose });
}

function sections(app, profile) {
  const { store } = app;
  const bot = store.user(profile.user_id);
  const commands = profile.commands.map((item) => [`${item.command} ${item.usage_hint ?? ""}`, item.description]);
  const shortcuts = profile.shortcuts.map((item) => [
    item.name,
    item.description || `On a ${item.type === "message" ? "message" : "workspace"}`,
  ]);
  return [
    h(
      "div",
      { class: "about-head" },
      avatar(bot, store, { className: "avatar-big" }),
      h("div", {}, h("h3", { dir: "auto" }, profile.name), h("p", { class: "soft" }, `@${nameOf(bot)}`)),
    ),
    profile.description && h("p", { dir: "auto" }, profile.description),
    state(profile),
    ways(app, profile),
    listing("Commands", commands),
    listing("Shortcuts", shortcuts),
    listing(
      "Suggested prompts",
      profile.suggested_prompts.map((item) => [item.title, item.message]),
    ),
    listing(
      "Workflow steps",
      Object.entries(profile.functions).map(([id, item]) => [item.title ?? id, item.description]),
    ),
    folded("Scopes", profile.scopes),
    folded("Events", profile.events),
    folded("Link previews", profile.unfurl_domains),
    installation(app, profile),
  ];
}

function state(profile) {
  const words = !profile.installed
    ? "Not installed in this workspace"
    : !profile.connected
      ? "Not running"
      : profile.transport === "http"
        ? "Running, over HTTP"
        : `Running, ${plural(profile.connections, "connection")} over Socket Mode`;
  return h("p", { class: "about-state" }, h("span", { class: profile.connected ? "presence on" : "presence" }), words);
}

function ways(app, profile) {
  if (!profile.installed) return null;
  const go = (label, home) => h("button", { type: "button", class: "button", onclick: () => app.openApp(home) }, label);
  return h(
    "div",
    { class: "about-ways" },
    profile.home_tab_enabled && go("Open Home", true),
    profile.messages_tab_enabled && go("Send a message", false),
  );
}

function listing(title, rows) {
  if (rows.length === 0) return null;
  const items = rows.map(([name, words]) =>
    h("li", { dir: "auto" }, h("strong", {}, name), words && h("span", { class: "soft" }, words)),
  );
  return h("section", { class: "about-part" }, h("h3", {}, title), h("ul", {}, items));
}

function folded(title, names) {
  if (names?.length === 0) return null;
  const count = names === null ? "all, its manifest names none" : String(names.length);
  const items = (names ?? []).map((name) => h("li", {}, h("code", {}, name)));
  return h(
    "details",
    { class: "about-part" },
    h("summary", {}, h("strong", {}, title), h("span", { class: "soft" }, ` ${count}`)),
    h("ul", { class: "about-codes" }, items),
  );
}

function installation(app, profile) {
  const { store } = app;
  const installer = profile.installer && store.user(profile.installer);
  const note = profile.installed && installer ? `Installed by ${nameOf(installer)}.` : null;
  const href = safeHref(profile.authorize_url);
  const button = (label, style, onclick) => h("button", { type: "button", class: `button ${style}`, onclick }, label);
  const act = profile.installed
    ? button("Remove from this workspace", "danger-text", () => remove(app, profile))
    : href
      ? h("a", { class: "button solid primary", href }, "Install again")
      : button("Install again", "solid primary", () => putBack(app, profile));
  return h(
    "section",
    { class: "about-part" },
    h("h3", {}, "Installation"),
    note && h("p", { class: "soft" }, note),
    act,
  );
}

async function remove(app, profile) {
  const question = {
    title: `Remove ${profile.name}?`,
    text: "It leaves all channels, its tokens end, and it is told so.",
    confirm: "Remove",
    deny: "Keep",
    style: "danger",
  };
  const surface = surfaceFor(app, "message", () => ({}));
  if (await askFirst(question, surface)) await attempt(() => app.api.act("uninstall", { app: profile.app_id }));
}

/** Without OAuth nobody but its developer can give the app its new token. */
async function putBack(app, profile) {
  await attempt(async () => {
    const { bot_token: token } = await app.api.act("reinstall", { app: profile.app_id });
    const copy = h(
      "button",
      { type: "button", class: "button", onclick: () => copyText(token, "The token is on the clipboard.") },
      "Copy",
    );
    openDialog({
      title: `${profile.name} is installed`,
      body: [
        h("p", {}, "It has a new bot token. Give it to the app and start the app again."),
        h("pre", { class: "token", tabindex: "0" }, token),
      ],
      footer: copy,
      className: "dialog-small",
    });
  });
}

async function attempt(act) {
  try {
    await act();
  } catch (error) {
    toast(sentenceFor(error));
  }
}
