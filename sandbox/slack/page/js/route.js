/**
 * Where in the workspace the address bar points: `#/C123`, `#/C123/p1795224385000100`, `#/D123/home`, `#/` for the list.
 * A panel beside it is the last part: `#/C123/inspect`, `#/C123/p1795224385000100/inspect`, `#/C123/about`, `#/file/F123`.
 */

/**
 * @typedef {object} Route
 * @property {string | null} channel
 * @property {string | null} message the ts of a message whose thread is open
 * @property {boolean} home the app's Home tab
 * @property {"inspect" | "about" | "file" | null} panel what is open beside the channel instead of a thread
 * @property {string | null} file the id of the file that is shown
 */

const NOWHERE = { channel: null, message: null, home: false, panel: null, file: null };

/** @returns {Route} */
export function readRoute(hash = location.hash) {
  if (hash.startsWith("#channel=")) return fromPermalink(new URLSearchParams(hash.slice(1)));
  const [, channel = "", ...places] = hash.replace(/^#/, "").split("/");
  if (channel === "file") return { ...NOWHERE, panel: "file", file: places[0] ?? null };
  const digits = /^p(\d{7,})$/.exec(places[0] ?? "")?.[1];
  const last = places.at(-1);
  return {
    ...NOWHERE,
    channel: /^[A-Z0-9]+$/.test(channel) ? channel : null,
    message: digits ? `${digits.slice(0, -6)}.${digits.slice(-6)}` : null,
    home: places.includes("home"),
    panel: last === "inspect" || last === "about" ? last : null,
  };
}

/** Where the server sends who followed a message's permalink. */
function fromPermalink(query) {
  return { ...NOWHERE, channel: query.get("channel"), message: query.get("ts") };
}

/** The hash of a channel, or of a message in it. */
export function routeTo(channel, ts = null) {
  if (!channel) return "#/";
  return ts ? `#/${channel}/p${ts.replace(".", "")}` : `#/${channel}`;
}

/** The hash of a panel beside a channel. @param {"inspect" | "about"} panel */
export function panelRoute(panel, channel, ts = null) {
  return `${routeTo(channel, ts)}/${panel}`.replace("//", "/");
}

/** The whole address of a message, to be copied. */
export function addressOf(channel, ts) {
  return `${location.origin}/${routeTo(channel, ts)}`;
}

/** Who the address bar says one acts as. */
export function readPerson() {
  return new URLSearchParams(location.search).get("as");
}

/** Put the person in the address bar, so that a reload, or a second window, keeps them. */
export function writePerson(user) {
  const url = new URL(location.href);
  url.searchParams.set("as", user);
  history.replaceState(null, "", url);
}
