// The small graph on a note's page: what it builds on at the left, what came of it at the right, one or two steps far.

import { CITES, MENTION, RELATION, siteAddress } from "./graph/atlas";
import { element, svgElement } from "./graph/element";
import { isLoose, KINDS, kindsOf, type Near, type Placed, placed, readNear, type Tie, type Work } from "./graph/near";

const LINE = 24, LEAST = 84, GAP = 34, DOT = 4, FONT = 13, HEAD = 24;
const COLUMNS = [-2, -1, 0, 1, 2];

interface Band {
  readonly left: number;
  readonly width: number;
}

/** A work's place in the drawing: its dot, and where its name ends. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly end: number;
  /** Where its column ends. */
  readonly edge: number;
  readonly text: string;
}

class LocalGraph {
  private kinds: number;
  private steps = 1;
  private width = 0;
  private readonly drawing = element("div", { class: "pn-local-graph__drawing" });
  private readonly list = element("div", { class: "pn-local-graph__list" });
  private readonly measure = document.createElement("canvas").getContext("2d")!;

  constructor(host: HTMLElement, private readonly near: Near, explorer: string) {
    const { words } = near;
    const there = kindsOf(near);
    this.kinds = there & (CITES | RELATION) || there;
    const second = placed(near, this.kinds, 2).length > placed(near, this.kinds, 1).length;
    const steps = [1, 2].map((count) =>
      element("button", { type: "button", "aria-pressed": String(count === 1), click: () => {
        this.steps = count;
        steps.forEach((button, i) => button.setAttribute("aria-pressed", String(i + 1 === count)));
        this.draw();
      } }, String(count)));
    const boxes = KINDS.filter(([, kind]) => there & kind).map(([name, kind]) => {
      const input = element("input", { type: "checkbox" });
      input.checked = (this.kinds & kind) !== 0;
      input.addEventListener("change", () => {
        this.kinds = input.checked ? this.kinds | kind : this.kinds & ~kind;
        this.draw();
      });
      return element("label", { class: "pn-graph__check" }, input, words[name]!);
    });
    host.replaceChildren(
      element("div", { class: "pn-local-graph__controls", role: "group", "aria-label": words["drawing"] },
        second && element("span", { class: "pn-local-graph__steps" }, `${words["steps"]!} `, ...steps),
        ...boxes,
        element("a", { href: explorer }, words["open_explorer"]!)),
      this.drawing,
      element("p", { class: "pn-local-graph__legend" }, element("i", { class: "pn-graph__key pn-graph__key--gap" }), words["gap"]!),
      element("details", { class: "pn-local-graph__details" }, element("summary", {}, words["list"]!), this.list));
    new ResizeObserver(() => {
      const width = this.drawing.clientWidth;
      if (width && Math.abs(width - this.width) > 1) {
        this.width = width;
        keepingFocusInSight(() => { this.draw(); });
      }
    }).observe(this.drawing);
  }

  private draw(): void {
    const { near } = this;
    const works = placed(near, this.kinds, this.steps);
    const columns = new Map(COLUMNS.map((column) => [column, works.filter((work) => work.side * work.steps === column)]));
    const used = COLUMNS.filter((column) => column === 0 || columns.get(column)!.length);
    this.measure.font = `${FONT}px ${getComputedStyle(this.drawing).fontFamily}`;
    const bands = this.bands(used, columns);
    const last = bands.get(used.at(-1)!)!;
    const width = Math.max(this.width, last.left + last.width);
    const height = HEAD + Math.max(3, ...used.map((column) => columns.get(column)!.length)) * LINE + 6;
    const spots = new Map<number, Spot>([[0, this.spot(near.nodes[0]!, bands.get(0)!, (height + HEAD) / 2, true)]]);
    for (const column of [-1, 1, -2, 2]) {
      const members = columns.get(column)!;
      // The second step stands as near as can be to the works that it is tied to.
      const sorted = Math.abs(column) === 1 ? members : [...members].sort((a, b) => this.pull(a, spots) - this.pull(b, spots) || a.node - b.node);
      const top = HEAD + (height - HEAD - sorted.length * LINE) / 2;
      sorted.forEach((work, row) => spots.set(work.node, this.spot(near.nodes[work.node]!, bands.get(column)!, top + (row + 0.5) * LINE, false)));
    }
    const lines = svgElement("g", {});
    for (const work of works) for (const tie of work.ties) lines.append(this.line(spots, work, tie));
    const byNode = new Map(works.map((work) => [work.node, work]));
    const names = [...spots].map(([node, spot]) => this.name(node, spot, byNode.get(node)));
    this.drawing.replaceChildren(
      svgElement("svg", { class: "pn-local-graph__svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": near.words["drawing"] },
        ...this.heads(used, bands, columns), lines, ...names));
    if (width > this.width + 1) {
      this.drawing.tabIndex = 0;
      const own = bands.get(0)!;
      this.drawing.scrollLeft = Math.max(0, own.left + own.width / 2 - this.width / 2);
    } else this.drawing.removeAttribute("tabindex");
    this.drawList(works);
  }

