// The small graph on a note's page: what it builds on at the left, what came of it at the right, one or two steps far.

import { siteAddress } from "./graph/atlas";
import { element, svgElement } from "./graph/element";
import { isLoose, KINDS, kindsOf, type Near, type Placed, placed, readNear, type Work } from "./graph/near";
import { CITES, MENTION, RELATION } from "./graph/atlas";

const LINE = 24, LEAST = 108, DOT = 4, FONT = 13;

/** A work's place in the drawing: its dot, and where its name ends. */
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly end: number;
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
    const second = near.edges.some((tie) => tie.from !== 0 && tie.to !== 0);
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
      element("details", { class: "pn-local-graph__details" }, element("summary", {}, words["list"]!), this.list));
    new ResizeObserver(() => {
      const width = this.drawing.clientWidth;
      if (width && Math.abs(width - this.width) > 1) {
        this.width = width;
        this.draw();
      }
    }).observe(this.drawing);
  }

  private draw(): void {
    const { near } = this;
    const works = placed(near, this.kinds, this.steps);
    const columns = [-2, -1, 1, 2].map((column) => works.filter((work) => work.side * work.steps === column));
    const used = [columns[0]!, columns[1]!, [], columns[2]!, columns[3]!].map((column, i) => i === 2 || column.length > 0);
    const count = used.filter(Boolean).length;
    const width = Math.max(this.width, count * LEAST);
    const step = width / count;
    this.measure.font = `${FONT}px ${getComputedStyle(this.drawing).fontFamily}`;
    const height = Math.max(3, ...columns.map((column) => column.length)) * LINE + 8;
    const spots = new Map<number, Spot>();
    let left = 0;
    const order = [-1, 1, -2, 2];
    const starts = new Map<number, number>();
    [-2, -1, 0, 1, 2].forEach((column, i) => {
      starts.set(column, left);
      if (used[i]) left += step;
    });
    spots.set(0, this.spot(near.nodes[0]!, starts.get(0)!, height / 2, step, true));
    for (const column of order) {
      const members = columns[column < 0 ? column + 2 : column + 1]!;
      // The second step stands as near as can be to the works that it is tied to.
      const sorted = Math.abs(column) === 1 ? members : [...members].sort((a, b) => this.pull(a, spots) - this.pull(b, spots) || a.node - b.node);
      sorted.forEach((work, row) =>
        spots.set(work.node, this.spot(near.nodes[work.node]!, starts.get(column)!, (height - sorted.length * LINE) / 2 + (row + 0.5) * LINE, step, false)));
    }
    const lines = svgElement("g", { class: "pn-local-graph__edges" });
    for (const work of works) for (const tie of work.ties) lines.append(this.line(spots, work, tie.from, tie.to, isLoose(tie, this.kinds), (tie.kinds & this.kinds & RELATION) !== 0));
    const names = [...spots].map(([node, spot]) => this.name(node, spot, works.find((work) => work.node === node)));
    this.drawing.replaceChildren(
      svgElement("svg", { class: "pn-local-graph__svg", width, height, viewBox: `0 0 ${width} ${height}`, role: "group", "aria-label": near.words["drawing"] },
        lines, ...names));
    this.drawing.toggleAttribute("tabindex", false);
    if (width > this.width + 1) {
      this.drawing.tabIndex = 0;
      this.drawing.scrollLeft = Math.max(0, starts.get(0)! + step / 2 - this.width / 2);
    } else this.drawing.removeAttribute("tabindex");
    this.drawList(works);
  }

  private pull(work: Placed, spots: ReadonlyMap<number, Spot>): number {
    const ends = work.ties.map((tie) => spots.get(tie.from === work.node ? tie.to : tie.from)?.y ?? 0);
    return ends.reduce((sum, y) => sum + y, 0) / ends.length;
  }

  private spot(work: Work, left: number, y: number, step: number, bold: boolean): Spot {
    const x = left + DOT + 4;
    const room = step - 3 * DOT - 22;
    let text = work.short;
    const wide = (shown: string) => this.measure.measureText(shown).width * (bold ? 1.1 : 1);
    if (wide(text) > room) {
      const letters = [...text.replace(/…$/, "")];
      while (letters.length > 1 && wide(`${letters.join("")}…`) > room) letters.pop();
      text = `${letters.join("").trimEnd()}…`;
    }
    return { x, y, end: x + DOT + 6 + wide(text), text };
  }

  /** An edge from the end of the older work's name to the newer one's dot. */
  private line(spots: ReadonlyMap<number, Spot>, work: Placed, from: number, to: number, loose: boolean, claimed: boolean): SVGElement {
    const [older, newer] = [spots.get(from)!, spots.get(to)!].sort((a, b) => a.x - b.x) as [Spot, Spot];
    const x1 = older.end + 3, x2 = newer.x - DOT - 2;
    const bend = Math.max(14, (x2 - x1) / 2);
    return svgElement("path", {
      d: `M${x1.toFixed(1)} ${older.y}C${(x1 + bend).toFixed(1)} ${older.y} ${(x2 - bend).toFixed(1)} ${newer.y} ${x2.toFixed(1)} ${newer.y}`,
      class: ["pn-line", work.side < 0 ? "pn-line--before" : "pn-line--after", loose && "pn-line--loose", claimed && "pn-line--claimed"].filter(Boolean).join(" "),
      "data-pn-from": from,
      "data-pn-to": to,
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
    if (leftOut > 0) this.list.append(element("p", {}, `+ ${leftOut} ${words["more"]!}`));
  }
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
  if (kindsOf(near) & (CITES | RELATION | MENTION)) new LocalGraph(host, near, siteAddress(host.dataset["pnExplorer"]!));
}
