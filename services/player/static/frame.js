// A video that plays in a frame of its site, which we steer by messages. It is told apart from silence: a frame that
// says nothing for a while is "lost", and "found" again when it speaks after all.

import { dialects } from "./dialects.js";
import { make } from "./dom.js";

const ASK_EVERY = 250;
const PATIENCE = 10_000;
// How long positions from before a jump may still arrive, and how near to the wish a position answers it.
const STALE = 1500;
const NEAR = 2;

export class Frame extends EventTarget {
  #dialect;
  #origin;
  #name;
  #frame;
  #ready = false;
  #begun = false;
  #lost = false;
  #paused = true;
  #seconds;
  #wish = null;
  #wished = 0;
  #asking;

  /** `start` is the second to stand at first. */
  constructor(place, { kind, origin, address, name }, { start, title }) {
    super();
    this.#dialect = dialects[kind];
    this.#origin = origin;
    this.#name = name;
    this.#seconds = start;
    if (start) this.#wish = start;
    addEventListener("message", (event) => this.#heard(event));
    this.#frame = make("iframe", {
      src: this.#dialect.at(address, start), title: `${title} (${name})`, allow: "autoplay; encrypted-media; fullscreen; picture-in-picture",
      // Both sites refuse to play for a page that hides where it is; they are told the host and nothing of the link.
      referrerpolicy: "strict-origin",
      sandbox: "allow-scripts allow-same-origin allow-presentation allow-popups allow-popups-to-escape-sandbox",
    });
    this.#frame.addEventListener("load", () => this.#ask());
    place.append(this.#frame);
    setTimeout(() => { if (!this.#ready) this.#lose(`${name} does not answer here.`); }, PATIENCE);
  }

  get seconds() {
    return this.#wish ?? this.#seconds;
  }

  get paused() {
    return this.#paused;
  }

  set rate(rate) {
    this.#say(this.#dialect.rate(rate));
  }

  go(seconds) {
    this.#wish = seconds;
    this.#wished = performance.now();
    // A player that was never started would start by itself; it moves when it is.
    if (this.#ready && (this.#begun || this.#dialect.seeksStill)) this.#say(this.#dialect.seek(seconds));
    this.dispatchEvent(new Event("time"));
  }

  async play() {
    this.#start();
    this.#say(this.#dialect.play());
    return true;
  }

  pause() {
    this.#say(this.#dialect.pause());
  }

  /** Moves to where it was asked to go before it was started. */
  #start() {
    if (this.#begun || !this.#ready) return;
    this.#begun = true;
    this.#wished = performance.now();
    if (this.#wish !== null) this.#say(this.#dialect.seek(this.#wish));
  }

  #ask() {
    clearInterval(this.#asking);
    const hello = () => this.#dialect.hello.forEach((message) => this.#say(message));
    hello();
    this.#asking = setInterval(() => { if (this.#ready) clearInterval(this.#asking); else hello(); }, ASK_EVERY);
    setTimeout(() => clearInterval(this.#asking), PATIENCE);
  }

  #say(message) {
    // To any origin, because a frame that could not load has none; there is nothing secret in what we say.
    this.#frame.contentWindow?.postMessage(JSON.stringify(message), "*");
  }

  #heard({ source, origin, data }) {
    if (source !== this.#frame.contentWindow || origin !== this.#origin) return;
    let message = data;
    try {
      if (typeof data === "string") message = JSON.parse(data);
    } catch {
      return;
    }
    if (typeof message !== "object" || message === null) return;
    this.#take(this.#dialect.read(message));
  }

  #take({ ready, seconds, paused, failed }) {
    if (failed) return this.#lose(`${this.#name} does not let this video play here.`);
    if (ready && !this.#ready) this.#welcome();
    if (paused !== undefined && paused !== this.#paused) {
      this.#paused = paused;
      if (!paused) this.#start();
      this.dispatchEvent(new Event("state"));
    }
    if (seconds !== undefined) this.#moved(seconds);
  }

  #welcome() {
    this.#ready = true;
    clearInterval(this.#asking);
    if (this.#wish !== null && this.#dialect.seeksStill) this.#say(this.#dialect.seek(this.#wish));
    // Once more, now that the player surely listens.
    this.#dialect.hello.forEach((message) => this.#say(message));
    if (this.#lost) this.dispatchEvent(new Event("found"));
    this.#lost = false;
  }

  #moved(seconds) {
    this.#seconds = seconds;
    const answered = Math.abs(seconds - (this.#wish ?? seconds)) < NEAR;
    if (this.#begun && (answered || performance.now() - this.#wished > STALE)) this.#wish = null;
    this.dispatchEvent(new Event("time"));
  }

  #lose(words) {
    this.#lost = true;
    this.dispatchEvent(new CustomEvent("lost", { detail: words }));
  }
}
