// The strip above the controls: who spoke when, where chapters begin, and where the recording is.

import { byId, clock, make, voice } from "./dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 1000;
// Ten thousand lines are more than the strip has dots, so those of one voice that nearly touch are drawn as one.
const GAP = 0.6;

export class Strip {
  #duration;
  #chapters;
  #place = byId("strip");
  #tip = byId("tip");

  constructor(recap, duration) {
    this.#duration = duration;
    this.#chapters = recap.chapters;
    this.#paint(recap);
    this.#place.addEventListener("pointermove", (event) => this.#point(event));
    this.#place.addEventListener("pointerleave", () => { this.#tip.hidden = true; });
  }

  show(seconds) {
    this.#place.style.setProperty("--played", `${Math.min(100, (seconds / this.#duration) * 100)}%`);
  }

  #paint(recap) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", `0 0 ${WIDTH} 10`);
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    const scale = WIDTH / this.#duration;
    for (const { from, to, speaker } of this.#stretches(recap.segments, scale)) {
      const box = document.createElementNS(SVG, "rect");
      box.setAttribute("x", from.toFixed(2));
      box.setAttribute("width", Math.max(to - from, 0.4).toFixed(2));
      box.setAttribute("height", 10);
      box.setAttribute("class", voice(speaker));
      drawing.append(box);
    }
    const marks = this.#chapters.slice(1).map((chapter) => {
      const mark = make("i", { class: "mark" });
      mark.style.left = `${(chapter.start / this.#duration) * 100}%`;
      return mark;
    });
    this.#place.prepend(drawing, ...marks);
  }

  #stretches(segments, scale) {
    const found = [];
    for (const { start, end, speaker } of segments) {
      const [from, to] = [start * scale, end * scale];
      const last = found.at(-1);
      if (last && last.speaker === speaker && from - last.to < GAP) last.to = Math.max(last.to, to);
      else found.push({ from, to, speaker });
    }
    return found;
  }

  #point(event) {
    if (event.pointerType === "touch") return;
    const { left, width } = this.#place.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientX - left) / width));
    const chapter = this.#chapters.findLast(({ start }) => start <= share * this.#duration);
    this.#tip.replaceChildren(make("b", {}, clock(share * this.#duration)), chapter ? ` ${chapter.title}` : "");
    this.#tip.hidden = false;
    const half = this.#tip.offsetWidth / 2;
    this.#tip.style.left = `${Math.min(width - half, Math.max(half, share * width))}px`;
  }
}
