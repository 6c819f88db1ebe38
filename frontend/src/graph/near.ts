// The data of a note's small graph, and which of it is one or two steps away, on which side.

import { CITES, MENTION, RELATION } from "./atlas";

export interface Near {
  readonly words: Readonly<Record<string, string>>;
  readonly leftOut: number;
  readonly nodes: readonly Work[];
  readonly edges: readonly Tie[];
}

export interface Work {
  readonly short: string;
  readonly title: string;
  readonly label: string;
  readonly year: number;
  readonly noted: boolean;
  readonly path: string;
}

/** From a work to one that it cites, claims a relation to, or mentions. */
export interface Tie {
  readonly from: number;
  readonly to: number;
  readonly kinds: number;
  readonly reason: string;
  readonly compares: boolean;
}

/** A work beside the note: on the left what came before, on the right what came of it; `steps` are 1 or 2. */
export interface Placed {
  readonly node: number;
  readonly side: -1 | 1;
  readonly steps: number;
  readonly ties: readonly Tie[];
}

interface Data {
  words: Record<string, string>;
  left_out: number;
  nodes: [string, string, string, number, number, string][];
  edges: [number, number, number, string, number][];
}

export function readNear(data: Data): Near {
  return {
    words: data.words,
    leftOut: data.left_out,
    nodes: data.nodes.map(([short, title, label, year, noted, path]) => ({ short, title, label, year, noted: noted === 1, path })),
    edges: data.edges.map(([from, to, kinds, reason, compares]) => ({ from, to, kinds, reason, compares: compares === 1 })),
  };
}

/** The kinds of edge that there are between the note and others. */
export function kindsOf(near: Near): number {
  return near.edges.reduce((sum, tie) => (tie.from === 0 || tie.to === 0 ? sum | tie.kinds : sum), 0);
}

/** Every work that these kinds of edge reach in so many steps, old to new. */
export function placed(near: Near, kinds: number, steps: number): Placed[] {
  const found = new Map<number, Placed>();
  const at = (node: number) => near.edges.filter((tie) => (tie.from === node || tie.to === node) && tie.kinds & kinds);
  for (const tie of at(0)) {
    const node = tie.from === 0 ? tie.to : tie.from;
    const before = found.get(node);
    const ties = [...(before?.ties ?? []), tie];
    found.set(node, { node, steps: 1, ties, side: sideOf(near, node, ties, kinds) });
  }
  if (steps > 1)
    for (const near1 of [...found.values()])
      for (const tie of at(near1.node)) {
        const node = near1.side < 0 ? tie.to : tie.from;
        // Only further the same way: what the works before were built on, and what came of those after.
        if (node === 0 || node === near1.node || !(tie.kinds & kinds & (CITES | RELATION))) continue;
        const before = found.get(node);
        if (before && (before.steps === 1 || before.side !== near1.side)) continue;
        found.set(node, { node, side: near1.side, steps: 2, ties: [...(before?.ties ?? []), tie] });
      }
  return [...found.values()].sort((a, b) => a.node - b.node);
}

/** What the note cites is before it, what cites the note after; a mere mention or comparison goes by the year. */
function sideOf(near: Near, node: number, ties: readonly Tie[], kinds: number): -1 | 1 {
  const built = ties.filter((tie) => tie.kinds & kinds & CITES || (tie.kinds & kinds & RELATION && !tie.compares));
  const way = built[0] ?? ties[0]!;
  if (!built.length && near.nodes[0]!.year && near.nodes[node]!.year !== near.nodes[0]!.year)
    return near.nodes[node]!.year < near.nodes[0]!.year ? -1 : 1;
  return way.from === 0 ? -1 : 1;
}

/** Whether a tie only mentions or compares: it is drawn less strongly. */
export function isLoose(tie: Tie, kinds: number): boolean {
  const kind = tie.kinds & kinds;
  return !(kind & CITES) && (!(kind & RELATION) || tie.compares);
}

export const KINDS: readonly (readonly [string, number])[] = [["cites", CITES], ["relation", RELATION], ["mention", MENTION]];
