// Tables of a comparison → tables that a click on a heading sorts.

const SIZES: Record<string, number> = { k: 1e3, M: 1e6, B: 1e9, T: 1e12, 万: 1e4, 亿: 1e8, 万亿: 1e12 };
const NUMBER = /^([-+]?[\d.,]+)\s*(k|M|B|T|万亿|亿|万)?\s*(%|$)/;

/** Give the headings of these tables buttons that sort. */
export function start(places: readonly HTMLElement[]): void {
  for (const place of places) {
    const table = place.querySelector("table");
    if (table && !table.dataset.pnSorted) prepare(table);
  }
}

function prepare(table: HTMLTableElement): void {
  table.dataset.pnSorted = "none";
  const headings = [...table.querySelectorAll<HTMLTableCellElement>("thead th")];
  for (const heading of headings) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pn-sort";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") !== "descending";
      for (const other of headings) other.removeAttribute("aria-sort");
      heading.setAttribute("aria-sort", down ? "descending" : "ascending");
      sort(table, heading.cellIndex, down ? -1 : 1);
    });
  }
}

function sort(table: HTMLTableElement, column: number, direction: number): void {
  const body = table.tBodies[0];
  if (!body) return;
  const rows = [...body.rows].map((row) => ({ row, value: valueOf(row.cells[column]?.textContent?.trim() ?? "") }));
  rows.sort((one, other) => compare(one.value, other.value, direction));
  body.append(...rows.map((item) => item.row));
}

/** A number where the text is one, in full; the text otherwise; null for nothing. */
function valueOf(text: string): number | string | null {
  if (!text) return null;
  const match = NUMBER.exec(text);
  if (!match?.[1]) return text;
  return Number(match[1].replaceAll(",", "")) * (SIZES[match[2] ?? ""] ?? 1);
}

/** Nothing comes last, whichever way. */
function compare(one: number | string | null, other: number | string | null, direction: number): number {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1;
  if (typeof one === "number" && typeof other === "number") return direction * (one - other);
  return direction * String(one).localeCompare(String(other));
}
