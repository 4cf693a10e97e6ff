// The spoken summary: its sound, and its words, of which the sentence that is heard is marked.

import { make } from "./dom.js";

export class Narration {
  element;
  #sound;
  #words;
  #box;
  #sentences = [];
  #current = null;
  #following = true;

  /** `speaking()` is called whenever it begins to sound. */
  constructor(narration, home, speaking) {
    const address = `${home}/summary`;
    const label = make("h2", { class: "label", id: "spoken" }, "Spoken summary");
    this.#sound = make("audio", { controls: true, preload: "none", src: address, "aria-labelledby": "spoken" });
    this.#box = make("div", { class: "read", lang: narration.language, tabindex: "0", role: "region", "aria-label": "Words of the spoken summary" });
    for (const stretches of narration.paragraphs) {
      this.#box.append(make("p", { dir: "auto" }, ...stretches.flatMap((stretch) => [this.#sentence(stretch, address), " "])));
    }
    const open = matchMedia("(min-width: 900px)").matches;
    this.#words = make("details", { open }, make("summary", {}, make("h2", {}, "Read along")), this.#box);
    this.element = make("div", { class: "spoken" }, label, this.#sound, this.#words);
    this.#listen(speaking);
  }

  /** Silences it. */
  hush() {
    this.#sound.pause();
  }

  /** A sentence whose second is known is a link to it in the sound itself, so that it can be opened elsewhere too. */
  #sentence({ text, start }, address) {
    if (start === null) return text;
    const link = make("a", { class: "sentence", href: `${address}#t=${start}`, draggable: "false", "data-start": start }, text);
    this.#sentences.push({ link, start });
    return link;
  }

  #listen(speaking) {
    const sound = this.#sound;
    sound.addEventListener("play", () => { this.#following = true; speaking(); });
    sound.addEventListener("play", () => { this.#words.open = true; }, { once: true });
    for (const kind of ["timeupdate", "seeking", "ended"]) sound.addEventListener(kind, () => this.#show());
    for (const kind of ["wheel", "touchmove"]) this.#box.addEventListener(kind, () => { this.#following = false; }, { passive: true });
    this.#box.addEventListener("click", (event) => this.#clicked(event));
  }

  #clicked(event) {
    const link = event.target.closest("a.sentence");
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (getSelection().isCollapsed) this.#go(Number(link.dataset.start));
  }

  #go(seconds) {
    const sound = this.#sound;
    const move = () => { sound.currentTime = seconds; };
    // Before anything is known of the sound, not every browser remembers where it was sent.
    if (sound.readyState) move();
    else sound.addEventListener("loadedmetadata", move, { once: true });
    this.#following = true;
    sound.play().catch(() => {});
  }

  #show() {
    const { currentTime, ended } = this.#sound;
    const start = ended ? null : this.#sentences.findLast((each) => each.start <= currentTime + 0.05)?.start ?? null;
    if (start === this.#current) return;
    this.#current = start;
    for (const { link, start: begins } of this.#sentences) {
      if (begins === start) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    const first = this.#sentences.find((each) => each.start === start);
    if (first && this.#following) this.#reveal(first.link);
  }

  /** Scrolls the box of words, never the page. */
  #reveal(link) {
    const [box, line] = [this.#box.getBoundingClientRect(), link.getBoundingClientRect()];
    if (line.top >= box.top && line.bottom <= box.bottom) return;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#box.scrollBy({ top: line.top - box.top - box.height * 0.25, behavior: calm ? "instant" : "smooth" });
  }
}
