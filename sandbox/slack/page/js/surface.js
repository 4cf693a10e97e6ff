/** What the blocks of a message, a modal or the home view stand on (see blocks/index.js). */

import { ApiError, sentenceFor } from "./api.js";
import { askFirst, toast } from "./dialog.js";
import { nameOf, namesFrom } from "./people.js";

/**
 * @param {any} app
 * @param {"message" | "modal" | "home"} kind
 * @param {() => any} where the part of an action's body that says what was acted on: `{channel, message_ts}` or `{view_id}`
 */
export function surfaceFor(app, kind, where) {
  const surface = {
    kind,
    names: namesFrom(app.store),
    get people() {
      return Object.values(app.store.state.users)
        .filter((user) => user.id !== "USLACKBOT")
        .map((user) => ({ id: user.id, name: nameOf(user) }));
    },
    get channels() {
      return app.store.state.channels;
    },
    values: {},
    errors: {},
    confirm: (question) => askFirst(question, surface),
    act: async (block, element, choice) => {
      try {
        const state = { values: surface.values };
        await app.api.act("actions", {
          ...where(),
          action_id: element.action_id,
          block_id: block.block_id,
          ...choice,
          state,
        });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        toast(sentenceFor(error));
      }
    },
  };
  return surface;
}
