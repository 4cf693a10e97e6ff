/** Dialogs about channels: who is in one, a new one, and the quick way to another. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, conversationName, nameOf } from "./people.js";
import { openDialog, toast } from "./dialog.js";
import { sentenceFor } from "./api.js";
import { routeTo } from "./route.js";

/**
 * Who is in a channel, and a button to add who is not.
 * @param {any} app
 * @param {string} channel
 */
export function openMembers(app, channel) {
  const { store } = app;
  const list = h("ul", { class: "people-list" });
  const stop = new AbortController();
  const show = () => {
    const { members } = store.conversation(channel);
    const users = Object.values(store.state.users).filter((user) => user.id !== "USLACKBOT");
    const rank = (user) => (members.includes(user.id) ? 0 : 1);
    fill(
      list,
      users.sort((a, b) => rank(a) - rank(b)).map((user) => row(user, members.includes(user.id))),
    );
  };
  const row = (user, inside) =>
    h(
      "li",
      {},
      avatar(user, store),
      h(
        "span",
        { class: "menu-label", dir: "auto" },
        nameOf(user),
        h("small", {}, user.is_bot ? "App" : `@${user.name}`),
      ),
      inside
        ? h("span", { class: "soft" }, "Member")
        : h(
            "button",
            { type: "button", class: "button", "aria-label": `Add ${nameOf(user)}`, onclick: () => add(user) },
            "Add",
          ),
    );
  const add = async (user) => {
    try {
      await app.api.call("conversations.invite", { channel, users: user.id });
    } catch (error) {
      toast(sentenceFor(error));
    }
  };
  store.on("channels", (event) => event.channel === channel && show(), stop.signal);
  show();
  openDialog({
    title: `People in #${store.conversation(channel).name}`,
    body: list,
    className: "dialog-small",
    onclose: () => stop.abort(),
  });
}

/** Make a channel. @param {any} app */
export function openNewChannel(app) {
  const name = h("input", {
    type: "text",
    id: "new-channel-name",
    maxlength: "80",
    placeholder: "e.g. interviews",
    autocomplete: "off",
    autofocus: true,
  });
  const hidden = h("input", { type: "checkbox" });
  const problem = h("p", { class: "input-error", role: "alert" });
  const create = async (event) => {
    event.preventDefault();
    try {
      const wanted = name.value.trim().toLowerCase().replaceAll(" ", "-");
      const answer = await app.api.call("conversations.create", { name: wanted, is_private: hidden.checked });
      opened.close();
      location.hash = routeTo(answer.channel.id);
    } catch (error) {
      fill(problem, sentenceFor(error));
    }
  };
  const form = h(
    "form",
    { onsubmit: create, class: "form" },
    h("label", { class: "input-label", for: "new-channel-name" }, "Name"),
    name,
    problem,
    h("label", { class: "choice" }, hidden, h("span", {}, "Private", h("small", {}, "Only invited people see it"))),
    h(
      "div",
      { class: "dialog-foot" },
      h("button", { type: "submit", class: "button solid primary" }, "Create channel"),
    ),
  );
  const opened = openDialog({ title: "New channel", body: form, className: "dialog-small" });
}

/** Go somewhere by typing its name (Ctrl+K). @param {any} app */
export function openSwitcher(app) {
  const { store } = app;
  const places = [
    ...store.state.channels.map((item) => ({
      name: item.name,
      mark: icon(item.is_private ? "lock" : "hash"),
      go: () => (location.hash = routeTo(item.id)),
    })),
    ...Object.values(store.state.users)
      .filter((user) => user.id !== store.me.id && user.id !== "USLACKBOT")
      .map((user) => ({
        name: nameOf(user),
        mark: avatar(user, store, { className: "avatar-small" }),
        go: () => app.openDm(user.id),
      })),
    ...store.state.dms
      .filter((item) => item.is_mpim)
      .map((item) => ({
        name: conversationName(item, store),
        mark: icon("people"),
        go: () => (location.hash = routeTo(item.id)),
      })),
  ];
  let at = 0;
  const list = h("ul", { class: "people-list", role: "listbox", id: "switcher-list", "aria-label": "Places" });
  const field = h("input", {
    type: "search",
    placeholder: "Where to?",
    "aria-label": "Where to?",
    role: "combobox",
    "aria-controls": "switcher-list",
    "aria-expanded": "true",
    autofocus: true,
  });
  const found = () => places.filter((place) => place.name.toLowerCase().includes(field.value.trim().toLowerCase()));
  const go = (place) => {
    opened.close();
    place?.go();
  };
  const show = () => {
    const rows = found()
      .slice(0, 12)
      .map((place, index) =>
        h(
          "li",
          { role: "option", id: `place-${index}`, "aria-selected": String(index === at), onclick: () => go(place) },
          place.mark,
          h("span", { class: "menu-label", dir: "auto" }, place.name),
        ),
      );
    fill(list, rows.length ? rows : h("li", { class: "menu-empty" }, "Nothing of that name."));
    if (rows.length) field.setAttribute("aria-activedescendant", `place-${at}`);
  };
  field.addEventListener("input", () => {
    at = 0;
    show();
  });
  field.addEventListener("keydown", (event) => {
    const count = Math.min(found().length, 12);
    if (event.key === "Enter") go(found()[at]);
    else if (event.key === "ArrowDown" && count) at = (at + 1) % count;
    else if (event.key === "ArrowUp" && count) at = (at + count - 1) % count;
    else return;
    event.preventDefault();
    show();
  });
  show();
  const opened = openDialog({ title: "Go to", body: [field, list], className: "dialog-small switcher" });
}
