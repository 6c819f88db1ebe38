// Names beside works, each where it covers no other.

import type { Box } from "./stage";

const LINE = 14;

/** Puts names one after the other; those that find no room are left out. */
export class Labels {
  private readonly taken: Box[] = [];

  constructor(
    private readonly context: CanvasRenderingContext2D,
    private readonly bounds: Box,
    private readonly halo: string,
  ) {
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.lineJoin = "round";
  }

  /** Keep names off a work. */
  avoid(x: number, y: number, room: number): void {
    this.taken.push({ left: x - room, top: y - room, right: x + room, bottom: y + room });
  }

  /** Keep names off a text. */
  reserve(box: Box): void {
    this.taken.push(box);
  }

  /** Put a name at the right of a place, or left, above or below it; `above` first if that is asked. Whether there was room. */
  put(text: string, x: number, y: number, room: number, font: string, colour: string, above = false): boolean {
    const { context, bounds } = this;
    if (x < bounds.left - 4 || x > bounds.right || y < bounds.top || y > bounds.bottom) return false;
    context.font = font;
    const width = context.measureText(text).width;
    const gap = room + 4;
    const places: [number, number][] = [
      [x + gap, y],
      [x - gap - width, y],
      [x - width / 2, y - room - LINE / 2 - 1],
      [x - width / 2, y + room + LINE / 2 + 1],
      [x + gap, y - LINE * 0.6],
      [x + gap, y + LINE * 0.6],
    ];
    if (above) places.unshift(...places.splice(2, 2));
    for (const [left, middle] of places) {
      const box = { left: left - 1, top: middle - LINE / 2, right: left + width + 2, bottom: middle + LINE / 2 };
      if (box.left < bounds.left || box.right > bounds.right || box.top < bounds.top || box.bottom > bounds.bottom) continue;
      if (this.taken.some((other) => overlap(box, other))) continue;
      this.taken.push(box);
      context.strokeStyle = this.halo;
      context.lineWidth = 3;
      context.strokeText(text, left, middle);
      context.fillStyle = colour;
      context.fillText(text, left, middle);
      return true;
    }
    return false;
  }
}

function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
