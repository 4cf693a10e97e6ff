/** The field where messages are written, for a channel or a thread. */

import { fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { pickEmoji } from "./reactions.js";
import { sentenceFor } from "./api.js";
import { Suggester } from "./suggest.js";
import { Tray } from "./upload.js";
import { emojiText } from "./text/emoji.js";
import { escapeText } from "./text/tokens.js";

const TALLEST = 240;

/** A field to write in, with its tray of files, its suggestions and its tools. */
export class Composer {
  /**
   * @param {any} app
   * @param {object} options
   * @param {string} options.channel
   * @param {string | null} options.thread
   * @param {string} options.placeholder
   * @param {() => void} [options.oneditlast] the arrow up in an empty field
   */
  constructor(app, { channel, thread, placeholder, oneditlast }) {
    Object.assign(this, { app, channel, thread, oneditlast });
    this.draftKey = `${channel}:${thread ?? ""}`;
    this.field = h("textarea", {
      rows: "1",
      class: "composer-field",
      placeholder,
      "aria-label": placeholder,
      value: app.drafts.get(this.draftKey) ?? "",
      dir: "auto",
      autocomplete: "off",
    });
    this.suggester = new Suggester(this.field, app.store, `suggest-${thread ? "thread" : "channel"}`);
    this.tray = new Tray(app, () => this.#refresh());
    this.problem = h("p", { class: "composer-problem", role: "alert" });
    this.broadcast = h("input", { type: "checkbox" });
    this.element = this.#build();
    this.field.addEventListener("input", () => this.#onInput());
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.field.addEventListener("paste", (event) => this.#onPaste(event));
    this.#refresh();
  }

  #build() {
    const chooser = (this.chooser = h("input", {
      type: "file",
      multiple: true,
      class: "sr-only",
      tabindex: "-1",
      "aria-hidden": "true",
      onchange: () => this.#chosen(chooser),
    }));
    const tool = (label, shape, onclick) =>
      h("button", { type: "button", class: "icon-button", "aria-label": label, title: label, onclick }, shape);
    const smile = tool("Insert emoji", icon("react"), () => pickEmoji(smile, (name) => this.#insert(emojiText(name))));
    this.send = h(
      "button",
      {
        type: "button",
        class: "send-button",
        "aria-label": "Send",
        title: "Send (Enter)",
        onclick: () => this.submit(),
      },
      icon("send"),
    );
    const tools = [
      h(
        "span",
        { class: "attach" },
        tool("Attach files", icon("attach"), () => this.chooseFiles()),
        chooser,
      ),
      smile,
      tool("Mention someone", icon("mention"), () => this.#begin("@")),
      !this.thread &&
        this.app.store.app.commands?.length > 0 &&
        tool("Run a command", icon("slash"), () => this.#command()),
    ];
    const also = this.thread && h("label", { class: "also-send" }, this.broadcast, "Also send to the channel");
    return h(
      "div",
      { class: "composer" },
      h(
        "div",
        { class: "composer-box" },
        this.suggester.element,
        this.field,
        this.tray.element,
        h("div", { class: "composer-tools" }, tools, h("span", { class: "spacer" }), also, this.send),
      ),
      this.problem,
    );
  }

  attach(files) {
    this.tray.add(files);
    this.field.focus();
  }

  /** Ask the browser for files. */
  chooseFiles() {
    this.chooser.click();
  }

  focus() {
    this.field.focus();
    this.#resize();
  }

  /** Write a text as if it had been typed. */
  setText(text) {
    this.field.value = text;
    this.#onInput();
    this.field.focus();
  }

  #chosen(chooser) {
    this.attach([...chooser.files]);
    chooser.value = "";
  }

  #insert(text) {
    this.field.setRangeText(text, this.field.selectionStart, this.field.selectionEnd, "end");
    this.#onInput();
    this.field.focus();
  }

  #begin(character) {
    const before = this.field.value.slice(0, this.field.selectionStart);
    this.#insert(before === "" || /\s$/.test(before) ? character : ` ${character}`);
    this.suggester.update();
  }

  #command() {
    if (!this.field.value.startsWith("/")) this.setText("/");
    this.field.setSelectionRange(1, 1);
    this.suggester.update();
  }

  #onInput() {
    this.app.drafts.set(this.draftKey, this.field.value);
    fill(this.problem, []);
    this.#refresh();
  }

  #refresh() {
    this.#resize();
    const something = this.field.value.trim() !== "" || this.tray.ready.length > 0;
    this.send.disabled = !something || this.tray.busy || this.sending === true;
    this.send.title = this.tray.busy ? "Waiting for the upload" : "Send (Enter)";
    if (this.waiting && !this.tray.busy) {
      this.waiting = false;
      this.submit();
    }
  }

  #resize() {
    this.field.style.height = "auto";
    if (this.field.scrollHeight) this.field.style.height = `${Math.min(this.field.scrollHeight, TALLEST)}px`;
  }

  #onKey(event) {
    if (this.suggester.onKey(event) || event.isComposing) return;
    const { field } = this;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !event.altKey && field.value === "" && this.oneditlast) {
      event.preventDefault();
      this.oneditlast();
    } else if ((event.ctrlKey || event.metaKey) && event.key in WRAPS) {
      event.preventDefault();
      this.#wrap(WRAPS[event.key]);
    }
  }

  #wrap(mark) {
    const { selectionStart: start, selectionEnd: end, value } = this.field;
    this.field.setRangeText(mark + value.slice(start, end) + mark, start, end, "end");
    if (start === end) this.field.setSelectionRange(start + 1, start + 1);
    this.#onInput();
  }

  #onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.attach(files);
  }

  /** Send what is written and attached. What could not be sent stays in the field. */
  async submit() {
    const text = this.field.value.trim();
    if (this.tray.busy) {
      this.waiting = true;
      return;
    }
    if (this.sending || (text === "" && this.tray.ready.length === 0)) return;
    this.sending = true;
    this.suggester.close();
    this.#refresh();
    try {
      if (await this.#deliver(text)) this.setText("");
    } catch (error) {
      fill(this.problem, sentenceFor(error));
    }
    this.sending = false;
    this.#refresh();
  }

  /** @returns {Promise<boolean>} whether the field may be emptied */
  async #deliver(text) {
    const { app, channel, thread } = this;
    const command = /^\/([a-z][\w-]*)(?:\s+([\s\S]*))?$/i.exec(text);
    if (command && this.tray.items.length === 0) return this.#run(`/${command[1]}`, command[2] ?? "");
    if (this.tray.ready.length > 0) {
      await this.tray.share({ channel, thread, comment: escapeText(text) });
      return true;
    }
    const reply = thread ? { thread_ts: thread, reply_broadcast: this.broadcast.checked } : {};
    await app.api.call("chat.postMessage", { channel, text: escapeText(text), link_names: true, ...reply });
    this.broadcast.checked = false;
    return true;
  }

  async #run(command, text) {
    if (this.thread) {
      fill(this.problem, `${command} cannot be used in a thread. Use it in the channel.`);
      return false;
    }
    this.field.value = "";
    try {
      await this.app.api.act("commands", { channel: this.channel, command, text: escapeText(text) });
    } catch (error) {
      this.setText(`${command} ${text}`.trim());
      if (error.code !== "invalid_command") throw error;
      const list = (this.app.store.app.commands ?? []).map((item) => item.command).join(", ");
      fill(this.problem, `${command} is not a command here.${list ? ` Try ${list}.` : ""}`);
      return false;
    }
    return true;
  }
}

const WRAPS = { b: "*", i: "_", e: "`" };