  /** How wide each column is: as its names ask, or less of each where there is too little room for all. */
  private bands(used: readonly number[], columns: ReadonlyMap<number, readonly Placed[]>): Map<number, Band> {
    const asked = used.map((column) => {
      const members = column === 0 ? [0] : columns.get(column)!.map((work) => work.node);
      return 3 * DOT + 8 + Math.max(...members.map((node) => this.wide(this.near.nodes[node]!.short, column === 0)));
    });
    const gaps = (used.length - 1) * GAP;
    const room = Math.max(this.width, used.length * LEAST) - gaps;
    const total = asked.reduce((sum, width) => sum + width, 0);
    const bands = new Map<number, Band>();
    // What is left over lies between the columns.
    const gap = GAP + (total < room && used.length > 1 ? Math.min(70, (room - total) / (used.length - 1)) : 0);
    const shares = total <= room ? asked : shrink(asked, room);
    const sum = shares.reduce((all, width) => all + width, 0) + (used.length - 1) * gap;
    let left = Math.max(0, (this.width - sum) / 2);
    used.forEach((column, i) => {
      bands.set(column, { left, width: shares[i]! });
      left += shares[i]! + gap;
    });
    return bands;
  }

  /** What the two sides are. */
  private heads(used: readonly number[], bands: ReadonlyMap<number, Band>, columns: ReadonlyMap<number, readonly Placed[]>): SVGElement[] {
    const { words } = this.near;
    const before = used.find((column) => column < 0), after = used.find((column) => column > 0);
    // A note on no work of its own builds on nothing: it speaks of works.
    const mentions = (column: number) => columns.get(column)!.every((work) => work.ties.every((tie) => !(tie.kinds & (CITES | RELATION))));
    return ([[before, "legend_before", "mentions"], [after, "legend_after", "mentioned_by"]] as const).flatMap(([column, built, mentioned]) =>
      column === undefined ? [] : [svgElement("text", { x: bands.get(column)!.left + 4, y: HEAD / 2, class: "pn-local-graph__head" }, words[mentions(column) ? mentioned : built]!)]);
  }

  private pull(work: Placed, spots: ReadonlyMap<number, Spot>): number {
    const ends = work.ties.map((tie) => spots.get(tie.from === work.node ? tie.to : tie.from)?.y ?? 0);
    return ends.reduce((sum, y) => sum + y, 0) / ends.length;
  }

  private wide(text: string, bold: boolean): number {
    return this.measure.measureText(text).width * (bold ? 1.1 : 1);
  }

  private spot(work: Work, band: Band, y: number, bold: boolean): Spot {
    const x = band.left + DOT + 4;
    const room = band.width - 3 * DOT - 8;
    let text = work.short;
    if (this.wide(text, bold) > room + 0.5) {
      const letters = [...text.replace(/…$/, "")];
      while (letters.length > 1 && this.wide(`${letters.join("")}…`, bold) > room) letters.pop();
      text = `${letters.join("").trimEnd()}…`;
    }
    return { x, y, end: x + DOT + 6 + this.wide(text, bold), edge: band.left + band.width, text };
  }

  /** An edge from behind the older work's name to the newer one's dot. */
  private line(spots: ReadonlyMap<number, Spot>, work: Placed, tie: Tie): SVGElement {
    const [older, newer] = [spots.get(tie.from)!, spots.get(tie.to)!].sort((a, b) => a.x - b.x) as [Spot, Spot];
    const start = older.end + 3, turn = Math.max(start, older.edge), stop = newer.x - DOT - 2;
    const bend = (stop - turn) / 2;
    const at = (x: number, y: number) => `${x.toFixed(1)} ${y}`;
    const classes = ["pn-line", work.side < 0 ? "pn-line--before" : "pn-line--after"];
    if (isLoose(tie, this.kinds)) classes.push("pn-line--loose");
    if (tie.kinds & this.kinds & RELATION) classes.push("pn-line--claimed");
    return svgElement("path", {
      d: `M${at(start, older.y)}H${turn.toFixed(1)}C${at(turn + bend, older.y)} ${at(stop - bend, newer.y)} ${at(stop, newer.y)}`,
      class: classes.join(" "),
      "data-pn-from": tie.from,
      "data-pn-to": tie.to,
    });
  }

