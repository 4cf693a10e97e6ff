/** Tables of raw text, numbers and rich text. */

import { h } from "../dom.js";
import { richText } from "../text/richtext.js";

const SIDES = new Set(["left", "center", "right"]);

function cellContent(cell, surface) {
  if (cell === null || cell === undefined) return "";
  if (typeof cell !== "object") return String(cell);
  if (cell.type === "rich_text") return richText(cell, surface.names);
  return String(cell.text ?? cell.value ?? cell.number ?? "");
}

function grid(rows, settings, surface, caption) {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const place = (index) => {
    const side = settings?.[index]?.align;
    return `align-${SIDES.has(side) ? side : "left"}${settings?.[index]?.is_wrapped === false ? " no-wrap" : ""}`;
  };
  const line = (row, tag) =>
    h(
      "tr",
      {},
      Array.from({ length: columns }, (_, index) =>
        h(
          tag,
          { class: place(index), scope: tag === "th" ? "col" : null, dir: "auto" },
          cellContent(row[index], surface),
        ),
      ),
    );
  const table = h(
    "table",
    {},
    caption && h("caption", {}, caption),
    h(
      "thead",
      {},
      rows.slice(0, 1).map((row) => line(row, "th")),
    ),
    h(
      "tbody",
      {},
      rows.slice(1).map((row) => line(row, "td")),
    ),
  );
  return h("div", { class: "table-scroll", tabindex: "0", role: "group", "aria-label": caption ?? "Table" }, table);
}

/** A table; its first row is the head. */
export function tableBlock(block, surface) {
  return grid(block.rows ?? [], block.column_settings, surface, null);
}

/** A table with a caption. */
export function dataTableBlock(block, surface) {
  const caption = typeof block.caption === "string" ? block.caption : block.caption?.text;
  return grid(block.rows ?? [], block.column_settings, surface, caption);
}
