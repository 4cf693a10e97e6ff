/** The page's own line icons, drawn on a 24 by 24 grid, and the ear that is its mark. */

const SVG = "http://www.w3.org/2000/svg";

const PATHS = {
  attach: ["M12 5v14", "M5 12h14"],
  back: ["M15 5l-7 7 7 7"],
  call: ["M5 8h14", "M15 4l4 4-4 4", "M19 16H5", "M9 12l-4 4 4 4"],
  check: ["M5 12.5l4.5 4.5L19 7.5"],
  chevron: ["M6 9l6 6 6-6"],
  close: ["M6 6l12 12", "M18 6L6 18"],
  copy: ["M9 9h10v10H9z", "M5 15V5h10"],
  down: ["M12 5v14", "M6 13l6 6 6-6"],
  download: ["M12 4v11", "M7 11l5 5 5-5", "M5 20h14"],
  edit: ["M4 20l1-4L16.5 4.5l3 3L8 19z", "M14 7l3 3"],
  envelope: ["M3.5 6h17v12h-17z", "M3.5 6.5l8.5 7 8.5-7"],
  eye: ["M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z", "M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z"],
  file: ["M6 3h8l4 4v14H6z", "M14 3v4h4"],
  hash: ["M9 4L7 20", "M17 4l-2 16", "M4.5 9h16", "M3.5 15h16"],
  home: ["M4 11l8-7 8 7", "M6 9.5V20h12V9.5"],
  info: ["M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z", "M12 11v5", "M12 7.8v.4"],
  inspect: [
    "M4 5h16v9",
    "M4 5v14h8",
    "M7.5 9l2 2-2 2",
    "M17 14.5a2.6 2.6 0 1 0 0 5.2 2.6 2.6 0 0 0 0-5.2z",
    "M19 19l2 2",
  ],
  keyboard: ["M3 6.5h18v11H3z", "M7 10.5h.01", "M12 10.5h.01", "M17 10.5h.01", "M8 14h8"],
  link: [
    "M10 14l4-4",
    "M9 8l2.5-2.5a4 4 0 0 1 5.7 0l1.3 1.3a4 4 0 0 1 0 5.7L16 15",
    "M15 16l-2.5 2.5a4 4 0 0 1-5.7 0l-1.3-1.3a4 4 0 0 1 0-5.7L8 9",
  ],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  mention: ["M12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6z", "M15.8 8v5.3a2.6 2.6 0 0 0 5.2 0V12a9 9 0 1 0-3.6 7.2"],
  more: ["M5.5 12h.01", "M12 12h.01", "M18.5 12h.01"],
  open: ["M14 5h5v5", "M19 5l-8 8", "M10 6H5v13h13v-5"],
  people: [
    "M9 5a3.2 3.2 0 1 0 0 6.4A3.2 3.2 0 0 0 9 5z",
    "M3 19.5c.6-3.6 2.9-5.3 6-5.3s5.4 1.7 6 5.3",
    "M15.5 5.4a3 3 0 0 1 0 5.6",
    "M17.6 14.6c2 .7 3 2.4 3.4 4.9",
  ],
  plus: ["M12 6v12", "M6 12h12"],
  react: [
    "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17z",
    "M8.5 14c1 1.7 2.1 2.4 3.5 2.4s2.5-.7 3.5-2.4",
    "M9 9.6v.4",
    "M15 9.6v.4",
  ],
  search: ["M10.5 4.5a6 6 0 1 0 0 12 6 6 0 0 0 0-12z", "M15 15l5 5"],
  send: ["M4 4.5l17 7.5-17 7.5 2.5-7.5z", "M6.5 12H14"],
  moon: ["M19.5 14.5A8 8 0 1 1 9.5 4.5a6.4 6.4 0 0 0 10 10z"],
  step: ["M5 4v16", "M9 6h10v5H9z", "M9 14h7v4H9z"],
  slash: ["M4 4h16v16H4z", "M14 8l-4 8"],
  stop: ["M7 7h10v10H7z"],
  sparkle: ["M12 4l1.9 5.1L19 11l-5.1 1.9L12 18l-1.9-5.1L5 11l5.1-1.9z", "M19 16v4", "M17 18h4"],
  thread: ["M4 5h16v11H11l-4.5 3.5V16H4z", "M8 9h8", "M8 12h5"],
  thumbdown: ["M7 13V4h9.5l3 7.5c.4 1-.3 2-1.4 2H14l.7 4.2c.2 1.3-.6 2.3-1.7 2.3L9 14z", "M4 4v9"],
  thumbup: ["M7 11v9h9.5l3-7.5c.4-1-.3-2-1.4-2H14l.7-4.2C14.9 5 14.1 4 13 4l-4 6z", "M4 11v9"],
  trash: ["M5 7h14", "M9.5 7V4.5h5V7", "M6.5 7l1 13h9l1-13", "M10.5 11v5.5", "M13.5 11v5.5"],
  up: ["M12 19V5", "M6 11l6-6 6 6"],
  warning: ["M12 4l9 16H3z", "M12 10v5", "M12 17.3v.4"],
};

/** An ear, and the sound that reaches it. */
const EAR = [
  "M8 16.5c1.2 1 1.7 2 2 3.2.3 1.3 1.3 2.3 2.8 2.3 2 0 3-1.5 3-3 0-2.5 3.7-4.2 3.7-8.5A6.5 6.5 0 0 0 13 4a6.5 6.5 0 0 0-6.5 6.3",
  "M10 11a3 3 0 0 1 6 0c0 2.2-2.5 2.4-2.5 4.5",
  "M4.2 13.5a5 5 0 0 1 0-5",
];

function svg(paths, className, width) {
  const root = document.createElementNS(SVG, "svg");
  const attributes = {
    viewBox: "0 0 24 24",
    class: className,
    "aria-hidden": "true",
    focusable: "false",
    fill: "none",
  };
  for (const [name, value] of Object.entries(attributes)) root.setAttribute(name, value);
  for (const d of paths) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    path.setAttribute("stroke", "currentColor");
    path.setAttribute("stroke-width", String(width));
    path.setAttribute("stroke-linecap", "round");
    path.setAttribute("stroke-linejoin", "round");
    root.append(path);
  }
  return root;
}

/**
 * A line icon in the colour of the text around it.
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
  return svg(PATHS[name], `icon icon-${name}`, name === "more" ? 3 : 1.7);
}

/** The ear: the mark of the page and the avatar of the app. */
export function ear() {
  return svg(EAR, "icon ear", 2);
}
