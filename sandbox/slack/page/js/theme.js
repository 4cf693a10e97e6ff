/** Light, dark, or what the system says. What a person chose is remembered by their browser. */

const KEY = "local-slack-theme";

/** @typedef {"auto" | "light" | "dark"} Theme */
export const THEMES = { auto: "As the system", light: "Light", dark: "Dark" };

/** @returns {Theme} */
export function chosenTheme() {
  const kept = localStorage.getItem(KEY) ?? "auto";
  return Object.hasOwn(THEMES, kept) ? /** @type {Theme} */ (kept) : "auto";
}

/** @param {Theme} theme */
export function chooseTheme(theme) {
  localStorage.setItem(KEY, theme);
  applyTheme();
}

/** Make the page look as chosen. */
export function applyTheme() {
  const theme = chosenTheme();
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
