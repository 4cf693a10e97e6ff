/**
 * Elements made without HTML. Whatever a message says reaches the page as text nodes and checked attributes,
 * so nothing in it can become markup.
 */

/** Attributes that have to be set as properties, because the attribute only gives the first value. */
const PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "indeterminate", "multiple"]);

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `class`, `dataset`, `on<event>` functions; null, undefined and false are left out
 * @param {...any} children strings become text nodes, arrays are flattened, null and false are left out
 * @returns {any} the element
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) setProp(element, name, value);
  append(element, children);
  return element;
}

function setProp(element, name, value) {
  if (value === undefined || value === null || value === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = value;
  else if (name === "dataset") Object.assign(element.dataset, value);
  else if (PROPERTIES.has(name)) element[name] = value;
  else element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * Append children as `h` does.
 * @param {Node} parent
 * @param {any} children
 */
export function append(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/**
 * Replace what an element contains.
 * @param {Element} parent
 * @param {any} children
 */
export function fill(parent, children) {
  parent.replaceChildren();
  append(parent, children);
}

/**
 * Replace what an element contains, unless it is the same already. The focus stays on what has the same address or label.
 * @param {HTMLElement} parent
 * @param {any} children
 */
export function refill(parent, children) {
  const fresh = /** @type {HTMLElement} */ (parent.cloneNode(false));
  append(fresh, children);
  if (fresh.isEqualNode(parent)) return;
  const active = parent.contains(document.activeElement) ? document.activeElement : null;
  parent.replaceChildren(...fresh.childNodes);
  if (!active) return;
  const same = (name) =>
    [...parent.querySelectorAll(`[${name}]`)].find((item) => item.getAttribute(name) === active.getAttribute(name));
  /** @type {HTMLElement | undefined} */ (same("href") ?? same("aria-label"))?.focus();
}

/**
 * Text only a screen reader says.
 * @param {string} text
 */
export function hiddenText(text) {
  return h("span", { class: "sr-only" }, text);
}

/** Everything inside an element that the Tab key can reach. */
export const FOCUSABLE =
  "a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), textarea:not([disabled]), " +
  'audio[controls], video[controls], summary, [tabindex]:not([tabindex="-1"])';

/**
 * Keep the Tab key inside an element, first to last and round again.
 * @param {HTMLElement} root
 * @param {AbortSignal} signal ends the trap
 */
export function trapFocus(root, signal) {
  root.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Tab") return;
      const stops = [...root.querySelectorAll(FOCUSABLE)].filter((item) => item.getClientRects().length > 0);
      if (stops.length === 0) return;
      const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
      if (document.activeElement !== edge && root.contains(document.activeElement)) return;
      event.preventDefault();
      /** @type {HTMLElement} */ (event.shiftKey ? stops[stops.length - 1] : stops[0]).focus();
    },
    { signal },
  );
}
