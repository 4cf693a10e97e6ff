/** The Home tab of the app. */

import { fill, h } from "./dom.js";
import { ear } from "./icons.js";
import { showBlocks } from "./blocks/index.js";
import { surfaceFor } from "./surface.js";

/**
 * @param {any} app
 * @param {AbortSignal} signal
 */
export function homeView(app, signal) {
  const { store } = app;
  const surface = surfaceFor(app, "home", () => ({ view_id: store.state.home?.id }));
  const blocks = h("div", { class: "blocks home-blocks" });
  const frame = h("div", { class: "scroller home-scroller", tabindex: "-1" });
  const show = () => {
    const view = store.state.home;
    if (!view?.blocks?.length) {
      const words = store.app.connected
        ? "The app has not put anything here yet."
        : "The app is not running. What it shows here appears once it is.";
      fill(
        frame,
        h(
          "div",
          { class: "beginning" },
          h("span", { class: "beginning-mark" }, ear()),
          h("h2", {}, "Nothing here yet"),
          h("p", {}, words),
        ),
      );
      return;
    }
    if (!blocks.isConnected) fill(frame, blocks);
    showBlocks(blocks, view.blocks, surface);
  };
  store.on("home", show, signal);
  store.on("app", show, signal);
  show();
  return frame;
}
