/** The clipboard. */

import { toast } from "./dialog.js";

/**
 * Put a text on the clipboard and say so.
 * @param {string} text
 * @param {string} done what is said then
 */
export async function copyText(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    toast(done);
  } catch {
    toast("The browser does not let this page use the clipboard.");
  }
}
