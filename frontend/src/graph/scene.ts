// What there is to draw: works and edges with their roles, where they stand, in which colours, and how large.

import type { Atlas } from "./atlas";
import type { Map2D } from "./place";
import type { Camera } from "./stage";

/** What a work is to the chosen one. */
export const enum Role {
  None,
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

/** The colours of the scheme, as the style sheet has them, and the page's font. */
export type Palette = Record<"background" | "lane" | "line" | "text" | "muted" | "note" | "gap" | "before" | "after" | "path" | "beside" | "font", string>;

// While moving, more edges or works of a role than these are left out, or drawn more simply.
export const FEW = 300;

/** All that drawing needs to know besides the scene. */
export interface Pen {
  readonly context: CanvasRenderingContext2D;
  readonly camera: Camera;
  readonly colours: Palette;
  readonly width: number;
  readonly height: number;
  readonly gutter: Gutter;
  readonly moving: boolean;
}

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

/** From the least to the most. */
export const ROLES = [Role.FarBefore, Role.FarAfter, Role.Beside, Role.Before, Role.After, Role.Path] as const;

export function isFar(role: Role): boolean {
  return role === Role.FarBefore || role === Role.FarAfter;
}

export function roleColour(colours: Palette, role: Role): string {
  if (role === Role.Before || role === Role.FarBefore) return colours.before;
  if (role === Role.After || role === Role.FarAfter) return colours.after;
  if (role === Role.Path) return colours.path;
  if (role === Role.Beside) return colours.beside;
  return colours.text;
}

/** Where a work is on the screen. */
export function onScreen(map: Map2D, camera: Camera, node: number): readonly [number, number] {
  return [map.x[node]! * camera.scaleX + camera.left, map.y[node]! * camera.scaleY + camera.top];
}
