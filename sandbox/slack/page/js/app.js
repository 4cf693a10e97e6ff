/** The page: one person's look into the workspace, put together and kept in line with the address bar. */

import { Aside } from "./aside.js";
import { Api, fetchState, sentenceFor } from "./api.js";
import { channelPane } from "./channel.js";
import { toast } from "./dialog.js";
import { fill, h } from "./dom.js";
import { editMessage } from "./edit.js";
import { ear } from "./icons.js";
import { listen } from "./live.js";
import { onGlobalKey } from "./keys.js";
import { watchModals } from "./modal.js";
import { isAppDm } from "./people.js";
import { panelRoute, readPerson, readRoute, routeTo, writePerson } from "./route.js";
import { sidebar } from "./sidebar.js";
import { Store } from "./store.js";
import { applyTheme } from "./theme.js";
import { ReadMarks } from "./unread.js";

const RETRY = 1500;
const narrow = matchMedia("(max-width: 720px)");

class App {
  /** @param {any} state @param {Map<string, string>} drafts */
  constructor(state, drafts) {
    this.store = new Store(state);
    this.api = new Api(this.store.me);
    this.reads = new ReadMarks(this.store);
    this.drafts = drafts;
    this.stop = new AbortController();
    this.route = readRoute();
    this.root = /** @type {HTMLElement} */ (document.getElementById("app"));
  }

  start() {
    const { signal } = this.stop;
    this.side = sidebar(this, signal);
    this.middle = h("div", { class: "middle" });
    this.aside = h("div", { class: "aside" });
    this.beside = new Aside(this, this.aside, () => !narrow.matches);
    this.banner = h(
      "div",
      { class: "banner", role: "status", hidden: true },
      "The local Slack does not answer. Trying again…",
    );
    fill(this.root, [this.banner, this.side, this.middle, this.aside]);
    addEventListener("hashchange", () => this.#go(), { signal });
    addEventListener("keydown", (event) => onGlobalKey(this, event), { signal });
    addEventListener("focus", () => this.#seen(), { signal });
    narrow.addEventListener("change", () => this.#go(), { signal });
    this.store.on("messages", (event) => event.channel === this.route.channel && this.#seen(), signal);
    this.store.on("channels", (event) => this.#arrived(event.channel), signal);
    watchModals(this, signal);
    this.#go();
    listen({
      user: this.store.me.id,
      since: this.store.state.seq,
      signal,
      onevent: (event) => this.#onEvent(event),
      onconnection: (up) => (this.banner.hidden = up),
    });
  }

  end() {
    this.stop.abort();
    this.channelStop?.abort();
    this.beside?.stop();
  }

  #onEvent(event) {
    if (event.type === "reset") boot(this.store.me.id, this.drafts);
    else this.store.apply(event);
  }

  /** Show what the address bar points at; what is shown already stays as it is. */
  #go() {
    const route = this.#withInspector(readRoute());
    const { store } = this;
    if (route.panel === "file") route.channel = this.route.channel;
    if (!store.conversation(route.channel)) route.channel = null;
    if (!route.channel && !narrow.matches) route.channel = store.state.channels[0]?.id ?? null;
    this.route = route;
    const thread = route.channel && route.message ? store.rootOf(route.channel, route.message) : null;
    const known = thread && store.message(route.channel, thread) ? thread : null;
    this.root.dataset.pane = route.panel || known ? "thread" : route.channel ? "channel" : "list";
    this.#showChannel(route);
    this.beside.show(route, known);
    store.emit("route");
    this.#seen();
  }

  /** The inspector of the whole workspace stays while one goes from channel to channel. */
  #withInspector(route) {
    const { panel, message, channel } = this.route;
    const stays = panel === "inspect" && !message && !narrow.matches && !route.message && route.channel !== channel;
    if (!stays || route.panel || !route.channel) return route;
    history.replaceState(null, "", panelRoute("inspect", route.channel));
    return { ...route, panel };
  }

  #showChannel({ channel, home, message }) {
    const key = `${channel}:${home}`;
    if (this.channelKey === key) return;
    this.channelStop?.abort();
    this.channelKey = key;
    if (!channel) return fill(this.middle, []);
    this.channelStop = new AbortController();
    this.pane = channelPane(this, { channel, home, signal: this.channelStop.signal });
    fill(this.middle, this.pane.element);
    this.pane.list?.toBottom();
    if (message) this.pane.list?.reveal(message);
    else if (!narrow.matches) this.pane.composer?.focus();
    if (isAppDm(this.store.conversation(channel), this.store)) this.#openedApp(home);
  }

  /** The app hears that its pages were opened, as it does in Slack. */
  #openedApp(home) {
    this.api
      .act("home", { tab: home ? "home" : "messages" })
      .catch((error) => console.warn("the app did not hear of its opening", error));
  }

  #seen() {
    if (this.route.channel && !document.hidden) this.reads.mark(this.route.channel);
  }

  /** Open the direct message with someone. @param {string} user */
  async openDm(user) {
    try {
      const answer =
        user === this.store.app.user_id
          ? await this.api.act("home", { tab: "messages" })
          : await this.api.call("conversations.open", { users: user });
      location.hash = routeTo(answer.channel?.id ?? answer.channel);
    } catch (error) {
      toast(sentenceFor(error));
    }
  }

  /** A new conversation may be in the address bar before the live line tells of it. */
  #arrived(channel) {
    if (readRoute().channel === channel && this.route.channel !== channel) this.#go();
  }

  /** Open the app's Home tab or its messages. @param {boolean} home */
  async openApp(home) {
    try {
      const { channel } = await this.api.act("home", { tab: home ? "home" : "messages" });
      location.hash = home ? `${routeTo(channel)}/home` : routeTo(channel);
    } catch (error) {
      toast(sentenceFor(error));
    }
  }

  /** Use one of the app's global shortcuts. @param {string} callbackId */
  async useShortcut(callbackId) {
    try {
      await this.api.act("shortcuts", { callback_id: callbackId });
    } catch (error) {
      toast(sentenceFor(error));
    }
  }

  /** Go to another workspace of this server, as its first person. @param {string} team */
  goToTeam(team) {
    history.replaceState(null, "", "#/");
    boot(null, new Map(), team);
  }

  /** Look through someone else's eyes. @param {string} user */
  actAs(user) {
    boot(user, new Map());
  }

  /** Edit a message of the list, if there is one. @param {any} view */
  edit(view) {
    if (view) editMessage(view);
  }
}

/** @type {App | null} */
let current = null;

/**
 * Fetch a person's state and show it. While the server does not answer, try again.
 * @param {string | null} user
 * @param {Map<string, string>} drafts texts not sent yet, by place
 * @param {string | null} [team] of which workspace, when not the person's
 */
async function boot(user, drafts, team = null) {
  let state;
  try {
    state = await fetchState(user, team);
  } catch (error) {
    if (error.code === "user_not_found" && user) return boot(null, drafts);
    if (!current) waitingRoom(sentenceFor(error));
    setTimeout(() => boot(user, drafts, team), RETRY);
    return;
  }
  current?.end();
  writePerson(state.me.id);
  current = new App(state, drafts);
  current.start();
}

function waitingRoom(words) {
  fill(
    /** @type {HTMLElement} */ (document.getElementById("app")),
    h(
      "div",
      { class: "beginning waiting" },
      h("span", { class: "beginning-mark" }, ear()),
      h("h2", {}, "Local Slack"),
      h("p", { role: "status" }, words),
    ),
  );
}

document.querySelector(".skip-link")?.addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("main")?.focus();
});

applyTheme();
boot(readPerson(), new Map());
