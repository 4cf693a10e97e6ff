// The transcript: turns of lines; each line is a link to its second, and the one that is heard is marked.

import { byId, clock, make, voice } from "./dom.js";

export class Transcript {
  #lines = [];
  #segments;
  #current = -1;
  #following = true;

  /** `go(seconds)` plays from there. */
  constructor(recap, go) {
    this.#segments = recap.segments;
    const place = byId("transcript");
    byId("waiting").remove();
    place.append(...this.#turns(recap));
    if (!recap.segments.length) place.append(make("p", { class: "quiet" }, "Nobody speaks in this recording."));
    place.addEventListener("click", (event) => this.#clicked(event, go));
    place.addEventListener("keydown", (event) => this.#moved(event));
    for (const kind of ["wheel", "touchmove"]) addEventListener(kind, () => this.#stray(), { passive: true });
    byId("follow").addEventListener("click", () => this.follow());
  }

  #turns(recap) {
    const labels = new Map(recap.speakers.map((speaker) => [speaker.id, speaker.label]));
    const nodes = [];
    let chapter = 0;
    let words = null;
    let speaker = null;
    recap.segments.forEach((segment, index) => {
      while (chapter < recap.chapters.length && recap.chapters[chapter].start <= segment.start + 0.01) {
        nodes.push(make("h2", { class: "chapter", dir: "auto", id: `chapter-${chapter}` }, recap.chapters[chapter].title));
        chapter += 1;
        words = null;
      }
      if (words === null || speaker !== segment.speaker) {
        speaker = segment.speaker;
        words = make("p", { class: "words", dir: "auto", lang: recap.language === "und" ? null : recap.language });
        const name = make("span", { class: "name", dir: "auto" }, labels.get(speaker) ?? `Speaker ${speaker + 1}`);
        const time = make("a", { class: "time", href: `#t=${Math.floor(segment.start)}` }, clock(segment.start));
        nodes.push(make("div", { class: `turn ${voice(speaker)}` }, make("p", { class: "who" }, name, time), words));
      }
      const line = make("a", {
        class: "line", href: `#t=${Math.floor(segment.start)}`, draggable: "false", tabindex: index ? "-1" : "0", "data-index": index,
      }, segment.text);
      this.#lines.push(line);
      words.append(line, " ");
    });
    return nodes;
  }

  /** Marks the line that is heard at that second, and keeps it in sight while nobody scrolls elsewhere. */
  show(seconds) {
    const index = this.#at(seconds);
    if (index === this.#current) return;
    this.#lines[this.#current]?.removeAttribute("aria-current");
    this.#current = index;
    const line = this.#lines[index];
    if (!line) return;
    line.setAttribute("aria-current", "true");
    if (!this.#lines.includes(document.activeElement)) this.#stop(line);
    if (this.#following) this.#reveal(line);
  }

  /** Goes back to the line that is heard and follows it again. */
  follow() {
    this.#following = true;
    byId("follow").hidden = true;
    const line = this.#lines[this.#current];
    if (line) this.#reveal(line);
  }

  #reveal(line) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { top, bottom } = line.getBoundingClientRect();
    const low = innerHeight - byId("deck").offsetHeight;
    if (top > 80 && bottom < low * 0.75) return;
    scrollTo({ top: scrollY + top - low * 0.35, behavior: calm ? "instant" : "smooth" });
  }

  #stray() {
    if (this.#current < 0 || !this.#following) return;
    this.#following = false;
    byId("follow").hidden = false;
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
    const link = event.target.closest("a");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (getSelection().isCollapsed === false) return;
    const index = link.dataset.index;
    go(index === undefined ? Number(link.hash.slice(3)) : this.#segments[index].start);
  }

  #moved(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = this.#lines.indexOf(document.activeElement);
    const next = step && at >= 0 ? this.#lines[at + step] : null;
    if (!next) return;
    event.preventDefault();
    this.#stray();
    this.#stop(next);
    next.focus();
  }

  /** One line at a time is a stop of the Tab key; arrows go on from there. */
  #stop(line) {
    for (const other of this.#lines) if (other.tabIndex === 0 && other !== line) other.tabIndex = -1;
    line.tabIndex = 0;
  }
}
