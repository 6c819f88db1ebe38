// Names beside works, topics at the left, years at the top.

import { NOTED } from "./atlas";
import { Labels } from "./labels";
import type { Map2D } from "./place";
import { FEW, isFar, onScreen, type Pen, radius, Role, ROLES, type Scene } from "./scene";

// Among more works than these, names may lie on works without one.
const CROWD = 1500;

/** The names of works, those that matter most first, where there is room. */
export function drawNames(pen: Pen, scene: Scene, byWeight: Int32Array): void {
  const { context, camera, colours, width, height, gutter, moving } = pen;
  const { atlas, map, members, visible } = scene;
  const labels = new Labels(context, { left: gutter.left, top: gutter.top, right: width, bottom: height }, colours.background);
  // Without a column of their own, the topics' names lie in the map.
  if (!gutter.left)
    for (const [title, middle] of topicTitles(pen, map))
      labels.reserve({ left: 0, top: middle - 6, right: 12 + context.measureText(title).width, bottom: middle + 6 });
  const put = (node: number, font: string, colour: string, above = false) => {
    const [x, y] = onScreen(map, camera, node);
    const room = Math.max(3.6, radius(scene, node, camera));
    return labels.put(atlas.short[node]!, x, y, room, font, colour, above);
  };
  const avoid = (node: number, room: number) => labels.avoid(...onScreen(map, camera, node), room);
  if (scene.hovered >= 0) put(scene.hovered, `600 12px ${colours.font}`, colours.text);
  if (scene.chosen) {
    // The chosen one is named whatever its name covers.
    for (const node of members[Role.Chosen]!) if (node !== scene.hovered) put(node, `700 13px ${colours.font}`, colours.text, !map.readable[0]);
    for (const role of ROLES) for (const node of members[role]!.slice(0, isFar(role) ? 0 : FEW)) avoid(node, 5);
    let left = moving ? 30 : 160, tries = moving ? 60 : 500;
    for (const role of [Role.Path, Role.Before, Role.After, Role.Beside, Role.FarBefore, Role.FarAfter]) {
      const far = isFar(role);
      const font = far && !scene.only ? `11px ${colours.font}` : `12px ${colours.font}`;
      for (const node of members[role]!) {
        if (left <= 0 || tries-- <= 0) break;
        if (node !== scene.hovered && put(node, font, far ? colours.muted : colours.text)) left--;
      }
    }
    return;
  }
  if (moving) return;
  if (atlas.count < CROWD) for (let node = 0; node < atlas.count; node++) if (visible[node]) avoid(node, 3);
  let left = Math.min(140, (width * height) / 6000), tries = 1500;
  for (const node of byWeight) {
    if (left <= 0 || tries-- <= 0) break;
    if (visible[node] && put(node, `11px ${colours.font}`, atlas.flags[node]! & NOTED ? colours.text : colours.muted)) left--;
  }
}

/** Topics at the left and years at the top, wherever one has moved to. */
export function drawTitles(pen: Pen, map: Map2D): void {
  const { context, camera, colours, width, height } = pen;
  const { left, top } = pen.gutter;
  const { years } = map;
  context.textBaseline = "middle";
  if (left) {
    context.fillStyle = colours.background;
    context.fillRect(0, 0, left, height);
  }
  context.fillStyle = colours.muted;
  context.textAlign = "left";
  for (const [title, middle] of topicTitles(pen, map)) context.fillText(title, 6, middle);
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, top);
  context.fillStyle = colours.line;
  context.fillRect(0, top, width, 1);
  context.fillStyle = colours.muted;
  context.font = `12px ${colours.font}`;
  context.textAlign = "center";
  let end = -Infinity;
  for (const band of years) {
    const from = Math.max(left, band.start * camera.scaleX + camera.left);
    const to = Math.min(width, (band.start + band.length) * camera.scaleX + camera.left);
    const middle = (from + to) / 2;
    if (to - from < 4 || middle - 17 < end || middle < left + 17) continue;
    end = middle + 17;
    context.fillText(band.title, middle, top / 2);
  }
  context.textAlign = "left";
}

/** The names of the topics, as much of them as fits, and the middle of their lines. Sets the font. */
function topicTitles({ context, camera, colours, gutter, width, height }: Pen, { topics }: Map2D): [string, number][] {
  const { left, top } = gutter;
  const found: [string, number][] = [];
  context.font = `${left ? 12 : 10}px ${colours.font}`;
  let last = -Infinity;
  for (const band of topics) {
    const from = Math.max(top, band.start * camera.scaleY + camera.top);
    const to = Math.min(height, (band.start + band.length) * camera.scaleY + camera.top);
    const middle = left ? (from + to) / 2 : band.start * camera.scaleY + camera.top - 1;
    if (to - from < (left ? -2 : 2) || middle - last < 12 || middle < top) continue;
    last = middle;
    found.push([fitted(context, band.title, (left || width) - 12), middle]);
  }
  return found;
}

function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let cut = [...text];
  while (cut.length > 1 && context.measureText(`${cut.join("")}…`).width > room) cut = cut.slice(0, -1);
  return `${cut.join("").trimEnd()}…`;
}
