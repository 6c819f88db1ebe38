// An Atlas and what of it matters now → a picture on a canvas: lanes, years, edges, works, names.

import { type Atlas, NOTED, RELATION } from "./atlas";
import { Labels } from "./labels";
import type { Map2D } from "./place";
import type { Camera } from "./stage";

/** What a work is to the chosen one. */
export const enum Role {
  None,
  Near,
  Before,
  After,
  Beside,
  FarBefore,
  FarAfter,
  Path,
  Chosen,
}

/** What is to be drawn. Roles matter only while something is chosen. */
export interface Scene {
  readonly atlas: Atlas;
  map: Map2D;
  readonly visible: Uint8Array;
  readonly role: Uint8Array;
  /** The works of each role, those that matter most first, and the edges of each. */
  members: readonly (readonly number[])[];
  edges: readonly (readonly number[])[];
  chosen: boolean;
  /** Only works with a role are drawn. */
  only: boolean;
  hovered: number;
  kinds: number;
}

export interface Gutter {
  readonly left: number;
  readonly top: number;
}

type Palette = Record<"background" | "lane" | "line" | "text" | "muted" | "note" | "gap" | "before" | "after" | "path" | "beside" | "font", string>;

const DIM = 0.16;
const CHUNK = 250;
// While moving, more edges or works of a role than these are left out, or drawn more simply.
const FEW = 300;
// Among more works than these, names may lie on works without one.
const CROWD = 1500;

export function palette(host: HTMLElement): Palette {
  const style = getComputedStyle(host);
  const colour = (name: string) => style.getPropertyValue(`--pn-graph-${name}`).trim() || "#888";
  return {
    background: colour("background"),
    lane: colour("lane"),
    line: colour("line"),
    text: colour("text"),
    muted: colour("muted"),
    note: colour("note"),
    gap: colour("gap"),
    before: colour("before"),
    after: colour("after"),
    path: colour("path"),
    beside: colour("beside"),
    font: style.fontFamily,
  };
}

/** How large a work is drawn, in pixels: those that many cite are larger. */
export function radius(scene: Scene, node: number, camera: Camera): number {
  if (scene.map.readable[0]) return 4.5;
  const slot = Math.min(camera.scaleX * 1.5, camera.scaleY);
  return Math.max(1.1, Math.min(10, slot * Math.min(0.46, 0.2 + 0.045 * Math.log2(1 + scene.atlas.cited[node]!))));
}

export class Painter {
  /** Works by how much they matter, which decides who gets a name first. */
  readonly byWeight: Int32Array;

  constructor(
    private readonly scene: Scene,
    private readonly size: () => { width: number; height: number },
    private readonly gutter: () => Gutter,
    private readonly colours: () => Palette,
  ) {
    const { atlas } = scene;
    this.byWeight = Int32Array.from(atlas.key.keys()).sort(
      (a, b) => atlas.cited[b]! + 2 * (atlas.flags[b]! & NOTED) - atlas.cited[a]! - 2 * (atlas.flags[a]! & NOTED),
    );
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, moving: boolean): void {
    const colours = this.colours();
    const { width, height } = this.size();
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    this.drawLanes(context, camera, colours, width, height);
    if (!moving && !this.scene.chosen) this.drawAmbient(context, camera, colours);
    this.drawNodes(context, camera, colours, width, height, moving);
    this.drawEdges(context, camera, colours, moving);
    this.drawRoles(context, camera, colours, moving);
    this.drawLabels(context, camera, colours, width, height, moving);
    this.drawTitles(context, camera, colours, width, height);
  }

  private drawLanes(context: CanvasRenderingContext2D, camera: Camera, colours: Palette, width: number, height: number): void {
    const { topics, years } = this.scene.map;
    context.fillStyle = colours.lane;
    topics.forEach((band, i) => {
      const top = (band.start - 0.4) * camera.scaleY + camera.top;
      const tall = (band.length + 0.8) * camera.scaleY;
      if (i % 2 === 0 && top < height && top + tall > 0) context.fillRect(0, top, width, tall);
    });
    context.fillStyle = colours.line;
    for (const band of years) {
      const x = Math.round((band.start - (this.scene.map.readable[0] ? 0.02 : 0.45)) * camera.scaleX + camera.left);
      if (x > 0 && x < width) context.fillRect(x, 0, 1, height);
    }
  }

