// graph.json → an Atlas: works in columns of numbers, edges with both directions, ready to walk and to draw.

export const CITES = 1, RELATION = 2, MENTION = 4;
export const NOTED = 1, RECORDED = 2, FOREIGN = 4;

/** A lane or a column of the layout: where it begins and how far it reaches. */
export interface Band {
  readonly name: string;
  readonly title: string;
  readonly start: number;
  readonly length: number;
}

/** The edges at every node: those of node n are `edges[start[n]]` up to, not with, `edges[start[n + 1]]`. */
export interface Incidence {
  readonly start: Int32Array;
  readonly edges: Int32Array;
}

export interface Edges {
  readonly count: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly kinds: Uint8Array;
  /** Index into `relations`, or -1. */
  readonly reason: Int8Array;
}

export interface Atlas {
  readonly words: Readonly<Record<string, string>>;
  readonly topics: readonly Band[];
  readonly years: readonly Band[];
  readonly kinds: readonly { readonly name: string; readonly title: string }[];
  readonly relations: readonly { readonly name: string; readonly title: string; readonly compares: boolean }[];
  readonly count: number;
  readonly key: readonly string[];
  readonly title: readonly string[];
  readonly short: readonly string[];
  readonly label: readonly string[];
  readonly month: Int32Array;
  readonly topic: Int32Array;
  readonly kind: Int32Array;
  readonly flags: Uint8Array;
  readonly path: readonly string[];
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly edges: Edges;
  readonly outgoing: Incidence;
  readonly incoming: Incidence;
  /** How many works cite each. */
  readonly cited: Int32Array;
  /** What a search looks at, folded. */
  readonly text: readonly string[];
  readonly index: ReadonlyMap<string, number>;
}

interface Data {
  words: Record<string, string>;
  topics: [string, string, number, number][];
  years: [number, number, number][];
  kinds: [string, string][];
  relations: [string, string, number][];
  nodes: {
    key: string[];
    title: string[];
    short: (number | string)[];
    label: string[];
    month: number[];
    topic: number[];
    kind: number[];
    flags: number[];
    path: string[];
    also: string[];
    x: number[];
    y: number[];
  };
  cites: number[];
  relation: number[];
  mention: number[];
}

/** An address inside the site: this script lies two folders below its root. */
export function siteAddress(path: string): string {
  return new URL(`../../${path}`, import.meta.url).href;
}

export async function fetchAtlas(path: string): Promise<Atlas> {
  const response = await fetch(siteAddress(path));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return decode((await response.json()) as Data);
}

/** Case, accents and full-width forms do not matter in a search. */
export function fold(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

export function yearOf(atlas: Atlas, node: number): number {
  const month = atlas.month[node] ?? 0;
  return month ? Math.floor((month - 1) / 12) : 0;
}

export function decode(data: Data): Atlas {
  const { nodes } = data;
  const count = nodes.key.length;
  const edges = decodeEdges(data, count);
  const incoming = incidence(count, edges.to, edges.count);
  const cited = new Int32Array(count);
  for (let edge = 0; edge < edges.count; edge++)
    if (edges.kinds[edge]! & CITES) cited[edges.to[edge]!]!++;
  return {
    words: data.words,
    topics: data.topics.map(([name, title, start, length]) => ({ name, title, start, length })),
    years: data.years.map(([year, start, length]) => ({ name: String(year), title: year ? String(year) : "?", start, length })),
    kinds: data.kinds.map(([name, title]) => ({ name, title })),
    relations: data.relations.map(([name, title, compares]) => ({ name, title, compares: compares === 1 })),
    count,
    key: nodes.key,
    title: nodes.title,
    short: nodes.short.map((short, node) => shortName(nodes.title[node]!, short)),
    label: nodes.label,
    month: Int32Array.from(nodes.month),
    topic: Int32Array.from(nodes.topic),
    kind: Int32Array.from(nodes.kind),
    flags: Uint8Array.from(nodes.flags),
    path: nodes.path,
    x: Float32Array.from(nodes.x),
    y: Float32Array.from(nodes.y),
    edges,
    outgoing: incidence(count, edges.from, edges.count),
    incoming,
    cited,
    text: nodes.title.map((title, node) => fold(`${title}|${nodes.also[node]}|${nodes.label[node]}|${nodes.key[node]}`)),
    index: new Map(nodes.key.map((key, node) => [key, node])),
  };
}

function shortName(title: string, short: number | string): string {
  if (typeof short === "string") return short;
  const cut = [...title].slice(0, Math.abs(short)).join("");
  return short < 0 ? `${cut}…` : cut;
}

function decodeEdges(data: Data, count: number): Edges {
  const kinds = new Map<number, number>();
  const reasons = new Map<number, number>();
  const add = (from: number, to: number, kind: number) => {
    const pair = from * count + to;
    kinds.set(pair, (kinds.get(pair) ?? 0) | kind);
    return pair;
  };
  for (let i = 0; i < data.cites.length; i += 2) add(data.cites[i]!, data.cites[i + 1]!, CITES);
  for (let i = 0; i < data.relation.length; i += 3)
    reasons.set(add(data.relation[i]!, data.relation[i + 1]!, RELATION), data.relation[i + 2]!);
  for (let i = 0; i < data.mention.length; i += 2) add(data.mention[i]!, data.mention[i + 1]!, MENTION);
  const pairs = [...kinds.keys()];
  return {
    count: pairs.length,
    from: Int32Array.from(pairs, (pair) => Math.floor(pair / count)),
    to: Int32Array.from(pairs, (pair) => pair % count),
    kinds: Uint8Array.from(kinds.values()),
    reason: Int8Array.from(pairs, (pair) => reasons.get(pair) ?? -1),
  };
}

function incidence(count: number, ends: Int32Array, edgeCount: number): Incidence {
  const start = new Int32Array(count + 1);
  for (let edge = 0; edge < edgeCount; edge++) start[ends[edge]! + 1]!++;
  for (let node = 0; node < count; node++) start[node + 1]! += start[node]!;
  const next = start.slice();
  const edges = new Int32Array(edgeCount);
  for (let edge = 0; edge < edgeCount; edge++) edges[next[ends[edge]!]!++] = edge;
  return { start, edges };
}