  private name(node: number, spot: Spot, work: Placed | undefined): SVGElement {
    const shown = this.near.nodes[node]!;
    const side = !work ? "pn-dot--own" : work.side < 0 ? "pn-dot--before" : "pn-dot--after";
    const dot = svgElement("circle", { cx: spot.x, cy: spot.y, r: work ? DOT : DOT + 2, class: `pn-dot ${side}${shown.noted ? "" : " pn-dot--gap"}` });
    const text = svgElement("text", { x: spot.x + DOT + 6, y: spot.y, class: work ? "" : "pn-own" }, spot.text);
    const said = [shown.title, shown.label || shown.year || "", work?.ties.map((tie) => tie.reason).find(Boolean), shown.noted ? "" : this.near.words["gap"]];
    const title = svgElement("title", {}, said.filter(Boolean).join(" · "));
    if (!work) return svgElement("g", {}, title, dot, text);
    const light = (on: boolean) => () =>
      this.drawing.querySelectorAll(`[data-pn-from="${node}"], [data-pn-to="${node}"]`).forEach((line) => line.classList.toggle("pn-line--lit", on));
    return svgElement("a", { href: siteAddress(shown.path), pointerenter: light(true), pointerleave: light(false), focus: light(true), blur: light(false) },
      title, svgElement("rect", { x: spot.x - DOT - 4, y: spot.y - LINE / 2, width: spot.end - spot.x + DOT + 8, height: LINE, class: "pn-hit" }), dot, text);
  }

  private drawList(works: readonly Placed[]): void {
    const { words, nodes, leftOut } = this.near;
    const parts = ([[-1, words["builds_on"]!], [1, words["came_of_it"]!]] as const).map(([side, title]) => {
      const own = works.filter((work) => work.side === side).sort((a, b) => a.steps - b.steps || a.node - b.node);
      return element("div", {}, element("p", {}, element("strong", {}, title)), own.length
        ? element("ul", {}, ...own.map((work) => {
            const shown = nodes[work.node]!;
            const remarks = [shown.year || "", work.ties.map((tie) => tie.reason).find(Boolean), work.steps > 1 ? `${words["steps"]!}: 2` : "", shown.noted ? "" : words["gap"]];
            return element("li", {}, element("a", { href: siteAddress(shown.path) }, shown.title), " ", element("small", {}, remarks.filter(Boolean).join(" · ")));
          }))
        : element("p", {}, words["nothing"]!));
    });
    this.list.replaceChildren(...parts);
    if (leftOut > 0) this.list.append(element("p", {}, words["more"]!.replace("{n}", String(leftOut))));
  }
}

/** Less room than was asked for: those that ask for most give first. */
function shrink(asked: readonly number[], room: number): number[] {
  let most = room, left = room, rest = asked.length;
  for (const width of [...asked].sort((a, b) => a - b)) {
    most = left / rest--;
    if (width > most) break;
    left -= width;
  }
  return asked.map((width) => Math.min(width, most));
}

export function start(hosts: readonly HTMLElement[]): void {
  // Nobody needs it before it comes into sight.
  const observer = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) {
      if (!isIntersecting) continue;
      observer.unobserve(target);
      void show(target as HTMLElement);
    }
  }, { rootMargin: "400px" });
  for (const host of hosts) {
    if (host.dataset["pnReady"]) continue;
    host.dataset["pnReady"] = "true";
    observer.observe(host);
  }
}

async function show(host: HTMLElement): Promise<void> {
  const response = await fetch(siteAddress(host.dataset["pnData"]!));
  if (!response.ok) return;
  const near = readNear((await response.json()) as Parameters<typeof readNear>[0]);
  if (!(kindsOf(near) & (CITES | RELATION | MENTION))) return;
  keepingFocusInSight(() => new LocalGraph(host, near, siteAddress(host.dataset["pnExplorer"]!)));
}

/** The drawing comes late and moves what is below it: what has the focus there, and was seen, is seen again. */
function keepingFocusInSight(change: () => void): void {
  const focused = document.activeElement;
  const seen = focused !== null && focused !== document.body && isInSight(focused);
  change();
  if (seen && !isInSight(focused)) focused.scrollIntoView({ block: "nearest" });
}

function isInSight(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < window.innerHeight;
}
