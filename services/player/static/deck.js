// The player itself: the recording, its controls, and the strip that shows who spoke when.

import { aloud, byId, clock, toast, voice } from "./dom.js";

const STEP = 10;
const SVG = "http://www.w3.org/2000/svg";

export class Deck {
  #media = byId("media");
  #duration;
  #asked = null;

  /** `changed(seconds)` is called whenever the position changes. */
  constructor(recap, home, changed) {
    this.#duration = Math.max(recap.duration, 0.1);
    byId("end").textContent = clock(recap.duration);
    byId("seek").max = Math.floor(this.#duration);
    this.#paint(recap);
    this.#listen(changed);
    if (recap.media === null) {
      this.#without("The recording itself is no longer kept here. Its transcript is.");
      return;
    }
    this.#media.src = `${home}/audio`;
    this.#media.hidden = recap.media !== "video";
    if ("mediaSession" in navigator) navigator.mediaSession.metadata = new MediaMetadata({ title: recap.title });
  }

  get seconds() {
    return this.#asked ?? this.#media.currentTime;
  }

  /** Moves to a second; plays from there unless `play` is false. */
  go(seconds, { play = true } = {}) {
    this.#asked = Math.min(Math.max(0, seconds), this.#duration);
    if (this.#media.readyState > 0) {
      this.#media.currentTime = this.#asked;
      this.#asked = null;
    }
    this.#media.dispatchEvent(new Event("timeupdate"));
    if (play && this.#media.src) this.#media.play().catch(() => toast("Press play to listen"));
  }

  toggle() {
    if (this.#media.paused) this.#media.play().catch(() => {});
    else this.#media.pause();
  }

  skip(seconds) {
    this.go(this.seconds + seconds, { play: false });
  }

  async copy() {
    const address = new URL(location.href);
    address.hash = `t=${Math.floor(this.seconds)}`;
    try {
      await navigator.clipboard.writeText(address.href);
      toast(`Link to ${clock(this.seconds)} copied`);
    } catch {
      history.replaceState(null, "", address.hash);
      toast("The link is in the address bar now");
    }
  }

  #listen(changed) {
    const media = this.#media;
    const seek = byId("seek");
    byId("play").addEventListener("click", () => this.toggle());
    byId("back").addEventListener("click", () => this.skip(-STEP));
    byId("ahead").addEventListener("click", () => this.skip(STEP));
    byId("copy").addEventListener("click", () => this.copy());
    byId("speed").addEventListener("change", (event) => { media.playbackRate = Number(event.target.value); });
    seek.addEventListener("input", () => this.go(Number(seek.value), { play: false }));
    media.addEventListener("click", () => this.toggle());
    media.addEventListener("loadedmetadata", () => { if (this.#asked !== null) this.go(this.#asked, { play: false }); });
    media.addEventListener("error", () => this.#without("Your browser cannot play this kind of recording."));
    for (const kind of ["play", "pause", "ended"]) media.addEventListener(kind, () => this.#state());
    media.addEventListener("timeupdate", () => { this.#tell(); changed(this.seconds); });
    this.#tell();
  }

  #state() {
    const playing = !this.#media.paused;
    byId("play").classList.toggle("playing", playing);
    byId("play").setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  #tell() {
    const seconds = this.seconds;
    byId("now").textContent = clock(seconds);
    byId("seek").value = Math.floor(seconds);
    byId("seek").setAttribute("aria-valuetext", `${aloud(seconds)} of ${aloud(this.#duration)}`);
    byId("strip").style.setProperty("--played", `${Math.min(100, (seconds / this.#duration) * 100)}%`);
  }

  #without(words) {
    for (const id of ["play", "back", "ahead", "seek", "speed"]) byId(id).disabled = true;
    byId("here").textContent = words;
    byId("deck").classList.add("mute");
    this.#media.hidden = true;
  }

  #paint(recap) {
    const drawing = document.createElementNS(SVG, "svg");
    drawing.setAttribute("viewBox", "0 0 1000 10");
    drawing.setAttribute("preserveAspectRatio", "none");
    drawing.setAttribute("aria-hidden", "true");
    const scale = 1000 / this.#duration;
    const place = (start, end, name) => {
      const box = document.createElementNS(SVG, "rect");
      box.setAttribute("x", start * scale);
      box.setAttribute("width", Math.max((end - start) * scale, 0.4));
      box.setAttribute("height", 10);
      box.setAttribute("class", name);
      drawing.append(box);
    };
    for (const segment of recap.segments) place(segment.start, segment.end, voice(segment.speaker));
    for (const chapter of recap.chapters.slice(1)) place(chapter.start, chapter.start + 2 / scale, "cut");
    byId("strip").prepend(drawing);
  }
}
