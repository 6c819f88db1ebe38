// What the graph answers, as lists: what a work builds on, what came of it, what is missing; or a path, step by step.

import { type Atlas, FOREIGN, NOTED, RECORDED, siteAddress, yearOf } from "./atlas";
import { type Child, element } from "./element";
import { type State, writeState } from "./state";
import { type Gap, type Lineage, missing, type Scope, type Step } from "./walk";

const FIRST = 8;

/** The lists beside a graph; `choose` is called for a work that the reader clicks. */
export class Panel {
  readonly element: HTMLElement;
  private readonly heading = element("h2", { class: "pn-graph__title", tabindex: -1 });
  private claims = new Map<number, string>();

  constructor(
    private readonly atlas: Atlas,
    private readonly choose: (node: number) => void,
  ) {
    this.element = element("section", { class: "pn-graph__panel", "aria-label": atlas.words["answers"] });
  }

  focus(): void {
    this.heading.focus({ preventScroll: true });
    this.element.scrollTop = 0;
  }

  showNothing(state: State, scope: Scope): void {
    const { atlas } = this;
    const { words } = atlas;
    const known = [...atlas.key.keys()].filter(scope.shows).sort((a, b) => atlas.cited[b]! - atlas.cited[a]! || a - b);
    const gaps = known.filter((node) => !(atlas.flags[node]! & NOTED));
    this.heading.textContent = words["ask"]!;
    this.element.replaceChildren(
      this.heading,
      element("p", {}, words["ask_what"]!),
      this.section(words["most_cited"]!, 0, known.slice(0, FIRST), state, (node) => this.times(atlas.cited[node]!)),
      ...(gaps.length ? [this.section(words["gaps"]!, gaps.length, gaps.slice(0, FIRST), state, (node) => this.times(atlas.cited[node]!))] : []),
    );
  }

  showLineage(found: Lineage, state: State, scope: Scope): void {
    const { atlas } = this;
    const { words } = atlas;
    const gaps = missing(atlas, found, scope);
    this.claims = this.claimsOf(found);
    this.heading.replaceChildren(atlas.title[found.of]!);
    const beside: readonly (readonly [string, readonly number[]])[] = [
      [words["compare"]!, found.compared],
      [words["mentions"]!, found.mentions],
      [words["mentioned_by"]!, found.mentionedBy],
    ];
    const claim = (node: number) => this.claims.get(node) ?? "";
    const answers = [
      this.kin(words["builds_on"]!, "before", found.before, state, atlas.flags[found.of]! & RECORDED ? words["nothing"]! : words["unrecorded"]!),
      this.kin(words["came_of_it"]!, "after", found.after, state, words["nothing"]!),
      this.gaps(gaps, state),
    ];
    const counts = [found.before.size, found.after.size, gaps.length];
    this.element.replaceChildren(
      this.heading,
      ...this.about(found.of),
      this.jumps(answers, counts),
      ...answers,
      ...beside.filter(([, nodes]) => nodes.length).map(([title, nodes]) => this.section(title, nodes.length, nodes, state, claim)),
    );
  }

  showPath(steps: readonly Step[], state: State, from: number, to: number): void {
    const { atlas } = this;
    const { words } = atlas;
    this.heading.textContent = `${atlas.short[from]!} → ${atlas.short[to]!}`;
    const list = element("ol", { class: "pn-graph__path" });
    for (const { node, edge } of steps) {
      const forward = edge >= 0 && atlas.edges.to[edge] === node;
      const way = edge < 0 ? "" : this.reason(edge) || words[forward ? "cites_this" : "is_cited_by"]!;
      list.append(element("li", {}, edge >= 0 && element("span", { class: "pn-graph__way" }, `${forward ? "↓" : "↑"} ${way}`), this.link(node, state), this.note(node)));
    }
    this.element.replaceChildren(this.heading, steps.length ? list : element("p", {}, words["no_path"]!),
      element("p", {}, element("a", { href: writeState({ ...state, to: "" }), click: (event) => this.follow(event, from) }, `← ${atlas.short[from]!}`)));
  }

  private about(node: number): Node[] {
    const { atlas } = this;
    const noted = atlas.flags[node]! & NOTED;
    const kind = atlas.kinds[atlas.kind[node]!]!;
    const facts = [atlas.label[node], noted ? kind.title : "", atlas.topics[atlas.topic[node]!]!.title, this.times(atlas.cited[node]!)];
    return [
      element("p", { class: "pn-graph__facts" }, facts.filter(Boolean).join(" · ")),
      element("p", {}, element("a", { class: "pn-graph__open", href: siteAddress(atlas.path[node]!) }, atlas.words[noted ? "open" : "open_entry"]!),
        !noted && element("span", { class: "pn-graph__gap" }, atlas.words["gap"]!),
        (atlas.flags[node]! & FOREIGN) !== 0 && ` (${atlas.words["foreign"]!})`),
    ];
  }

