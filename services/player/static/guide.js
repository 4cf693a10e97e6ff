// The overview beside the transcript: the spoken summary, key points, what to do, chapters, speakers.

import { byId, clock, make, span, voice } from "./dom.js";
import { Narration } from "./narration.js";

const task = ({ owner, text, due }) => `${owner ? `${owner}: ` : ""}${text}${due ? ` (${due})` : ""}`;

export class Guide {
  #chapters;
  #links = [];
  #narration = null;

  /** `go(seconds)` plays from there; `speaking()` is called when the spoken summary begins. */
  constructor(recap, home, { go, speaking }) {
    this.#chapters = recap.chapters;
    this.#head(recap);
    const place = byId("guide");
    if (recap.narration) {
      this.#narration = new Narration(recap.narration, home, speaking);
      place.append(this.#narration.element);
    }
    const wide = matchMedia("(min-width: 900px)").matches;
    const parts = [
      ["Key points", recap.points.map((point) => this.#entry(point.text, point.start))],
      ["To do", recap.action_items.map((item) => this.#entry(task(item), item.start))],
      ["Decided", recap.decisions.map((point) => this.#entry(point.text, point.start))],
      ["Chapters", recap.chapters.map((chapter) => this.#chapter(chapter))],
      ["Speakers", recap.speakers.map((speaker) => this.#speaker(speaker))],
    ];
    for (const [title, entries] of parts) {
      if (!entries.length) continue;
      const count = make("span", { class: "count" }, String(entries.length));
      place.append(make("details", { open: wide }, make("summary", {}, make("h2", {}, title), count), make("ol", {}, ...entries)));
    }
    place.addEventListener("click", (event) => {
      const link = event.target.closest("a.entry[data-start]");
      if (!link || link.target || event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      go(Number(link.dataset.start));
    });
  }

  #head(recap) {
    const voices = recap.speakers.length;
    const facts = [recap.author, span(recap.duration)];
    if (voices) facts.push(voices === 1 ? "1 speaker" : `${voices} speakers`);
    if (recap.segments.length) facts.push(recap.language_name, recap.words_from);
    const said = facts.filter(Boolean).flatMap((fact) => [make("span", { dir: "auto" }, fact), "  ·  "]).slice(0, -1);
    byId("facts").replaceChildren(...said);
    if (recap.source) {
      const link = make("a", { href: recap.source.url, target: "_blank", rel: "noopener noreferrer" }, `Open on ${recap.source.name}`);
      byId("facts").append("  ·  ", link);
    }
    if (!recap.gist) return;
    byId("gist").textContent = recap.gist.text;
    byId("gist").hidden = false;
  }

  /** Silences the spoken summary. */
  hush() {
    this.#narration?.hush();
  }

  /** Lets all times lead to addresses elsewhere; back to this page without any. */
  lead(addressOf) {
    for (const link of byId("guide").querySelectorAll("a.entry[data-start]")) {
      link.href = addressOf ? addressOf(Number(link.dataset.start)) : `#t=${Math.floor(link.dataset.start)}`;
      if (addressOf) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
      else link.removeAttribute("target");
    }
  }

  #entry(text, start) {
    if (start === null) return make("li", {}, make("span", { class: "entry", dir: "auto" }, text));
    const time = make("span", { class: "time" }, clock(start));
    const words = make("span", { class: "what", dir: "auto" }, text);
    return make("li", {}, make("a", { class: "entry", href: `#t=${Math.floor(start)}`, "data-start": start }, time, words));
  }

  #chapter(chapter) {
    const entry = this.#entry(chapter.title, chapter.start);
    this.#links.push(entry.firstChild);
    return entry;
  }

  #speaker(speaker) {
    const share = Math.round(speaker.share * 100);
    const bar = make("span", { class: "bar", "aria-hidden": "true" }, make("span", { class: "fill" }));
    bar.firstChild.style.width = `${share}%`;
    const name = make("span", { class: "name", dir: "auto" }, speaker.label);
    return make("li", { class: `speaker ${voice(speaker.id)}` }, name, make("span", { class: "share" }, `${share} %`), bar);
  }

  /** Marks the chapter of that second and returns its title. */
  show(seconds) {
    const index = Math.max(0, this.#chapters.findLastIndex((chapter) => chapter.start <= seconds + 0.05));
    this.#links.forEach((link, at) => {
      if (at === index) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
    return this.#chapters[index]?.title ?? "";
  }
}