  /** Nothing is chosen: the claimed relations among the works in sight, faintly. */
  private drawAmbient(context: CanvasRenderingContext2D, camera: Camera, colours: Palette): void {
    const { atlas, map, visible, kinds } = this.scene;
    const { from, to, kinds: edgeKinds, count } = atlas.edges;
    const wanted = kinds & RELATION ? RELATION : kinds;
    context.strokeStyle = colours.muted;
    context.lineWidth = 0.6;
    context.globalAlpha = 0.28;
    let drawn = 0;
    context.beginPath();
    for (let edge = 0; edge < count; edge++) {
      const a = from[edge]!, b = to[edge]!;
      if (!(edgeKinds[edge]! & wanted) || !visible[a] || !visible[b]) continue;
      curve(context, map.x[b]! * camera.scaleX + camera.left, map.y[b]! * camera.scaleY + camera.top,
        map.x[a]! * camera.scaleX + camera.left, map.y[a]! * camera.scaleY + camera.top);
      if (++drawn % CHUNK === 0) {
        context.stroke();
        context.beginPath();
      }
    }
    context.stroke();
    context.globalAlpha = 1;
  }

  /** Works without a role: filled where they have a note, a ring where they have none. */
  private drawNodes(
    context: CanvasRenderingContext2D, camera: Camera, colours: Palette, width: number, height: number, moving: boolean,
  ): void {
    const { scene } = this;
    if (scene.only) return;
    const { atlas, map, visible, role } = scene;
    context.globalAlpha = scene.chosen ? DIM : 1;
    for (const noted of [0, NOTED]) {
      const ringed = !noted;
      // Squares are the cheapest thing to draw; small or moving, nobody can tell.
      const square = ringed ? 0.7 : 0.9;
      const squares = moving || radius(scene, this.byWeight[0] ?? 0, camera) < 1.6;
      context.fillStyle = ringed ? (squares ? colours.gap : colours.background) : colours.note;
      context.strokeStyle = colours.gap;
      context.lineWidth = 1.2;
      let pending = 0;
      context.beginPath();
      for (let node = 0; node < atlas.count; node++) {
        if (!visible[node] || (atlas.flags[node]! & NOTED) !== noted || (scene.chosen && role[node])) continue;
        const x = map.x[node]! * camera.scaleX + camera.left, y = map.y[node]! * camera.scaleY + camera.top;
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
        const r = radius(scene, node, camera);
        if (squares) {
          context.fillRect(x - r * square, y - r * square, 2 * r * square, 2 * r * square);
          continue;
        }
        context.moveTo(x + r, y);
        context.arc(x, y, r, 0, 2 * Math.PI);
        if (++pending % CHUNK === 0) {
          context.fill();
          if (ringed) context.stroke();
          context.beginPath();
        }
      }
      context.fill();
      if (ringed) context.stroke();
    }
    context.globalAlpha = 1;
  }

