// An arrow key → the work that lies that way.

import type { Map2D } from "./place";
import type { Camera } from "./stage";

const WAYS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function isArrow(key: string): boolean {
  return key in WAYS;
}

/** The nearest work in a direction, those straight ahead first; -1 if there is none. */
export function ahead(map: Map2D, camera: Camera, nodes: Iterable<number>, from: number, key: string): number {
  const [wayX, wayY] = WAYS[key]!;
  let best = -1, least = Infinity;
  for (const node of nodes) {
    const dx = (map.x[node]! - map.x[from]!) * camera.scaleX, dy = (map.y[node]! - map.y[from]!) * camera.scaleY;
    const along = dx * wayX + dy * wayY, aside = Math.abs(dx * wayY) + Math.abs(dy * wayX);
    if (node === from || along < 1) continue;
    const cost = along + 2.5 * aside;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}
