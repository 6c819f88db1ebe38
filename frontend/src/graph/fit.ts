// A scene and the room for it → where to look: at all of it, or as near as what matters has use for.

import { type Gutter, isFar, Role, type Scene } from "./scene";
import type { Camera } from "./stage";

/** Where to look, and how near one may come (pixels a unit). */
export interface View {
  readonly camera: Camera;
  readonly closest: number;
}

/** The widest and the highest that a work with its name needs to be, in pixels. */
const WIDEST = 240, HIGHEST = 46, LANE_HIGHEST = 34, NEAREST = 3.5, NAME = 150;

export function fitted(scene: Scene, gutter: Gutter, width: number, height: number, chosen: number): View {
  const { map } = scene;
  const wide = width - gutter.left - 24, high = height - gutter.top - 24;
  if (map.readable[0]) return { camera: table(scene, gutter, wide, high, chosen), closest: 400 };
  const all = { scaleX: wide / map.width, scaleY: high / map.height, left: gutter.left + 12, top: gutter.top + 12 };
  const part = scene.chosen || scene.visible.includes(0);
  return { camera: part ? around(scene, all, wide, high) : all, closest: Math.max(60, all.scaleX * 8) };
}

/** A table with room for names; where it is larger than the screen, the chosen work is in the middle. */
function table(scene: Scene, gutter: Gutter, wide: number, high: number, chosen: number): Camera {
  const { map } = scene;
  const [roomX, roomY] = map.readable;
  const scaleX = Math.max(roomX, Math.min(WIDEST, wide / map.width));
  const scaleY = Math.max(roomY * 0.9, Math.min(HIGHEST, high / map.height));
  const start = (place: number, room: number, length: number) =>
    length <= room ? 10 : 10 + Math.min(0, Math.max(room - length, room / 2 - place));
  return {
    scaleX,
    scaleY,
    left: gutter.left + start(map.x[chosen]! * scaleX, wide, map.width * scaleX),
    top: gutter.top + start(map.y[chosen]! * scaleY, high, map.height * scaleY),
  };
}

/** A chosen work and all next to it, or else the works shown. */
function around(scene: Scene, all: Camera, wide: number, high: number): Camera {
  const { map, role, chosen, visible } = scene;
  let [west, north, east, south] = [Infinity, Infinity, -Infinity, -Infinity];
  role.forEach((own: Role, node) => {
    if (chosen ? own === Role.None || isFar(own) : !visible[node]) return;
    west = Math.min(west, map.x[node]!);
    east = Math.max(east, map.x[node]!);
    north = Math.min(north, map.y[node]!);
    south = Math.max(south, map.y[node]!);
  });
  if (east < west) return all;
  const name = Math.min(NAME, wide / 4);
  const across = (wide - name) / ((east - west + 1) * all.scaleX), down = (high - 30) / ((south - north + 1) * all.scaleY);
  const zoom = Math.max(1, Math.min(NEAREST, across, down));
  const scaleX = all.scaleX * zoom;
  // A topic alone has all the height for itself.
  const scaleY = Math.max(all.scaleY * zoom, chosen ? 0 : Math.min(LANE_HIGHEST, (0.8 * high) / (south - north + 1)));
  const centred = all.left + (wide - name) / 2 - ((west + east) / 2) * scaleX;
  return {
    scaleX,
    scaleY,
    left: Math.max(centred, all.left + 12 - west * scaleX),
    top: all.top + high / 2 - ((north + south) / 2) * scaleY,
  };
}
