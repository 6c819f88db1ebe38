// A TimeMap → a picture on a canvas: lanes, years and months, works with their names.

import type { Atlas } from "./atlas";
import type { Pen } from "./scene";
import type { Camera } from "./stage";
import { type Moment, ROW, type TimeMap } from "./time";

export const HEAD = 26, DOT = 4, MONTHS = 12;
const RING = 3;

/** Where a month is on the screen. */
export function placeOf(map: TimeMap, camera: Camera, month: number): number {
  return (month - map.first) * camera.scaleX + camera.left;
}

/** Draw lanes, works and ruler; `cursor` is the moment that is pointed at. */
export function drawTime(pen: Pen, atlas: Atlas, map: TimeMap, cursor: number, months: Intl.DateTimeFormat): void {
  const { context, camera, colours, width, height } = pen;
  context.fillStyle = colours.background;
  context.fillRect(0, 0, width, height);
  context.textBaseline = "middle";
  context.textAlign = "left";
  map.lanes.forEach((lane, i) => {
    if (i % 2) return;
    context.fillStyle = colours.lane;
    context.fillRect(0, lane.start - 5 + camera.top, width, lane.length + 10);
  });
  drawRuler(pen, map, months, false);
  map.moments.forEach((moment, i) => drawMoment(pen, atlas, map, moment, i === cursor));
  drawTitles(pen, map);
  drawRuler(pen, map, months, true);
}

function drawMoment(pen: Pen, atlas: Atlas, map: TimeMap, moment: Moment, lit: boolean): void {
  const { context, camera, colours, moving } = pen;
  const { node, month, noted, until } = moment;
  const x = placeOf(map, camera, month), y = moment.y + camera.top;
  if (x > pen.width || x < pen.gutter.left - 12 || y < HEAD || y > pen.height + ROW) return;
  const room = Math.min((until - month) * camera.scaleX, 320, pen.width - x) - 2 * DOT - 6;
  context.beginPath();
  context.arc(x, y, (noted ? DOT : RING) + (lit ? 2 : 0), 0, 2 * Math.PI);
  context.fillStyle = noted || lit ? (lit ? colours.after : colours.note) : colours.background;
  context.fill();
  if (!noted) {
    context.strokeStyle = lit ? colours.after : colours.gap;
    context.lineWidth = 1.3;
    context.stroke();
  }
  if (room < 22 || (moving && room < 60)) return;
  const text = fitted(pen, atlas.short[node]!, room, lit);
  if (!text) return;
  context.fillStyle = lit ? colours.text : noted ? colours.text : colours.muted;
  context.fillText(text, x + DOT + 5, y);
}

/** As much of a name as fits; nothing if that is too little. */
function fitted({ context, colours }: Pen, text: string, room: number, bold: boolean): string {
  context.font = `${bold ? "600 " : ""}12px ${colours.font}`;
  const width = context.measureText(text).width;
  if (width <= room) return text;
  // A name of which less than half would be left says nothing.
  const letters = Math.floor((text.length * room) / width) - 2;
  return letters < text.length / 2 || letters < 4 ? "" : `${text.slice(0, letters).trimEnd()}…`;
}

/** Years, and months where there is room; lines below everything, names above it. */
function drawRuler(pen: Pen, map: TimeMap, months: Intl.DateTimeFormat, names: boolean): void {
  const { context, camera, colours, width, height } = pen;
  const year = MONTHS * camera.scaleX;
  const every = [1, 2, 5, 10, 20].find((years) => years * year >= 42) ?? 50;
  if (names) {
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, HEAD);
    context.fillStyle = colours.line;
    context.fillRect(0, HEAD, width, 1);
  }
  context.font = `12px ${colours.font}`;
  const from = Math.floor((map.first - 1 - camera.left / camera.scaleX) / MONTHS), to = Math.ceil((map.first + (width - camera.left) / camera.scaleX) / MONTHS);
  for (let at = from; at <= to; at++) {
    const x = Math.round(placeOf(map, camera, at * MONTHS + 0.5));
    if (!names) {
      context.fillStyle = colours.line;
      if (at % every === 0) context.fillRect(x, 0, 1, height);
      continue;
    }
    context.fillStyle = colours.text;
    if (at % every === 0 && x > pen.gutter.left - 5) context.fillText(String(at), x + 4, HEAD / 2);
    if (camera.scaleX < 34) continue;
    context.fillStyle = colours.muted;
    for (let month = 1; month < MONTHS; month++)
      context.fillText(months.format(Date.UTC(2000, month, 1)), placeOf(map, camera, at * MONTHS + month + 0.6), HEAD / 2);
  }
}

function drawTitles(pen: Pen, map: TimeMap): void {
  const { context, camera, colours, height } = pen;
  const gutter = pen.gutter.left;
  if (gutter) {
    context.fillStyle = colours.background;
    context.fillRect(0, 0, gutter - 6, height);
  }
  context.font = `${gutter ? 12 : 10}px ${colours.font}`;
  context.fillStyle = colours.muted;
  for (const lane of map.lanes) {
    const top = lane.start + camera.top, bottom = top + lane.length;
    if (bottom < HEAD + 8 || top > height) continue;
    const y = Math.min(bottom - 8, Math.max(top + (gutter ? ROW / 2 : -1), HEAD + 12));
    let title = lane.title;
    while (gutter && title.length > 1 && context.measureText(title).width > gutter - 14) title = `${title.slice(0, -2).trimEnd()}…`;
    context.fillText(title, 6, y);
  }
}