  /** The three answers in numbers, each leading to its list. */
  private jumps(sections: readonly HTMLElement[], counts: readonly number[]): HTMLElement {
    const { words } = this.atlas;
    return element("p", { class: "pn-graph__jumps" }, ...["legend_before", "legend_after", "missing"].map((name, i) =>
      element("button", { type: "button", class: ["", "pn-graph__jump--after", "pn-graph__jump--gaps"][i]!, click: () => {
        const section = sections[i]!;
        this.element.scrollTo({ top: section.offsetTop - this.element.offsetTop });
        section.querySelector<HTMLElement>("a")?.focus({ preventScroll: true });
      } }, element("strong", {}, String(counts[i])), ` ${words[name]!}`)));
  }

  private kin(title: string, side: string, found: ReadonlyMap<number, number>, state: State, none: string): HTMLElement {
    const nodes = [...found.keys()].sort((a, b) => found.get(a)! - found.get(b)! || this.weight(b) - this.weight(a));
    const near = nodes.filter((node) => found.get(node) === 1);
    const section = this.section(title, near.length, near, state, (node) => (this.claims.get(node) ?? ""), none);
    section.classList.add(`pn-graph__list--${side}`);
    const far = nodes.filter((node) => found.get(node)! > 1);
    if (far.length)
      section.append(element("details", {}, element("summary", {}, `${this.atlas.words["further"]!} (${far.length})`), this.list(far.slice(0, 300), state, () => "")));
    return section;
  }

  /** Claimed relations first, then notes, then what is cited most. */
  private weight(node: number): number {
    return (this.claims.has(node) ? 1e6 : 0) + (this.atlas.flags[node]! & NOTED) * 1e5 + this.atlas.cited[node]!;
  }

  private gaps(gaps: readonly Gap[], state: State): HTMLElement {
    const times = new Map(gaps.map(({ node, times }) => [node, times]));
    const section = this.section(this.atlas.words["missing"]!, gaps.length, gaps.map(({ node }) => node), state,
      (node) => (times.get(node)! > 1 ? this.times(times.get(node)!) : ""), this.atlas.words["nothing_missing"]!);
    section.classList.add("pn-graph__list--gaps");
    return section;
  }

  private section(title: string, count: number, nodes: readonly number[], state: State, remark: (node: number) => string, none = ""): HTMLElement {
    const section = element("section", { class: "pn-graph__list" }, element("h3", {}, title, " ", count > 0 && element("small", {}, String(count))));
    section.append(this.list(nodes.slice(0, FIRST), state, remark));
    if (!nodes.length) section.append(element("p", {}, none));
    if (nodes.length > FIRST)
      section.append(element("details", {}, element("summary", {}, this.atlas.words["more"]!.replace("{n}", String(nodes.length - FIRST))), this.list(nodes.slice(FIRST), state, remark)));
    return section;
  }

  private list(nodes: readonly number[], state: State, remark: (node: number) => string): HTMLElement {
    return element("ul", {}, ...nodes.map((node) => {
      const said = remark(node);
      return element("li", {}, this.link(node, state), element("small", {}, [yearOf(this.atlas, node) || "", said].filter(Boolean).join(" · ")), this.note(node));
    }));
  }

  private link(node: number, state: State): HTMLElement {
    const { atlas } = this;
    return element("a", { href: writeState({ ...state, work: atlas.key[node]!, to: "" }), title: atlas.title[node], click: (event) => this.follow(event, node) }, atlas.short[node]!);
  }

  private note(node: number): Child {
    return !(this.atlas.flags[node]! & NOTED) && element("span", { class: "pn-graph__gap" }, this.atlas.words["gap"]!);
  }

  private follow(event: Event, node: number): void {
    const click = event as MouseEvent;
    if (click.ctrlKey || click.metaKey || click.shiftKey) return;
    click.preventDefault();
    this.choose(node);
    this.focus();
  }

  private times(count: number): string {
    return this.atlas.words["cited_times"]!.replace("{n}", String(count));
  }

  /** Why an edge exists, where its note says so. */
  private reason(edge: number): string {
    return this.atlas.relations[this.atlas.edges.reason[edge]!]?.title ?? "";
  }

  /** The claimed relations between a work and those next to it. */
  private claimsOf(of: Lineage): Map<number, string> {
    const { from, to } = this.atlas.edges;
    const claims = new Map<number, string>();
    for (const edges of [of.edgesBefore, of.edgesAfter, of.edgesBeside])
      for (const edge of edges) {
        const said = this.reason(edge);
        if (said && from[edge] === of.of) claims.set(to[edge]!, said);
        else if (said && to[edge] === of.of) claims.set(from[edge]!, said);
      }
    return claims;
  }
}