  private drawEdges(context: CanvasRenderingContext2D, camera: Camera, colours: Palette, moving: boolean): void {
    const { atlas, map, edges, chosen } = this.scene;
    if (!chosen) return;
    // Far ones first, so that near ones lie on top; while moving, only so many as a frame has time for.
    for (const role of [Role.FarBefore, Role.FarAfter, Role.Beside, Role.Before, Role.After, Role.Path]) {
      const far = isFar(role), own = edges[role]!;
      if (moving && own.length > FEW) continue;
      context.strokeStyle = roleColour(colours, role);
      context.globalAlpha = far ? (own.length > FEW ? 0.12 : 0.3) : own.length > FEW ? 0.4 : 0.85;
      context.setLineDash(role === Role.Beside ? [3, 3] : []);
      for (const claimed of [false, true]) {
        context.lineWidth = far ? 0.8 : role === Role.Path ? 2.5 : claimed ? 2 : 1;
        let pending = 0;
        context.beginPath();
        for (const edge of own) {
          if (((atlas.edges.kinds[edge]! & RELATION) !== 0) !== claimed) continue;
          const a = atlas.edges.from[edge]!, b = atlas.edges.to[edge]!;
          curve(context, map.x[b]! * camera.scaleX + camera.left, map.y[b]! * camera.scaleY + camera.top,
            map.x[a]! * camera.scaleX + camera.left, map.y[a]! * camera.scaleY + camera.top);
          if (++pending % CHUNK === 0) {
            context.stroke();
            context.beginPath();
          }
        }
        context.stroke();
      }
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  private drawRoles(context: CanvasRenderingContext2D, camera: Camera, colours: Palette, moving: boolean): void {
    const { atlas, map, members, visible, chosen, hovered } = this.scene;
    const { width, height } = this.size();
    if (chosen)
      for (const role of ROLES) {
        const colour = roleColour(colours, role);
        const own = members[role]!;
        context.strokeStyle = context.fillStyle = colour;
        context.lineWidth = 1.6;
        const squares = own.length > FEW && moving;
        for (const node of own) {
          const x = map.x[node]! * camera.scaleX + camera.left, y = map.y[node]! * camera.scaleY + camera.top;
          if (!visible[node] || x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
          const r = Math.max(isFar(role) ? 2.2 : 3.6, radius(this.scene, node, camera));
          const noted = (atlas.flags[node]! & NOTED) !== 0;
          if (squares) {
            if (noted) context.fillRect(x - r, y - r, 2 * r, 2 * r);
            else context.strokeRect(x - r * 0.8, y - r * 0.8, 1.6 * r, 1.6 * r);
          } else this.drawDot(context, x, y, r, noted ? colour : colours.background, colour, 1.6);
        }
      }
    const at = (node: number) => [map.x[node]! * camera.scaleX + camera.left, map.y[node]! * camera.scaleY + camera.top] as const;
    const around = (node: number, r: number) => {
      context.beginPath();
      context.arc(...at(node), r + 3.5, 0, 2 * Math.PI);
      context.lineWidth = 1.5;
      context.strokeStyle = colours.text;
      context.stroke();
    };
    for (const node of chosen ? members[Role.Chosen]! : []) {
      const r = Math.max(3.6, radius(this.scene, node, camera)) + 2.5;
      this.drawDot(context, ...at(node), r, atlas.flags[node]! & NOTED ? colours.text : colours.background, colours.text, 2.5);
      around(node, r);
    }
    if (hovered >= 0) around(hovered, Math.max(3.6, radius(this.scene, hovered, camera)));
  }

  private drawDot(context: CanvasRenderingContext2D, x: number, y: number, r: number, fill: string, line: string, width: number): void {
    context.beginPath();
    context.arc(x, y, r, 0, 2 * Math.PI);
    context.fillStyle = fill;
    context.fill();
    context.lineWidth = width;
    context.strokeStyle = line;
    context.stroke();
  }

  private drawLabels(
    context: CanvasRenderingContext2D, camera: Camera, colours: Palette, width: number, height: number, moving: boolean,
  ): void {
    const { scene } = this;
    const { atlas, map, members, visible } = scene;
    const gutter = this.gutter();
    const labels = new Labels(context, { left: gutter.left, top: gutter.top, right: width, bottom: height }, colours.background);
    const put = (node: number, font: string, colour: string, above = false) => {
      const x = map.x[node]! * camera.scaleX + camera.left, y = map.y[node]! * camera.scaleY + camera.top;
      const room = Math.max(3.6, radius(scene, node, camera));
      return labels.put(atlas.short[node]!, x, y, room, font, colour, above);
    };
    const avoid = (node: number, room: number) =>
      labels.avoid(map.x[node]! * camera.scaleX + camera.left, map.y[node]! * camera.scaleY + camera.top, room);
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
    for (const node of this.byWeight) {
      if (left <= 0 || tries-- <= 0) break;
      if (visible[node] && put(node, `11px ${colours.font}`, atlas.flags[node]! & NOTED ? colours.text : colours.muted)) left--;
    }
  }

  /** Topics at the left and years at the top, wherever one has moved to. */
  private drawTitles(context: CanvasRenderingContext2D, camera: Camera, colours: Palette, width: number, height: number): void {
    const { topics, years } = this.scene.map;
    const { left, top } = this.gutter();
    context.textBaseline = "middle";
    if (left) {
      context.fillStyle = colours.background;
      context.fillRect(0, 0, left, height);
    }
    context.fillStyle = colours.muted;
    context.textAlign = "left";
    context.font = `${left ? 12 : 10}px ${colours.font}`;
    let last = -Infinity;
    for (const band of topics) {
      const from = Math.max(top, band.start * camera.scaleY + camera.top);
      const to = Math.min(height, (band.start + band.length) * camera.scaleY + camera.top);
      const middle = left ? (from + to) / 2 : band.start * camera.scaleY + camera.top - 1;
      if (to - from < (left ? -2 : 2) || middle - last < 12 || middle < top) continue;
      last = middle;
      context.fillText(fitted(context, band.title, (left || width) - 12), 6, middle);
    }
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
}

/** From the least to the most. */
const ROLES = [Role.FarBefore, Role.FarAfter, Role.Beside, Role.Before, Role.After, Role.Path] as const;

function isFar(role: Role): boolean {
  return role === Role.FarBefore || role === Role.FarAfter;
}

function roleColour(colours: Palette, role: Role): string {
  if (role === Role.Before || role === Role.FarBefore) return colours.before;
  if (role === Role.After || role === Role.FarAfter) return colours.after;
  if (role === Role.Path) return colours.path;
  if (role === Role.Beside) return colours.beside;
  return colours.text;
}

/** From an older work to a newer one: level at both ends. */
function curve(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  const bend = Math.max(12, Math.abs(x2 - x1) / 2);
  context.moveTo(x1, y1);
  context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
}

function fitted(context: CanvasRenderingContext2D, text: string, room: number): string {
  if (context.measureText(text).width <= room) return text;
  let cut = [...text];
  while (cut.length > 1 && context.measureText(`${cut.join("")}…`).width > room) cut = cut.slice(0, -1);
  return `${cut.join("").trimEnd()}…`;
}
