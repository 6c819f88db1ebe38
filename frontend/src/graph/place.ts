// Some works of an Atlas → places of their own on the same years and topics, wide enough for their names.

import { type Atlas, type Band, yearOf } from "./atlas";

/** Where works are drawn. `x` and `y` hold one place for every work of the atlas, also for those not drawn. */
export interface Map2D {
  readonly x: Float32Array;
  readonly y: Float32Array;
  readonly years: readonly Band[];
  readonly topics: readonly Band[];
  readonly width: number;
  readonly height: number;
  /** Pixels a unit at which names fit; 0 where they need not. */
  readonly readable: readonly [number, number];
}

export function wholeMap(atlas: Atlas): Map2D {
  const end = (bands: readonly Band[]) => Math.max(1, ...bands.map((band) => band.start + band.length));
  return {
    x: atlas.x,
    y: atlas.y,
    years: atlas.years,
    topics: atlas.topics,
    width: end(atlas.years),
    height: end(atlas.topics),
    readable: [0, 0],
  };
}

/**
 * A table of years and topics with only these works in it, each on a line of its own.
 *
 * A year with several generations in it has a column for each: what came of a work stands at its right.
 */
export function ownMap(atlas: Atlas, works: Iterable<number>, generation: (node: number) => number): Map2D {
  const nodes = [...works].sort((a, b) => a - b);
  const place = (node: number) => yearOf(atlas, node) * 1000 + 500 + Math.max(-499, Math.min(499, generation(node)));
  const columns = [...new Set(nodes.map(place))].sort((a, b) => a - b);
  const column = new Map(columns.map((at, i) => [at, i]));
  const cells = new Map<string, number[]>();
  const rows = new Map<number, number>();
  for (const node of nodes) {
    const topic = atlas.topic[node]!;
    const name = `${topic} ${place(node)}`;
    const cell = cells.get(name) ?? [];
    cell.push(node);
    cells.set(name, cell);
    rows.set(topic, Math.max(rows.get(topic) ?? 0, cell.length));
  }
  const topics: Band[] = [];
  let top = 0;
  for (const topic of [...rows.keys()].sort((a, b) => a - b)) {
    const length = rows.get(topic)!;
    topics.push({ ...atlas.topics[topic]!, start: top, length });
    top += length + 0.7;
  }
  const x = new Float32Array(atlas.count);
  const y = new Float32Array(atlas.count);
  const lane = new Map(topics.map((band) => [band.name, band]));
  for (const cell of cells.values()) {
    const band = lane.get(atlas.topics[atlas.topic[cell[0]!]!]!.name)!;
    cell.forEach((node, row) => {
      x[node] = column.get(place(node))! + 0.06;
      y[node] = band.start + (band.length - cell.length) / 2 + row + 0.5;
    });
  }
  const years: Band[] = [];
  columns.forEach((at, i) => {
    const year = Math.floor(at / 1000);
    const last = years.at(-1);
    if (last?.name === String(year)) years[years.length - 1] = { ...last, length: last.length + 1 };
    else years.push({ name: String(year), title: year ? String(year) : "?", start: i, length: 1 });
  });
  return {
    x,
    y,
    years,
    topics,
    width: columns.length,
    height: Math.max(1, top - 0.7),
    readable: [86, 20],
  };
}
