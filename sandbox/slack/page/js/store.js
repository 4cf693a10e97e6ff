/** What the page knows of the workspace, and who wants to hear of a change. */

/**
 * Topics and what their listeners get:
 * `messages` {channel}, `channels`, `views`, `home`, `status` {channel}, `prompts` {channel}, `app`, `read`, `connection`.
 */
export class Store {
  #bus = new EventTarget();

  /** @param {any} state the server's answer to /sandbox/state */
  constructor(state) {
    this.replace(state);
    this.connected = true;
  }

  /** Take a whole new state. Listeners are not told: whoever replaces redraws. */
  replace(state) {
    this.state = state;
    this.messages = new Map(Object.entries(state.messages ?? {}));
    this.ephemeral = new Map(Object.entries(state.ephemeral ?? {}));
  }

  /** @param {string} topic @param {(detail: any) => void} listener @param {AbortSignal} signal */
  on(topic, listener, signal) {
    this.#bus.addEventListener(topic, (event) => listener(/** @type {CustomEvent} */ (event).detail), { signal });
  }

  emit(topic, detail = {}) {
    this.#bus.dispatchEvent(new CustomEvent(topic, { detail }));
  }

  get me() {
    return this.state.me;
  }

  get app() {
    return this.state.app ?? {};
  }

  user(id) {
    return this.state.users[id] ?? null;
  }

  /** A channel or a direct message. */
  conversation(id) {
    return this.state.channels.find((item) => item.id === id) ?? this.state.dms.find((item) => item.id === id) ?? null;
  }

  message(channel, ts) {
    return find(this.messages.get(channel) ?? [], ts) ?? find(this.ephemeral.get(channel) ?? [], ts) ?? null;
  }

  /** What stands in a channel's list, oldest first: replies stay in their threads unless they were sent to the channel as well. */
  timeline(channel) {
    const shown = (message) => !isReply(message) || message.subtype === "thread_broadcast";
    return merged(
      (this.messages.get(channel) ?? []).filter(shown),
      (this.ephemeral.get(channel) ?? []).filter((item) => !isReply(item)),
    );
  }

  /** A thread, its parent first. */
  thread(channel, root) {
    const inside = (message) => message.ts === root || message.thread_ts === root;
    return merged(
      (this.messages.get(channel) ?? []).filter(inside),
      (this.ephemeral.get(channel) ?? []).filter(inside),
    );
  }

  /** The ts of the parent of a message's thread. */
  rootOf(channel, ts) {
    return this.message(channel, ts)?.thread_ts ?? ts;
  }

  statuses(channel, thread) {
    const now = Date.now() / 1000;
    return (this.state.statuses ?? []).filter(
      (item) => item.channel === channel && item.status && item.expires > now && (!thread || item.thread_ts === thread),
    );
  }

  sessions(channel, thread) {
    return (this.state.sessions ?? []).filter(
      (item) => item.channel === channel && item.status === "processing" && (!thread || item.thread_ts === thread),
    );
  }

  prompts(channel) {
    return (this.state.prompts ?? []).find((item) => item.channel === channel && item.prompts?.length) ?? null;
  }

  dropEphemeral(channel, ts) {
    remove(this.ephemeral.get(channel) ?? [], ts);
    this.emit("messages", { channel });
  }

  /** Apply one event of the live line; unknown ones are let go. */
  apply(event) {
    if (Object.hasOwn(CHANGES, event.type)) CHANGES[event.type](this, event);
  }
}

/** Does a message stand inside a thread, below its parent? */
export function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

const CHANGES = {
  message: (store, { channel, message }) => putMessage(store, store.messages, channel, message),
  ephemeral: (store, { channel, message }) => putMessage(store, store.ephemeral, channel, message),
  message_deleted: (store, { channel, ts }) => dropMessage(store, store.messages, channel, ts),
  ephemeral_deleted: (store, { channel, ts }) => dropMessage(store, store.ephemeral, channel, ts),
  messages: (store, { channel, messages }) => {
    store.messages.set(channel, messages);
    store.emit("messages", { channel });
  },
  channel: (store, { channel }) => {
    const list = channel.is_im || channel.is_mpim ? store.state.dms : store.state.channels;
    const at = list.findIndex((item) => item.id === channel.id);
    if (at < 0) list.push(channel);
    else list[at] = channel;
    store.emit("channels", { channel: channel.id });
  },
  views: (store, { views }) => {
    store.state.views = views;
    store.emit("views");
  },
  home: (store, { view }) => {
    store.state.home = view;
    store.emit("home");
  },
  status: (store, event) => putByThread(store, "statuses", event, "status"),
  session: (store, event) => putByThread(store, "sessions", event, "status"),
  prompts: (store, event) => putByThread(store, "prompts", event, "prompts"),
  app: (store, { app }) => {
    store.state.app = app;
    store.emit("app");
  },
};

function putMessage(store, shelf, channel, message) {
  if (!shelf.has(channel)) shelf.set(channel, []);
  insert(shelf.get(channel), message);
  store.emit("messages", { channel });
}

function dropMessage(store, shelf, channel, ts) {
  remove(shelf.get(channel) ?? [], ts);
  store.emit("messages", { channel });
}

function putByThread(store, shelf, event, topic) {
  const others = (store.state[shelf] ?? []).filter(
    (item) => item.channel !== event.channel || (item.thread_ts ?? null) !== (event.thread_ts ?? null),
  );
  store.state[shelf] = [...others, event];
  store.emit(topic, { channel: event.channel });
}

/** Where a ts is, or belongs, in a list ordered by ts. All ts have the same length, so text order is time order. */
function place(list, ts) {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].ts < ts) low = middle + 1;
    else high = middle;
  }
  return low;
}

function find(list, ts) {
  const at = place(list, ts);
  return list[at]?.ts === ts ? list[at] : null;
}

function insert(list, message) {
  const at = place(list, message.ts);
  list.splice(at, list[at]?.ts === message.ts ? 1 : 0, message);
}

function remove(list, ts) {
  const at = place(list, ts);
  if (list[at]?.ts === ts) list.splice(at, 1);
}

function merged(first, second) {
  if (second.length === 0) return first;
  return [...first, ...second].sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0));
}
