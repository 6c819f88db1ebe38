// An Atlas and a work → what it builds on, what came of it, what is missing, and the path to another work.

import { type Atlas, CITES, type Incidence, MENTION, NOTED, RELATION } from "./atlas";

/** Which edges count, and which works are to be seen. */
export interface Scope {
  readonly kinds: number;
  readonly shows: (node: number) => boolean;
}

/** What surrounds a work; distances are in steps, edges are indices. */
export interface Lineage {
  readonly of: number;
  readonly before: ReadonlyMap<number, number>;
  readonly after: ReadonlyMap<number, number>;
  readonly edgesBefore: readonly number[];
  readonly edgesAfter: readonly number[];
  /** Works that a claimed relation compares with it, and those that notes only mention; edges of both. */
  readonly compared: readonly number[];
  readonly mentions: readonly number[];
  readonly mentionedBy: readonly number[];
  readonly edgesBeside: readonly number[];
}

/** Whether an edge says that its origin builds on its end: a citation, or a relation that does not merely compare. */
export function descends(atlas: Atlas, edge: number, kinds: number): boolean {
  const kind = atlas.edges.kinds[edge]! & kinds;
  if (kind & CITES) return true;
  return (kind & RELATION) !== 0 && !atlas.relations[atlas.edges.reason[edge]!]?.compares;
}

function* at(incidence: Incidence, node: number): Generator<number> {
  for (let i = incidence.start[node]!; i < incidence.start[node + 1]!; i++) yield incidence.edges[i]!;
}

/** The lineage of a work up to so many steps either way. O(edges reached). */
export function lineage(atlas: Atlas, of: number, steps: number, scope: Scope): Lineage {
  const [before, edgesBefore] = spread(atlas, of, steps, scope, true);
  const [after, edgesAfter] = spread(atlas, of, steps, scope, false);
  const compared = new Set<number>();
  const mentions = new Set<number>();
  const mentionedBy = new Set<number>();
  const edgesBeside: number[] = [];
  const beside = (edge: number, other: number, mentioned: Set<number>) => {
    const kind = atlas.edges.kinds[edge]! & scope.kinds;
    if (!kind || !scope.shows(other) || descends(atlas, edge, scope.kinds)) return;
    if (kind & RELATION) compared.add(other);
    else if (kind & MENTION && !before.has(other) && !after.has(other)) mentioned.add(other);
    else return;
    edgesBeside.push(edge);
  };
  for (const edge of at(atlas.outgoing, of)) beside(edge, atlas.edges.to[edge]!, mentions);
  for (const edge of at(atlas.incoming, of)) beside(edge, atlas.edges.from[edge]!, mentionedBy);
  return {
    of,
    before,
    after,
    edgesBefore,
    edgesAfter,
    compared: [...compared],
    mentions: [...mentions],
    mentionedBy: [...mentionedBy].filter((node) => !mentions.has(node)),
    edgesBeside,
  };
}

function spread(atlas: Atlas, of: number, steps: number, scope: Scope, back: boolean): [Map<number, number>, number[]] {
  const distance = new Map<number, number>([[of, 0]]);
  const edges: number[] = [];
  const incidence = back ? atlas.outgoing : atlas.incoming;
  const ends = back ? atlas.edges.to : atlas.edges.from;
  const queue = [of];
  for (let head = 0; head < queue.length; head++) {
    const here = queue[head]!;
    const far = distance.get(here)! + 1;
    if (far > steps) break;
    for (const edge of at(incidence, here)) {
      const other = ends[edge]!;
      if (other === of || !scope.shows(other) || !descends(atlas, edge, scope.kinds)) continue;
      edges.push(edge);
      if (!distance.has(other)) {
        distance.set(other, far);
        queue.push(other);
      }
    }
  }
  distance.delete(of);
  return [distance, edges];
}

/** A work without a note in a lineage, and how many works of the lineage cite it. */
export interface Gap {
  readonly node: number;
  readonly times: number;
}

/** What a lineage lacks: its works without a note, the most cited first. What the work itself cites comes before. */
export function missing(atlas: Atlas, found: Lineage, scope: Scope): Gap[] {
  const inside = new Set([found.of, ...found.before.keys(), ...found.after.keys()]);
  const gaps: (Gap & { near: number })[] = [];
  for (const node of inside) {
    if (atlas.flags[node]! & NOTED || node === found.of) continue;
    let times = 0;
    for (const edge of at(atlas.incoming, node))
      if (inside.has(atlas.edges.from[edge]!) && descends(atlas, edge, scope.kinds)) times++;
    gaps.push({ node, times, near: found.before.get(node) === 1 ? 0 : 1 });
  }
  return gaps.sort((a, b) => b.times - a.times || a.near - b.near || a.node - b.node);
}

/** One step of a path: the work, and the edge that leads to it (-1 at the start). */
export interface Step {
  readonly node: number;
  readonly edge: number;
}

/** A shortest path: down one lineage if there is one, else along edges either way; [] if there is none. O(V + E). */
export function pathBetween(atlas: Atlas, start: number, end: number, scope: Scope): Step[] {
  for (const ways of [["back"], ["on"], ["back", "on"]]) {
    const found = search(atlas, start, end, scope, ways);
    if (found.length) return found;
  }
  return [];
}

function search(atlas: Atlas, start: number, end: number, scope: Scope, ways: readonly string[]): Step[] {
  const via = new Map<number, Step>([[start, { node: start, edge: -1 }]]);
  const queue = [start];
  for (let head = 0; head < queue.length && !via.has(end); head++) {
    const here = queue[head]!;
    for (const way of ways) {
      const back = way === "back";
      for (const edge of at(back ? atlas.outgoing : atlas.incoming, here)) {
        const other = (back ? atlas.edges.to : atlas.edges.from)[edge]!;
        const usable = ways.length === 1 ? descends(atlas, edge, scope.kinds) : atlas.edges.kinds[edge]! & scope.kinds;
        if (usable && !via.has(other) && (scope.shows(other) || other === end)) {
          via.set(other, { node: here, edge });
          queue.push(other);
        }
      }
    }
  }
  if (!via.has(end)) return [];
  const steps: Step[] = [];
  for (let node = end; ; ) {
    const { node: earlier, edge } = via.get(node)!;
    steps.push({ node, edge });
    if (edge < 0) return steps.reverse();
    node = earlier;
  }
}
