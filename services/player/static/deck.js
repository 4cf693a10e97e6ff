// The controls: one row for whatever plays, a recording of ours or a frame of its site.

import { aloud, byId, clock, secondInAddress, toast } from "./dom.js";
import { Frame } from "./frame.js";
import { Recording } from "./recording.js";
import { Strip } from "./strip.js";

const STEP = 10;
const CONTROLS = ["play", "back", "ahead", "seek", "speed"];

export class Deck extends EventTarget {
  #recap;
  #duration;
  #strip;
  #player = null;
  #still = 0;

  /** Tells "moved" when the position changes, "started" when it plays, "lost" and "found" when it can('t) be played. */
  constructor(recap) {
    super();
    this.#recap = recap;
    this.#duration = Math.max(recap.duration, 0.1);
    this.#strip = new Strip(recap, this.#duration);
    byId("end").textContent = clock(recap.duration);
    byId("seek").max = Math.floor(this.#duration);
    this.#listen();
  }

  /** Brings the player in; by then everybody listens to what the deck tells. */
  load(home) {
    const { media, embed, playback, title } = this.#recap;
    const screen = byId("screen");
    if (media !== null) this.#player = new Recording(byId("media"), `${home}/audio`);
    else if (embed) {
      byId("media").remove();
      const start = Math.min(secondInAddress() ?? 0, this.#duration);
      this.#player = new Frame(screen, embed, { start, title });
    } else if (playback) {
      // Its publisher hears of a listener when somebody listens, and not before.
      byId("media").preload = "none";
      this.#player = new Recording(byId("media"), playback.url, `${playback.name} does not let this recording play here.`);
    } else byId("media").remove();
    screen.hidden = !(embed || [media, playback?.kind].includes("video"));
    byId("board").classList.toggle("watch", !screen.hidden);
    if (!this.#player) this.#without(this.#absent());
    else this.#follow();
    if ("mediaSession" in navigator && (media !== null || playback)) navigator.mediaSession.metadata = new MediaMetadata({ title });
  }

  get seconds() {
    return this.#player?.seconds ?? this.#still;
  }

  /** Moves to a second; plays from there unless `play` is false. */
  go(seconds, { play = true } = {}) {
    this.#still = Math.min(Math.max(0, seconds), this.#duration);
    if (this.#player) this.#player.go(this.#still);
    else this.#tell();
    if (play) this.play();
  }

  async play() {
    if (this.#player && !(await this.#player.play())) toast("Press play to listen");
  }

  pause() {
    this.#player?.pause();
  }

  toggle() {
    if (this.#player?.paused === false) this.pause();
    else this.play();
  }

  skip(seconds) {
    if (this.#player) this.go(this.seconds + seconds, { play: false });
  }

  /** To the chapter after or before this one; back goes to the beginning of this one first. */
  chapter(step) {
    const starts = this.#recap.chapters.map((chapter) => chapter.start);
    const next = step > 0
      ? starts.slice(1).find((start) => start > this.seconds + 0.5)
      : starts.findLast((start) => start < this.seconds - 3) ?? 0;
    if (this.#player && next !== undefined) this.go(next, { play: false });
  }

  async copy() {
    const address = new URL(location.href);
    address.searchParams.delete("t");
    address.hash = `t=${Math.floor(this.seconds)}`;
    try {
      await navigator.clipboard.writeText(address.href);
      toast(`Link to ${clock(this.seconds)} copied`);
    } catch {
      history.replaceState(null, "", address.href);
      toast("The link is in the address bar now");
    }
  }

  #listen() {
    const seek = byId("seek");
    byId("play").addEventListener("click", () => this.toggle());
    byId("back").addEventListener("click", () => this.skip(-STEP));
    byId("ahead").addEventListener("click", () => this.skip(STEP));
    byId("copy").addEventListener("click", () => this.copy());
    byId("speed").addEventListener("change", (event) => { this.#player.rate = Number(event.target.value); });
    seek.addEventListener("input", () => this.go(Number(seek.value), { play: false }));
    this.#tell();
  }

  #follow() {
    const player = this.#player;
    player.addEventListener("time", () => this.#tell());
    player.addEventListener("state", () => this.#state());
    player.addEventListener("lost", (event) => this.#without(event.detail));
    player.addEventListener("found", () => this.#again());
  }

  #state() {
    const playing = !this.#player.paused;
    byId("play").classList.toggle("playing", playing);
    byId("play").setAttribute("aria-label", playing ? "Pause" : "Play");
    if (playing) this.dispatchEvent(new Event("started"));
  }

  #tell() {
    const seconds = this.seconds;
    byId("now").textContent = clock(seconds);
    byId("seek").value = Math.floor(seconds);
    byId("seek").setAttribute("aria-valuetext", `${aloud(seconds)} of ${aloud(this.#duration)}`);
    this.#strip.show(seconds);
    this.dispatchEvent(new Event("moved"));
  }

  #absent() {
    if (this.#recap.source) return "The recording is not kept here.";
    return "The recording itself is no longer kept here. Its transcript is.";
  }

  #without(words) {
    for (const id of CONTROLS) byId(id).disabled = true;
    const elsewhere = this.#recap.moment_url && this.#recap.source;
    byId("here").textContent = elsewhere ? `${words} Times open it on ${this.#recap.source.name}.` : words;
    byId("deck").classList.add("mute");
    byId("screen").hidden = true;
    byId("board").classList.remove("watch");
    this.dispatchEvent(new Event("lost"));
  }

  #again() {
    for (const id of CONTROLS) byId(id).disabled = false;
    byId("deck").classList.remove("mute");
    byId("screen").hidden = false;
    byId("board").classList.add("watch");
    this.dispatchEvent(new Event("found"));
  }
}
