/** What stands beside the channel: a thread, or one of the panels. One at a time, as in Slack. */

import { aboutPanel } from "./about.js";
import { fill } from "./dom.js";
import { filePanel } from "./file-panel.js";
import { inspectorPanel } from "./inspector.js";
import { routeTo } from "./route.js";
import { threadPane } from "./thread.js";

const PANELS = { inspect: inspectorPanel, about: aboutPanel, file: filePanel };

export class Aside {
  /** @param {any} app @param {HTMLElement} element @param {(width: MediaQueryList) => boolean} roomy */
  constructor(app, element, roomy) {
    Object.assign(this, { app, element, roomy });
    this.key = null;
    this.before = null;
  }

  /**
   * Show what a route asks for; what is shown already stays.
   * @param {any} route
   * @param {string | null} root the ts of the thread to show
   */
  show(route, root) {
    const { channel, message, panel, file } = route;
    const key = panel ? `${panel}:${file ?? message ?? ""}` : root ? `${channel}:${root}` : null;
    if (!panel) this.before = location.hash;
    if (this.key !== key) {
      this.#leave();
      this.key = key;
      if (panel) this.#openPanel(route);
      else if (root) this.#openThread(channel, root);
    }
    if (!panel && root && message !== root) this.thread?.list.reveal(message);
  }

  #leave() {
    const hadFocus = this.element.contains(document.activeElement);
    this.stop();
    fill(this.element, []);
    if (hadFocus) this.app.pane?.composer?.focus();
  }

  #openThread(channel, root) {
    this.ending = new AbortController();
    this.thread = threadPane(this.app, { channel, root, signal: this.ending.signal });
    fill(this.element, this.thread.element);
    this.thread.list.toBottom();
    if (this.roomy() && !this.app.pane?.finder?.isOpen) this.thread.composer.focus();
  }

  #openPanel(route) {
    this.ending = new AbortController();
    const close = () => this.close();
    const panel = PANELS[route.panel](this.app, { ...route, signal: this.ending.signal, onclose: close });
    fill(this.element, panel);
    /** @type {HTMLElement | null} */ (panel.querySelector("[data-first], h2"))?.focus();
  }

  /** Go back to what was beside the channel before the panel. */
  close() {
    location.hash = this.before ?? routeTo(this.app.route.channel);
  }

  stop() {
    this.ending?.abort();
    this.thread = null;
  }
}
