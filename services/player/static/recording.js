// A recording that our server or its publisher's holds, in an element of the browser's own.
//
// What plays is one of two kinds, this or a frame (frame.js). Both have `seconds`, `paused`, `rate`, `go(seconds)`,
// `play()`, `pause()` and tell "time" (the position moved), "state" (playing or not) and "lost" (it cannot be played,
// with the words for it in `detail`).

export class Recording extends EventTarget {
  #media;
  #asked = null;

  /** `lost` are the words for one that cannot be played. */
  constructor(media, address, lost = "Your browser cannot play this kind of recording.") {
    super();
    this.#media = media;
    media.addEventListener("loadedmetadata", () => { if (this.#asked !== null) this.go(this.#asked); });
    media.addEventListener("timeupdate", () => this.dispatchEvent(new Event("time")));
    for (const kind of ["play", "pause", "ended"]) media.addEventListener(kind, () => this.dispatchEvent(new Event("state")));
    media.addEventListener("error", () => {
      this.dispatchEvent(new CustomEvent("lost", { detail: lost }));
    });
    media.addEventListener("click", () => { if (media.paused) this.play(); else this.pause(); });
    media.src = address;
  }

  get seconds() {
    return this.#asked ?? this.#media.currentTime;
  }

  get paused() {
    return this.#media.paused;
  }

  set rate(rate) {
    this.#media.playbackRate = rate;
  }

  go(seconds) {
    this.#asked = seconds;
    if (this.#media.readyState > 0) {
      this.#media.currentTime = seconds;
      this.#asked = null;
    }
    this.dispatchEvent(new Event("time"));
  }

  /** False where the browser wants a click first. */
  play() {
    return this.#media.play().then(() => true, () => false);
  }

  pause() {
    this.#media.pause();
  }
}
