/** The pane of a channel or a direct message. */

import { fill, h, refill } from "./dom.js";
import { icon } from "./icons.js";
import { avatar, conversationName, isAppDm, nameOf } from "./people.js";
import { Composer } from "./composer.js";
import { Finder } from "./finder.js";
import { homeView } from "./home.js";
import { MessageList } from "./messages.js";
import { openMembers } from "./members.js";
import { promptShelf } from "./status.js";
import { sentenceFor } from "./api.js";
import { toast } from "./dialog.js";
import { panelRoute } from "./route.js";
import { dropZone } from "./upload.js";

/**
 * @param {any} app
 * @param {{channel: string, home: boolean, signal: AbortSignal}} options
 */
export function channelPane(app, { channel, home, signal }) {
  const { store } = app;
  const conversation = () => store.conversation(channel);
  const appDm = isAppDm(conversation(), store);
  const head = h("header", { class: "pane-head" });
  const drawHead = () => refill(head, header(app, conversation(), home));
  store.on("channels", (event) => event.channel === channel && drawHead(), signal);
  drawHead();
  const element = h("main", { class: "channel-pane", id: "main", tabindex: "-1" }, head);
  if (appDm && home) {
    element.append(homeView(app, signal));
    return { element, list: null, composer: null, finder: null };
  }
  const list = new MessageList(app, {
    channel,
    thread: null,
    label: `Messages in ${title(conversation(), store)}`,
    intro: () => beginning(app, conversation(), () => composer.chooseFiles()),
    signal,
  });
  const composer = new Composer(app, {
    channel,
    thread: null,
    placeholder: `Message ${title(conversation(), store)}`,
    oneditlast: () => app.edit(list.lastOwn()),
  });
  const foot = h("div", { class: "pane-foot" });
  const drawFoot = () => {
    const member = conversation()?.is_member !== false;
    if (foot.dataset.member === String(member)) return;
    foot.dataset.member = String(member);
    fill(
      foot,
      member
        ? [promptShelf(app, channel, (text) => composer.setText(text), signal), composer.element]
        : joinBar(app, conversation()),
    );
  };
  store.on("channels", (event) => event.channel === channel && drawFoot(), signal);
  drawFoot();
  const finder = new Finder(app, channel, list, signal);
  element.append(finder.element, list.element, foot);
  dropZone(element, `Drop it to share it in ${title(conversation(), store)}`, (files) => composer.attach(files));
  return { element, list, composer, finder };
}

function title(conversation, store) {
  const name = conversationName(conversation, store);
  return conversation?.is_im || conversation?.is_mpim ? name : `#${name}`;
}

function header(app, conversation, home) {
  const { store } = app;
  const name = conversationName(conversation, store);
  const back = h("a", { class: "icon-button back-button", href: "#/", "aria-label": "Back to the list" }, icon("back"));
  if (conversation.is_im || conversation.is_mpim) {
    const face = conversation.is_im
      ? avatar(store.user(conversation.user), store, { className: "avatar-small" })
      : icon("people");
    const label = h(
      "div",
      { class: "pane-title" },
      face,
      h("h1", { dir: "auto" }, name),
      isAppDm(conversation, store) && h("span", { class: "badge" }, "APP"),
    );
    const appDm = isAppDm(conversation, store);
    return [
      back,
      label,
      appDm && tabs(store, conversation.id, home),
      appDm && about(app, conversation.id),
      !home && find(app),
    ];
  }
  const members = h(
    "button",
    {
      type: "button",
      class: "button member-button",
      onclick: () => openMembers(app, conversation.id),
      "aria-label": `${conversation.members.length} members. Show and add`,
    },
    h(
      "span",
      { class: "faces" },
      conversation.members.slice(0, 3).map((id) => avatar(store.user(id), store, { className: "avatar-small" })),
    ),
    conversation.members.length,
  );
  const topic = conversation.topic?.value || conversation.purpose?.value || "";
  const label = h(
    "div",
    { class: "pane-title" },
    icon(conversation.is_private ? "lock" : "hash"),
    h("h1", { dir: "auto" }, name),
    topic && h("span", { class: "soft pane-topic", title: topic, dir: "auto" }, topic),
  );
  return [back, label, members, find(app)];
}

function find(app) {
  const label = "Search in this channel (/)";
  const onclick = () => app.pane?.finder?.open();
  return h(
    "button",
    { type: "button", class: "icon-button", "aria-label": label, title: label, onclick },
    icon("search"),
  );
}

function about(app, channel) {
  const label = `About ${app.store.app.name || "the app"}`;
  return h(
    "a",
    { class: "icon-button", href: panelRoute("about", channel), "aria-label": label, title: label },
    icon("info"),
  );
}

function tabs(store, channel, home) {
  const tab = (href, label, current) => h("a", { class: "tab", href, "aria-current": current ? "page" : null }, label);
  return h("nav", { class: "tabs", "aria-label": "App" }, [
    store.app.home_tab_enabled !== false && tab(`#/${channel}/home`, "Home", home),
    tab(`#/${channel}`, "Messages", !home),
  ]);
}

/** What stands before the first message: where one is, and what one can do here. */
function beginning(app, conversation, choose) {
  const { store } = app;
  const bot = store.user(store.app.user_id);
  const botName = nameOf(bot);
  const first = (words, hint) =>
    h(
      "div",
      { class: "beginning" },
      hint.mark,
      h("h2", { dir: "auto" }, words),
      hint.lines.map((line) => h("p", {}, line)),
    );
  const drop = h(
    "button",
    { type: "button", class: "drop-hint", onclick: choose },
    icon("attach"),
    h("span", {}, h("strong", {}, "Drop a recording here"), ", or choose one."),
  );
  if (isAppDm(conversation, store)) {
    return first(botName, {
      mark: avatar(bot, store, { className: "avatar-big" }),
      lines: [
        h("span", {}, `This is the start of your conversation with ${botName}. ${store.app.description ?? ""}`),
        drop,
      ],
    });
  }
  if (conversation.is_im || conversation.is_mpim) {
    const name = conversationName(conversation, store);
    const face = conversation.is_im
      ? avatar(store.user(conversation.user), store, { className: "avatar-big" })
      : icon("people");
    return first(name, {
      mark: face,
      lines: [`This is the start of your messages with ${name}. Nobody else sees them.`],
    });
  }
  const listens = conversation.members.includes(store.app.user_id);
  const invite = h(
    "span",
    {},
    `${botName} is not in this channel. `,
    h(
      "button",
      { type: "button", class: "link-button", onclick: () => openMembers(app, conversation.id) },
      `Add ${botName}`,
    ),
    " and it will answer here.",
  );
  const mark = h("span", { class: "beginning-mark" }, icon(conversation.is_private ? "lock" : "hash"));
  return first(`#${conversation.name}`, {
    mark,
    lines: [
      "This is the very beginning of the channel.",
      bot ? (listens ? h("span", {}, `${botName} is a member and hears what is shared here.`) : invite) : null,
      drop,
    ],
  });
}

function joinBar(app, conversation) {
  const join = async () => {
    try {
      await app.api.call("conversations.join", { channel: conversation.id });
    } catch (error) {
      toast(sentenceFor(error));
    }
  };
  return h(
    "div",
    { class: "join-bar" },
    h("span", {}, `You are looking at #${conversation.name}.`),
    h("button", { type: "button", class: "button solid primary", onclick: join }, "Join channel"),
  );
}
