// Works → places on a line of time: a lane for each topic, with rows for notes and their names, and below them the gaps.

import { type Atlas, type Band, NOTED } from "./atlas";

/** A work on the line: `month` counts from year 0, `y` is the middle of its row in pixels. */
export interface Moment {
  readonly node: number;
  readonly month: number;
  readonly y: number;
  readonly noted: boolean;
  /** The month of the next work in its row: so far its name may reach. */
  readonly until: number;
}

export interface TimeMap {
  readonly moments: readonly Moment[];
  /** Lanes in pixels. */
  readonly lanes: readonly Band[];
  readonly height: number;
  readonly first: number;
  readonly last: number;
}

export const ROW = 21;
const GAP_ROW = 13, BETWEEN = 10, GAP_ROOM = 1.5;

/** Place every work that is shown; the name of one with a note takes about `room` months. */
export function timeMap(atlas: Atlas, shows: (node: number) => boolean, room: number): TimeMap {
  const lanes: Band[] = [];
  const moments: Moment[] = [];
  const nodes = [...atlas.key.keys()].filter((node) => atlas.month[node]! > 0 && shows(node));
  const noted = nodes.filter((node) => atlas.flags[node]! & NOTED);
  // Where only works without a note are shown, theirs are the names to be read.
  const named = noted.length ? NOTED : 0;
  let top = 0;
  atlas.topics.forEach((topic, number) => {
    const members = nodes.filter((node) => atlas.topic[node] === number);
    if (!members.length) return;
    const main = members.filter((node) => (atlas.flags[node]! & NOTED) === named);
    const rest = members.filter((node) => (atlas.flags[node]! & NOTED) !== named);
    let length = 0;
    for (const [group, months, tall] of [[main, room, ROW], [rest, GAP_ROOM, GAP_ROW]] as const)
      for (const row of rows(atlas, group, months)) {
        row.forEach((node, i) =>
          moments.push({
            node, month: atlas.month[node]!, y: top + length + tall / 2, noted: (atlas.flags[node]! & NOTED) !== 0,
            until: i + 1 < row.length ? atlas.month[row[i + 1]!]! : Infinity,
          }));
        length += tall;
      }
    lanes.push({ ...topic, start: top, length });
    top += length + BETWEEN;
  });
  const months = moments.map(({ month }) => month);
  return { moments, lanes, height: Math.max(ROW, top - BETWEEN), first: Math.min(...months, Infinity), last: Math.max(...months, -Infinity) };
}

/** As few rows as keep works so many months apart, each from old to new. */
function rows(atlas: Atlas, nodes: readonly number[], room: number): number[][] {
  const found: number[][] = [];
  for (const node of [...nodes].sort((a, b) => atlas.month[a]! - atlas.month[b]! || atlas.cited[b]! - atlas.cited[a]! || a - b)) {
    const month = atlas.month[node]!;
    const free = found.find((row) => month - atlas.month[row.at(-1)!]! >= room);
    if (free) free.push(node);
    else found.push([node]);
  }
  return found;
}
