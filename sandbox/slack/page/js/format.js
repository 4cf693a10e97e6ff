/** Times, dates, sizes and names as people read them. */

const DAY = 86_400_000;

/** @param {string | number} ts a message's `ts`, or seconds */
export function toDate(ts) {
  return new Date(Number(ts) * 1000);
}

/** '14:05' or '2:05 PM', as the browser's language has it. */
export function clock(ts) {
  return toDate(ts).toLocaleTimeString([], { hour: "numeric", minute: "2-digit" });
}

/** The same where there is little room: without its half of the day. */
export function shortClock(ts) {
  return clock(ts).replace(/\s?[AP]M$/i, "");
}

/** The whole moment, for tooltips. */
export function moment(ts) {
  return toDate(ts).toLocaleString([], { dateStyle: "full", timeStyle: "medium" });
}

/** A key that is the same for all moments of one local day. */
export function dayKey(ts) {
  return toDate(ts).toDateString();
}

function daysAgo(date, now = new Date()) {
  const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate()).getTime();
  return Math.round((midnight(now) - midnight(date)) / DAY);
}

/** 'Today', 'Yesterday', or 'Tuesday, 17 November'; with the year when it is not this one. */
export function dayName(ts) {
  const date = toDate(ts);
  const ago = daysAgo(date);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const year = date.getFullYear() === new Date().getFullYear() ? undefined : "numeric";
  return date.toLocaleDateString([], { weekday: "long", day: "numeric", month: "long", year });
}

/** 'just now', '5 minutes ago', 'yesterday at 14:05': when a thread last moved. */
export function ago(ts) {
  const seconds = Math.max(0, Date.now() / 1000 - Number(ts));
  if (seconds < 60) return "just now";
  if (seconds < 3600) return plural(Math.floor(seconds / 60), "minute") + " ago";
  if (daysAgo(toDate(ts)) === 0) return plural(Math.floor(seconds / 3600), "hour") + " ago";
  return `${dayName(ts).replace(/^(Today|Yesterday)$/, (word) => word.toLowerCase())} at ${clock(ts)}`;
}

/** '1 reply', '3 replies'. */
export function plural(count, one, many = `${one}s`) {
  return `${count.toLocaleString()} ${count === 1 ? one : many}`;
}

/** Bytes as '812 B', '34 KB', '5.2 MB'. */
export function fileSize(bytes) {
  if (!Number.isFinite(bytes)) return "";
  const units = ["B", "KB", "MB", "GB", "TB"];
  let size = bytes;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size >= 10 || unit === 0 ? Math.round(size) : size.toFixed(1)} ${units[unit]}`;
}

/** Milliseconds as '4:05' or '1:02:09'. */
export function duration(milliseconds) {
  const total = Math.round(milliseconds / 1000);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const tail = `${String(minutes).padStart(hours ? 2 : 1, "0")}:${String(seconds).padStart(2, "0")}`;
  return hours ? `${hours}:${tail}` : tail;
}

/** 'Ada', 'Ada and Grace', 'Ada, Grace and 3 others'. */
export function listNames(names, most = 6) {
  if (names.length <= 1) return names.join("");
  const shown = names.length > most ? [...names.slice(0, most), `${names.length - most} others`] : names;
  return `${shown.slice(0, -1).join(", ")} and ${shown[shown.length - 1]}`;
}

/** A name without the invisible marks that turn the direction of the text around it. */
export function plainName(name) {
  return String(name ?? "").replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

const DATE_TOKENS = {
  date_num: (date) => date.toLocaleDateString("en-CA"),
  date: (date) => date.toLocaleDateString([], { dateStyle: "long" }),
  date_slash: (date) => date.toLocaleDateString(),
  date_short: (date) => date.toLocaleDateString([], { dateStyle: "medium" }),
  date_long: (date) => date.toLocaleDateString([], { dateStyle: "full" }),
  date_pretty: (date) => near(date) ?? DATE_TOKENS.date(date),
  date_short_pretty: (date) => near(date) ?? DATE_TOKENS.date_short(date),
  date_long_pretty: (date) => near(date) ?? DATE_TOKENS.date_long(date),
  day_divider_pretty: (date) => near(date) ?? DATE_TOKENS.date_long(date),
  time: (date) => date.toLocaleTimeString([], { hour: "numeric", minute: "2-digit" }),
  time_secs: (date) => date.toLocaleTimeString([], { timeStyle: "medium" }),
  ago: (date) => ago(date.getTime() / 1000),
};

function near(date) {
  return { "-1": "tomorrow", 0: "today", 1: "yesterday" }[daysAgo(date)] ?? null;
}

/**
 * Slack's date format, such as `{date_short_pretty} at {time}`.
 * @param {number} seconds since 1970
 * @param {string} format
 * @param {string} fallback what to show when the moment is not a date
 */
export function dateToken(seconds, format, fallback) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return format.replace(/\{(\w+)\}/g, (whole, token) =>
    Object.hasOwn(DATE_TOKENS, token) ? DATE_TOKENS[token](date) : whole,
  );
}
