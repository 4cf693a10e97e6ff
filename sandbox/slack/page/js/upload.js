/** Files on their way: the tray of a composer, and Slack's three-step upload. */

import { fileSize, plainName } from "./format.js";
import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { mediaSource } from "./text/links.js";
import { ApiError, sentenceFor } from "./api.js";

/** The files that wait under a text for it to be sent. */
export class Tray {
  /**
   * @param {any} app
   * @param {() => void} onchange a file came, went, or arrived
   */
  constructor(app, onchange) {
    this.app = app;
    this.onchange = onchange;
    this.items = [];
    this.element = h("ul", { class: "tray", "aria-label": "Files to send", hidden: true });
  }

  /** Files are sent to the server as soon as they are chosen; sending the message shares them. */
  add(files) {
    for (const file of files) {
      const item = new Upload(
        this.app,
        file,
        () => this.onchange(),
        () => this.#remove(item),
      );
      this.items.push(item);
      this.element.append(item.element);
      item.start();
    }
    this.#changed();
  }

  #remove(item) {
    item.cancel();
    this.items = this.items.filter((other) => other !== item);
    item.element.remove();
    this.#changed();
  }

  #changed() {
    this.element.hidden = this.items.length === 0;
    this.onchange();
  }

  get busy() {
    return this.items.some((item) => item.state === "moving");
  }

  get ready() {
    return this.items.filter((item) => item.state === "ready");
  }

  /** Share what has arrived, and empty the tray. */
  async share({ channel, thread, comment }) {
    const files = this.ready.map((item) => ({ id: item.id, title: item.file.name }));
    const args = {
      files,
      channel_id: channel,
      ...(thread ? { thread_ts: thread } : {}),
      ...(comment ? { initial_comment: comment } : {}),
    };
    await this.app.api.call("files.completeUploadExternal", args);
    this.items = [];
    this.element.replaceChildren();
    this.#changed();
  }
}

class Upload {
  constructor(app, file, onchange, onremove) {
    Object.assign(this, { app, file, onchange });
    this.state = "moving";
    this.bar = h("progress", { max: 100, value: 0, "aria-label": `Uploading ${plainName(file.name)}` });
    this.note = h("span", { class: "soft" }, fileSize(file.size));
    const remove = h(
      "button",
      {
        type: "button",
        class: "icon-button",
        "aria-label": `Remove ${plainName(file.name)}`,
        title: "Remove",
        onclick: onremove,
      },
      icon("close"),
    );
    this.element = h(
      "li",
      { class: "tray-item" },
      h("span", { class: "file-icon" }, icon("file")),
      h(
        "div",
        { class: "tray-names" },
        h("div", { class: "tray-name" }, h("bdi", {}, plainName(file.name))),
        this.note,
        this.bar,
      ),
      remove,
    );
  }

  async start() {
    try {
      const ticket = await this.app.api.call("files.getUploadURLExternal", {
        filename: this.file.name || "file",
        length: this.file.size,
      });
      await this.#send(mediaSource(ticket.upload_url));
      this.id = ticket.file_id;
      this.#become("ready", `${fileSize(this.file.size)} · ready to send`);
    } catch (error) {
      if (this.state === "moving") this.#become("failed", sentenceFor(error));
    }
  }

  #send(address) {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      this.request = request;
      request.upload.onprogress = (event) =>
        event.lengthComputable && this.#progress((event.loaded / event.total) * 100);
      request.onload = () =>
        request.status === 200 ? resolve(undefined) : reject(new ApiError(`upload answered ${request.status}`));
      request.onerror = () => reject(new ApiError("offline"));
      request.open("POST", address);
      request.setRequestHeader("Content-Type", "application/octet-stream");
      request.send(this.file);
    });
  }

  #progress(percent) {
    this.bar.value = percent;
    fill(this.note, `${fileSize(this.file.size)} · ${Math.round(percent)} %`);
  }

  #become(state, words) {
    this.state = state;
    this.element.classList.add(`tray-${state}`);
    this.bar.hidden = true;
    fill(this.note, words);
    this.onchange();
  }

  cancel() {
    this.state = "removed";
    this.request?.abort();
  }
}

/**
 * Let files be dropped on an element.
 * @param {HTMLElement} zone
 * @param {string} words what a drop would do
 * @param {(files: File[]) => void} ondrop
 */
export function dropZone(zone, words, ondrop) {
  const veil = h(
    "div",
    { class: "drop-veil", hidden: true },
    h("div", { class: "drop-card" }, icon("attach"), h("strong", {}, words)),
  );
  zone.append(veil);
  let depth = 0;
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  const show = (on) => {
    veil.hidden = !on;
    if (!on) depth = 0;
  };
  zone.addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    depth += 1;
    show(true);
  });
  zone.addEventListener("dragover", (event) => holdsFiles(event) && event.preventDefault());
  zone.addEventListener("dragleave", () => {
    depth -= 1;
    if (depth <= 0) show(false);
  });
  zone.addEventListener("drop", (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    show(false);
    ondrop([...event.dataTransfer.files]);
  });
}
