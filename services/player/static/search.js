// Search in the transcript: all matches are marked, one of them is looked at.

import { byId } from "./dom.js";

const PAUSE = 120;
// Marks cost the browser something each; the count is of all matches all the same.
const MOST_MARKS = 2000;

/** The text as it is compared: small letters without accents, letter by letter, so that places stay what they are. */
function folded(text) {
  if (/^[\x00-\x7f]*$/.test(text)) return text.toLowerCase();
  return Array.from(text, (letter) => {
    const plain = letter.normalize("NFD")[0].toLowerCase();
    return plain.length === letter.length ? plain : letter;
  }).join("");
}

export class Search {
  #transcript;
  #texts;
  #folded = null;
  #sought = "";
  #matches = [];
  #at = -1;
  #timer;
  #field = byId("query");

  constructor(recap, transcript) {
    this.#transcript = transcript;
    this.#texts = recap.segments.map((segment) => segment.text);
    byId("search").hidden = !recap.segments.length;
    this.#field.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#find(), PAUSE);
    });
    this.#field.addEventListener("keydown", (event) => this.#pressed(event));
    byId("later").addEventListener("click", () => this.#step(1));
    byId("earlier").addEventListener("click", () => this.#step(-1));
  }

  focus() {
    this.#field.focus();
    this.#field.select();
  }

  #pressed(event) {
    if (event.key === "Enter") {
      event.preventDefault();
      if (this.#sought === this.#wanted()) this.#step(event.shiftKey ? -1 : 1);
      else this.#find();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#field.value = "";
      this.#find();
      this.#field.blur();
    }
  }

  #wanted() {
    return folded(this.#field.value.trim().replace(/\s+/g, " "));
  }

  #find() {
    clearTimeout(this.#timer);
    this.#sought = this.#wanted();
    this.#folded ??= this.#texts.map(folded);
    this.#matches = [];
    if (this.#sought) this.#folded.forEach((text, index) => this.#collect(text, index));
    this.#mark();
    this.#at = -1;
    for (const id of ["earlier", "later"]) byId(id).disabled = !this.#matches.length;
    if (this.#matches.length) this.#step(1);
    else this.#tell();
  }

  #collect(text, index) {
    for (let at = text.indexOf(this.#sought); at >= 0; at = text.indexOf(this.#sought, at + this.#sought.length)) {
      this.#matches.push({ index, at });
    }
  }

  #step(by) {
    if (!this.#matches.length) return;
    this.#at = (this.#at + by + this.#matches.length) % this.#matches.length;
    const match = this.#matches[this.#at];
    this.#highlight("found-here", [this.#range(match)]);
    this.#transcript.stray();
    this.#transcript.reveal(this.#transcript.lines[match.index]);
    this.#tell();
  }

  #tell() {
    const count = this.#matches.length;
    byId("found").textContent = !this.#sought ? "" : count ? `${this.#at + 1} of ${count}` : "No match";
  }

  #mark() {
    this.#highlight("found", this.#matches.slice(0, MOST_MARKS).map((match) => this.#range(match)));
    this.#highlight("found-here", []);
  }

  #range({ index, at }) {
    const words = this.#transcript.lines[index].firstChild;
    const [startOffset, endOffset] = [at, at + this.#sought.length];
    return new StaticRange({ startContainer: words, startOffset, endContainer: words, endOffset });
  }

  /** The words are marked where they stand; a browser that cannot do that still goes to each. */
  #highlight(name, ranges) {
    if (!("highlights" in CSS)) return;
    const marks = new Highlight(...ranges);
    marks.priority = name === "found-here" ? 1 : 0;
    CSS.highlights.set(name, marks);
  }
}
