// Elements and times.

/** Makes an element: make("a", {href: "#t=1", class: "line"}, "words", child). */
export function make(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
}

export const byId = (id) => document.getElementById(id);

/** 0:07, 12:34, 1:02:03. */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const two = (number) => String(number).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

/** The same for a screen reader: "1 hour 2 minutes 3 seconds". */
export function aloud(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const parts = [[Math.floor(whole / 3600), "hour"], [Math.floor(whole / 60) % 60, "minute"], [whole % 60, "second"]];
  const said = parts.filter(([count]) => count).map(([count, unit]) => `${count} ${unit}${count > 1 ? "s" : ""}`);
  return said.join(" ") || "0 seconds";
}

/** 38 s, 42 min, 1 h 5 min. */
export function span(seconds) {
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (!hours) return `${minutes} min`;
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

/** The second that the address asks for, as #t=83 or ?t=83, or null. */
export function secondInAddress() {
  const asked = new URLSearchParams(location.hash.slice(1)).get("t") ?? new URLSearchParams(location.search).get("t");
  return /^\d+(\.\d+)?s?$/.test(asked ?? "") ? parseFloat(asked) : null;
}

/** The colour class of a speaker; a ninth one shares the first one's colour, and an unknown one has none. */
export const voice = (speaker) => (speaker === null ? "voice-none" : `voice-${speaker % 8}`);

export function toast(words) {
  const place = byId("toast");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => place.classList.remove("shown"), 2200);
}
