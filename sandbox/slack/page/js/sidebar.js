/** The workspace at the side: its name, its channels and people, and who one acts as. */

import { h, hiddenText, refill } from "./dom.js";
import { ear, icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { openWorkspaceMenu } from "./workspace-menu.js";
import { openNewChannel, openSwitcher } from "./members.js";
import { avatar, conversationName, nameOf } from "./people.js";
import { routeTo } from "./route.js";

/**
 * @param {any} app
 * @param {AbortSignal} signal
 */
export function sidebar(app, signal) {
  const { store } = app;
  const lists = h("nav", { class: "side-lists", "aria-label": "Channels and direct messages" });
  const state = h("div", { class: "side-app" });
  const element = h("div", { class: "sidebar" }, brand(app), lists, state, person(app));
  const show = () => {
    refill(lists, [channels(app), directs(app), apps(app)]);
    refill(state, appState(store));
    document.title = titleOf(app);
  };
  for (const topic of ["channels", "messages", "read", "app", "route"]) store.on(topic, soon(show, signal), signal);
  show();
  return element;
}

/** Many changes of one moment make one drawing. */
function soon(show, signal) {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      if (!signal.aborted) show();
    }, 30);
  };
}

function brand(app) {
  const jump = h(
    "button",
    {
      type: "button",
      class: "side-button",
      "aria-label": "Go to… (Ctrl+K)",
      title: "Go to… (Ctrl+K)",
      onclick: () => openSwitcher(app),
    },
    icon("search"),
  );
  const names = h(
    "button",
    { type: "button", class: "brand-names", "aria-haspopup": "menu", onclick: () => openWorkspaceMenu(app, names) },
    h("strong", { dir: "auto" }, h("span", {}, app.store.state.team.name), icon("chevron")),
    h("small", {}, "Local Slack"),
  );
  return h("header", { class: "side-head" }, h("span", { class: "brand-mark" }, ear()), names, jump);
}

function section(title, rows, action) {
  return h(
    "section",
    { class: "side-section" },
    h("div", { class: "side-title" }, h("h2", {}, title), action),
    h("ul", {}, rows),
  );
}

function row({ href, current, mark, name, unread, note }) {
  const { fresh, loud } = unread;
  const count = loud > 0 && h("span", { class: "count", "aria-hidden": "true" }, loud > 99 ? "99+" : loud);
  const spoken = fresh > 0 && hiddenText(loud > 0 ? `, ${loud} for you` : ", unread");
  const props = {
    href,
    class: fresh > 0 && !current ? "side-row unread" : "side-row",
    "aria-current": current ? "page" : null,
  };
  return h(
    "li",
    {},
    h(
      "a",
      props,
      mark,
      h("span", { class: "side-name", dir: "auto" }, name),
      note,
      !current && spoken,
      !current && count,
    ),
  );
}

function channels(app) {
  const { store, reads, route } = app;
  const rows = [...store.state.channels]
    .sort(
      (a, b) =>
        Number(b.is_member !== false) - Number(a.is_member !== false) ||
        Number(a.created) - Number(b.created) ||
        a.name.localeCompare(b.name),
    )
    .map((channel) =>
      row({
        href: routeTo(channel.id),
        current: route.channel === channel.id,
        mark: icon(channel.is_private ? "lock" : "hash"),
        name: channel.name,
        unread: channel.is_member === false ? NOTHING : reads.unread(channel),
      }),
    );
  const add = h(
    "button",
    {
      type: "button",
      class: "side-button",
      "aria-label": "New channel",
      title: "New channel",
      onclick: () => openNewChannel(app),
    },
    icon("plus"),
  );
  return section("Channels", rows, add);
}

const NOTHING = { fresh: 0, loud: 0 };

/** All people of the workspace: it is small, and a first message needs no looking for them. */
function directs(app) {
  const { store, reads, route } = app;
  const people = store.state.people.filter((user) => user.id !== store.me.id);
  const rows = people.map((user) => {
    const dm = store.state.dms.find((item) => item.is_im && item.user === user.id);
    return personRow(app, store.user(user.id) ?? user, dm, route, reads);
  });
  const groups = store.state.dms
    .filter((item) => item.is_mpim)
    .map((item) =>
      row({
        href: routeTo(item.id),
        current: route.channel === item.id,
        mark: icon("people"),
        name: conversationName(item, store),
        unread: reads.unread(item),
      }),
    );
  return section("Direct messages", [...rows, ...groups], null);
}

function personRow(app, user, dm, route, reads, note = null) {
  const made = row({
    href: dm ? routeTo(dm.id) : `#/dm-${user.id}`,
    current: Boolean(dm) && route.channel === dm.id,
    mark: avatar(user, app.store, { className: "avatar-small" }),
    name: nameOf(user),
    unread: dm ? reads.unread(dm) : NOTHING,
    note,
  });
  made.firstElementChild.addEventListener("click", (event) => {
    if (dm && !user.is_bot) return;
    event.preventDefault();
    app.openDm(user.id);
  });
  return made;
}

function apps(app) {
  const { store, reads, route } = app;
  const bot = store.user(store.app.user_id);
  if (!bot) return null;
  const dm = store.state.dms.find((item) => item.is_im && item.user === bot.id);
  const on = store.app.connected;
  const dot = h(
    "span",
    { class: on ? "presence on" : "presence", title: on ? "Running" : "Not running" },
    hiddenText(on ? ", running" : ", not running"),
  );
  return section("Apps", [personRow(app, bot, dm, route, reads, dot)], null);
}

function appState(store) {
  if (store.app.connected) return null;
  const name = store.app.name || "The app";
  const words =
    store.app.installed === false
      ? `${name} is not installed in this workspace.`
      : `${name} is not running, so nothing answers yet.`;
  return h("p", { class: "side-note", role: "status" }, icon("warning"), words);
}

function person(app) {
  const { store } = app;
  const choose = () =>
    openMenu(
      button,
      store.state.people.map((item) => ({
        label: nameOf(store.user(item.id) ?? item),
        checked: item.id === store.me.id,
        mark: avatar(store.user(item.id), store, { className: "avatar-small" }),
        run: () => app.actAs(item.id),
      })),
    );
  const button = h(
    "button",
    {
      type: "button",
      class: "person-switch",
      "aria-haspopup": "menu",
      "aria-label": `You act as ${nameOf(store.me)}. Act as someone else`,
      onclick: choose,
    },
    avatar(store.me, store),
    h("span", { class: "person-names" }, h("small", {}, "Act as"), h("strong", { dir: "auto" }, nameOf(store.me))),
    icon("chevron"),
  );
  return button;
}

function titleOf(app) {
  const { store, reads, route } = app;
  const place = route.channel ? conversationName(store.conversation(route.channel), store) : "";
  const all = [...store.state.channels.filter((item) => item.is_member !== false), ...store.state.dms];
  const loud = all.filter((item) => item.id !== route.channel).reduce((sum, item) => sum + reads.unread(item).loud, 0);
  return `${loud ? `(${loud}) ` : ""}${place ? `${place} · ` : ""}${store.state.team.name}`;
}
