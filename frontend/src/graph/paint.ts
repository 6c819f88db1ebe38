// A scene → a picture on a canvas: lanes, years, edges, works, and names over them.

import { NOTED, RELATION } from "./atlas";
import { drawNames, drawTitles } from "./names";
import { FEW, type Gutter, isFar, onScreen, type Palette, type Pen, radius, Role, roleColour, ROLES, type Scene } from "./scene";
import type { Camera } from "./stage";

const DIM = 0.16;
const CHUNK = 250;

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
    const pen: Pen = { context, camera, colours, width, height, gutter: this.gutter(), moving };
    context.globalAlpha = 1;
    context.setLineDash([]);
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    this.drawLanes(pen);
    if (!moving && !this.scene.chosen) this.drawAmbient(pen);
    this.drawNodes(pen);
    this.drawEdges(pen);
    this.drawRoles(pen);
    drawNames(pen, this.scene, this.byWeight);
    drawTitles(pen, this.scene.map);
  }

  private drawLanes({ context, camera, colours, width, height }: Pen): void {
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
  private drawAmbient({ context, camera, colours }: Pen): void {
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
  private drawNodes({ context, camera, colours, width, height, moving }: Pen): void {
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

  private drawEdges({ context, camera, colours, moving }: Pen): void {
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

  private drawRoles({ context, camera, colours, width, height, moving }: Pen): void {
    const { atlas, map, members, visible, chosen, hovered } = this.scene;
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
    const at = (node: number) => onScreen(map, camera, node);
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
}

/** From an older work to a newer one: level at both ends. */
function curve(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  const bend = Math.max(12, Math.abs(x2 - x1) / 2);
  context.moveTo(x1, y1);
  context.bezierCurveTo(x1 + bend, y1, x2 - bend, y2, x2, y2);
}
