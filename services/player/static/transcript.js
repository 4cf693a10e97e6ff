// The transcript: paragraphs of lines; each line is a link to its second, and the one that is heard is marked.

import { byId, clock, make, voice } from "./dom.js";

// Further away than this many screens, it is jumped rather than scrolled.
const FAR = 2;

export class Transcript {
  lines = [];
  #segments;
  #current = -1;
  #following = true;
  #stop = null;

  /** `go(seconds)` plays from there. */
  constructor(recap, go) {
    this.#segments = recap.segments;
    const place = byId("transcript");
    byId("waiting").remove();
    place.append(...this.#paragraphs(recap));
    if (!recap.segments.length) place.append(make("p", { class: "quiet" }, "Nobody speaks in this recording."));
    this.#stopAt(this.lines[0]);
    place.addEventListener("click", (event) => this.#clicked(event, go));
    place.addEventListener("keydown", (event) => this.#moved(event));
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => this.stray(), { passive: true });
    byId("follow").addEventListener("click", () => this.follow());
  }

  #paragraphs(recap) {
    const labels = new Map(recap.speakers.map((speaker) => [speaker.id, speaker.label]));
    const starts = new Set(recap.paragraphs);
    const lang = recap.language === "und" ? null : recap.language;
    const nodes = [];
    let [chapter, words, said] = [0, null, undefined];
    recap.segments.forEach((segment, index) => {
      const { start, speaker, text } = segment;
      for (; recap.chapters[chapter]?.start <= start + 0.01; chapter += 1) {
        nodes.push(make("h2", { class: "chapter", dir: "auto" }, recap.chapters[chapter].title));
        [words, said] = [null, undefined];
      }
      if (words === null || starts.has(index)) {
        words = make("p", { class: "words", dir: "auto", lang });
        const who = said !== speaker && labels.has(speaker) ? make("span", { class: "name", dir: "auto" }, labels.get(speaker)) : "";
        const time = make("a", { class: "time", href: this.#here(start), "data-index": index, tabindex: "-1" }, clock(start));
        nodes.push(make("div", { class: `turn ${voice(speaker)}` }, make("p", { class: "who" }, who, time), words));
        said = speaker;
      }
      const line = make("a", { class: "line", href: this.#here(start), draggable: "false", tabindex: "-1", "data-index": index }, text);
      this.lines.push(line);
      words.append(line, " ");
    });
    return nodes;
  }

  #here = (seconds) => `#t=${Math.floor(seconds)}`;

  /** Lets all times lead to addresses elsewhere; back to this page without any. */
  lead(addressOf) {
    for (const link of byId("transcript").querySelectorAll("a[data-index]")) {
      const { start } = this.#segments[link.dataset.index];
      link.href = addressOf ? addressOf(start) : this.#here(start);
      if (addressOf) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      else link.removeAttribute("target");
    }
  }

  /** Marks the line that is heard at that second, and keeps it in sight while nobody looks elsewhere. */
  show(seconds) {
    const index = this.#at(seconds);
    if (index === this.#current) return;
    this.lines[this.#current]?.removeAttribute("aria-current");
    this.#current = index;
    const line = this.lines[index];
    if (!line) return;
    line.setAttribute("aria-current", "true");
    if (!document.activeElement?.classList.contains("line")) this.#stopAt(line);
    if (this.#following) this.reveal(line);
  }

  /** Goes back to the line that is heard and follows it again. */
  follow() {
    this.#following = true;
    byId("follow").hidden = true;
    const line = this.lines[this.#current];
    if (line) this.reveal(line);
  }

  /** Stops following, because somebody looks elsewhere. */
  stray() {
    if (this.#current < 0 || !this.#following) return;
    this.#following = false;
    byId("follow").hidden = false;
  }

  /** Scrolls the line into sight; again where paragraphs turn out to be of another height than was thought. */
  reveal(line, tries = 4) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { top, bottom } = line.getBoundingClientRect();
    const high = Math.max(0, byId("search").getBoundingClientRect().bottom);
    const low = innerHeight - byId("deck").offsetHeight;
    if (top > high + 30 && bottom < low - (low - high) * 0.25) return;
    const far = calm || Math.abs(top) > FAR * innerHeight;
    scrollTo({ top: scrollY + top - high - (low - high) * 0.35, behavior: far ? "instant" : "smooth" });
    if (far && tries) requestAnimationFrame(() => this.reveal(line, tries - 1));
  }

  /** The moment that a whole second of an address means: that of the line that begins within it, if one does. */
  momentOf(second) {
    const next = this.#segments[this.#at(second) + 1];
    return next && next.start < Math.floor(second) + 1 ? next.start : second;
  }

  /** The last segment that began by then; -1 before the first. */
  #at(seconds) {
    let [low, high] = [0, this.#segments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#segments[middle].start <= seconds + 0.05) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #clicked(event, go) {
    const link = event.target.closest("a[data-index]");
    if (!link || link.target || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (getSelection().isCollapsed) go(this.#segments[link.dataset.index].start);
  }

  #moved(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const line = document.activeElement;
    if (!step || !line.classList.contains("line")) return;
    const next = this.lines[Number(line.dataset.index) + step];
    if (!next) return;
    event.preventDefault();
    this.stray();
    this.#stopAt(next);
    next.focus();
  }

  /** One line at a time is a stop of the Tab key; arrows go on from there. */
  #stopAt(line) {
    if (this.#stop) this.#stop.tabIndex = -1;
    this.#stop = line;
    if (line) line.tabIndex = 0;
  }
}
