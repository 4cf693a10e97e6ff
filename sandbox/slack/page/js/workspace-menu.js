/** The menu under the workspace's name: other workspaces, what one can open, and how it looks. */

import { icon } from "./icons.js";
import { openHelp } from "./help.js";
import { openMenu } from "./menu.js";
import { openStep } from "./step.js";
import { panelRoute } from "./route.js";
import { chooseTheme, chosenTheme, THEMES } from "./theme.js";

/** @param {any} app @param {HTMLElement} button */
export function openWorkspaceMenu(app, button) {
  openMenu(button, [...workspaces(app), ...tools(app), ...themes()]);
}

function workspaces(app) {
  const { team, teams = [] } = app.store.state;
  if (teams.length < 2) return [];
  return teams.map((item) => ({
    group: "Workspace",
    label: item.name,
    hint: item.id,
    checked: item.id === team.id,
    run: () => app.goToTeam(item.id),
  }));
}

function tools(app) {
  const { store, route } = app;
  const go = (panel) => () => (location.hash = panelRoute(panel, route.channel ?? store.state.channels[0]?.id));
  const steps = Object.keys(store.state.functions ?? {}).length > 0;
  const name = store.app.name || "the app";
  return [
    { label: "Inspector", hint: "Calls and envelopes, live (I)", mark: icon("inspect"), run: go("inspect") },
    { label: `About ${name}`, hint: "What it is and may do", mark: icon("info"), run: go("about") },
    ...globalShortcuts(app),
    ...(steps ? [{ label: "Run a workflow step", mark: icon("step"), run: () => openStep(app) }] : []),
    { label: "Keyboard shortcuts", hint: "?", mark: icon("keyboard"), run: openHelp },
  ];
}

function globalShortcuts(app) {
  const found = (app.store.app.shortcuts ?? []).filter((item) => item.type === "global");
  return found.map((item) => ({
    label: item.name,
    hint: app.store.app.name,
    mark: icon("sparkle"),
    run: () => app.useShortcut(item.callback_id),
  }));
}

function themes() {
  return Object.entries(THEMES).map(([theme, label]) => ({
    group: "Look",
    label,
    checked: chosenTheme() === theme,
    run: () => chooseTheme(/** @type {import("./theme.js").Theme} */ (theme)),
  }));
}
