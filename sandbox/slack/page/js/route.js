/** Where in the workspace the address bar points: `#/C123`, `#/C123/p1795224385000100`, `#/D123/home`, `#/` for the list. */

/**
 * @typedef {object} Route
 * @property {string | null} channel
 * @property {string | null} message the ts of a message whose thread is open
 * @property {boolean} home the app's Home tab
 */

/** @returns {Route} */
export function readRoute(hash = location.hash) {
  if (hash.startsWith("#channel=")) return fromPermalink(new URLSearchParams(hash.slice(1)));
  const [, channel = "", place = ""] = hash.replace(/^#/, "").split("/");
  const digits = /^p(\d{7,})$/.exec(place)?.[1];
  return {
    channel: /^[A-Z0-9]+$/.test(channel) ? channel : null,
    message: digits ? `${digits.slice(0, -6)}.${digits.slice(-6)}` : null,
    home: place === "home",
  };
}

/** Where the server sends who followed a message's permalink. */
function fromPermalink(query) {
  return { channel: query.get("channel"), message: query.get("ts"), home: false };
}

/** The hash of a channel, or of a message in it. */
export function routeTo(channel, ts = null) {
  if (!channel) return "#/";
  return ts ? `#/${channel}/p${ts.replace(".", "")}` : `#/${channel}`;
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
