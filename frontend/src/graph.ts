// The graph explorer: every work by year and topic, and for a chosen one what it builds on, what came of it, what is missing.

import { type Atlas, NOTED, fetchAtlas, siteAddress } from "./graph/atlas";
import { type Controls, controls } from "./graph/controls";
import { element } from "./graph/element";
import { fitted } from "./graph/fit";
import { ahead, isArrow } from "./graph/keys";
import { Painter } from "./graph/paint";
import { Panel } from "./graph/panel";
import { ownMap, wholeMap } from "./graph/place";
import { type Gutter, palette, radius, Role, type Scene } from "./graph/scene";
import { type Actor, type Camera, Stage } from "./graph/stage";
import { readState, type State, writeState } from "./graph/state";
import { type Lineage, lineage, pathBetween, type Scope, type Step } from "./graph/walk";

const REACH = 14;

class Explorer implements Actor {
  private readonly scene: Scene;
  private readonly stage: Stage;
  private readonly painter: Painter;
  private readonly panel: Panel;
  private readonly controls: Controls;
  private readonly frame: HTMLElement;
  private readonly tip = element("div", { class: "pn-stage__tip", hidden: true });
  private readonly status = element("p", { class: "pn-graph__status", role: "status" });
  private state: State;
  private scope: Scope;
  /** How many steps a work is before (negative) or after the chosen one, or along a path. */
  private generation: ReadonlyMap<number, number> = new Map();
  private colours: ReturnType<typeof palette>;

  constructor(host: HTMLElement, private readonly atlas: Atlas) {
    const { words } = atlas;
    this.state = readState(location.hash);
    this.scope = { kinds: this.state.kinds, shows: () => true };
    this.scene = {
      atlas, map: wholeMap(atlas), visible: new Uint8Array(atlas.count).fill(1), role: new Uint8Array(atlas.count),
      members: [], edges: [], chosen: false, only: false, hovered: -1, kinds: this.state.kinds,
    };
    this.panel = new Panel(atlas, (node) => this.choose(node));
    this.controls = controls(atlas, (patch) => this.change(patch));
    this.frame = element("div", { class: "pn-stage", tabindex: 0, role: "application", "aria-label": words["drawing"], "aria-describedby": "pn-graph-keys" });
    const zoom = element("div", { class: "pn-stage__zoom" },
      this.button("+", words["zoom_in"]!, () => this.stage.zoomBy(1.5)),
      this.button("−", words["zoom_out"]!, () => this.stage.zoomBy(1 / 1.5)),
      this.button("⤢", words["fit"]!, () => this.fit(true)));
    const legend = element("p", { class: "pn-graph__legend" },
      ...(["note", "gap", "before", "after", "path"] as const).map((name) =>
        element("span", {}, element("i", { class: `pn-graph__key pn-graph__key--${name}` }), words[`legend_${name}`]!)));
    host.replaceChildren(
      this.controls.element,
      element("div", { class: "pn-graph__main" },
        element("div", { class: "pn-graph__map" }, element("div", { class: "pn-stage__frame" }, this.frame, zoom, this.tip), legend,
          element("p", { class: "pn-graph__keys", id: "pn-graph-keys" }, words["keys"]!), this.status),
        this.panel.element));
    this.colours = palette(this.frame);
    new MutationObserver(() => (this.colours = palette(this.frame))).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.painter = new Painter(this.scene, () => this.stage, () => this.gutter(), () => this.colours);
    this.stage = new Stage(this.frame, this, () => this.fit(false));
    for (const event of ["hashchange", "popstate"])
      addEventListener(event, () => host.isConnected && this.apply(readState(location.hash), true));
    this.apply(this.state, false);
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, moving: boolean): void {
    this.painter.draw(context, camera, moving);
  }

  hover(at: { x: number; y: number } | null): void {
    const node = at ? this.nodeAt(at) : -1;
    this.frame.classList.toggle("pn-stage--hit", node >= 0);
    this.point(node, at);
  }

  press(at: { x: number; y: number }, open: boolean): void {
    const node = this.nodeAt(at);
    this.frame.focus({ preventScroll: true });
    if (node < 0) return;
    if (open) this.open(node);
    else this.choose(node);
  }

  key(event: KeyboardEvent): boolean {
    const { scene } = this;
    const cursor = scene.hovered >= 0 ? scene.hovered : this.chosen();
    if (isArrow(event.key) && !event.shiftKey) {
      const next = cursor < 0 ? this.first() : ahead(scene.map, this.stage.camera, this.shown(), cursor, event.key);
      if (next >= 0) this.walkTo(next);
    } else if (event.key === "Enter" && cursor >= 0) {
      if (cursor === this.chosen()) this.open(cursor);
      else this.choose(cursor);
    } else if (event.key === "o" && cursor >= 0) this.open(cursor);
    else if (event.key === "0") this.fit(true);
    else if (event.key === "Escape" && this.state.work) this.change({ work: "", to: "" });
    else return false;
    return true;
  }

  private button(sign: string, label: string, press: () => void): HTMLElement {
    return element("button", { type: "button", title: label, "aria-label": label, click: press }, sign);
  }

  private gutter(): Gutter {
    return { left: this.stage.width >= 640 ? 132 : 0, top: 24 };
  }

  private chosen(): number {
    return this.atlas.index.get(this.state.work) ?? -1;
  }

  /** The works that can be seen and picked. */
  private *shown(): Generator<number> {
    const { visible, role, only } = this.scene;
    for (let node = 0; node < this.atlas.count; node++) if (only ? role[node] : visible[node]) yield node;
  }

  private first(): number {
    let best = -1;
    for (const node of this.shown()) if (best < 0 || this.atlas.cited[node]! > this.atlas.cited[best]!) best = node;
    return best;
  }

  private nodeAt(at: { x: number; y: number }): number {
    const { map } = this.scene;
    const { camera } = this.stage;
    let best = -1, least = REACH ** 2;
    for (const node of this.shown()) {
      let dx = map.x[node]! * camera.scaleX + camera.left - at.x;
      // Where names have room of their own, a name is as good as its work.
      if (map.readable[0] && dx < 0) dx = Math.min(0, dx + 120);
      const distance = dx ** 2 + (map.y[node]! * camera.scaleY + camera.top - at.y) ** 2;
      if (distance < least && distance < Math.max(36, (radius(this.scene, node, camera) + 5) ** 2)) [best, least] = [node, distance];
    }
    return best;
  }

  private point(node: number, at: { x: number; y: number } | null): void {
    const { atlas } = this;
    this.tip.hidden = node < 0 || !at;
    if (node >= 0 && at) {
      this.tip.replaceChildren(element("strong", {}, atlas.title[node]!), element("small", {}, atlas.label[node]!,
        atlas.flags[node]! & NOTED ? "" : ` · ${atlas.words["gap"]!}`));
      const right = at.x > this.stage.width / 2;
      this.tip.style.left = right ? "" : `${at.x + 14}px`;
      this.tip.style.right = right ? `${this.stage.width - at.x + 14}px` : "";
      this.tip.style.top = `${at.y + 14}px`;
    }
    if (node === this.scene.hovered) return;
    this.scene.hovered = node;
    this.stage.redraw();
  }

  /** Move the keyboard's cursor, say where it is, and keep it in sight. */
  private walkTo(node: number): void {
    const { atlas, scene, stage } = this;
    this.point(node, null);
    this.status.textContent = [atlas.title[node], atlas.label[node], atlas.flags[node]! & NOTED ? "" : atlas.words["gap"]].filter(Boolean).join(", ");
    const x = scene.map.x[node]! * stage.camera.scaleX + stage.camera.left, y = scene.map.y[node]! * stage.camera.scaleY + stage.camera.top;
    const { left, top } = this.gutter();
    const off = (value: number, low: number, high: number) => (value < low ? low - value : value > high ? high - value : 0);
    const dx = off(x, left + 40, stage.width - 150), dy = off(y, top + 30, stage.height - 30);
    if (dx || dy) stage.panBy(dx, dy);
    else stage.redraw();
  }

  private open(node: number): void {
    location.assign(siteAddress(this.atlas.path[node]!));
  }

  private choose(node: number): void {
    this.change({ work: this.atlas.key[node]!, to: "" });
  }

  private change(patch: Partial<State>): void {
    const state = { ...this.state, ...patch };
    const address = writeState(state) || location.pathname + location.search;
    if ("work" in patch || "to" in patch) history.pushState(history.state, "", address);
    else history.replaceState(history.state, "", address);
    this.apply(state, true);
  }

  /** Make everything show a state. */
  private apply(state: State, glide: boolean): void {
    const before = this.state;
    const { atlas, scene } = this;
    this.state = state;
    this.filter(state);
    scene.hovered = -1;
    this.tip.hidden = true;
    const chosen = this.chosen();
    const other = atlas.index.get(state.to) ?? -1;
    scene.role.fill(Role.None);
    scene.chosen = chosen >= 0;
    scene.only = state.only && chosen >= 0;
    scene.edges = [];
    if (chosen < 0) this.panel.showNothing(state, this.scope);
    else if (other >= 0) this.showPath(pathBetween(atlas, chosen, other, this.scope), chosen, other);
    else this.showLineage(lineage(atlas, chosen, state.steps || Infinity, this.scope));
    scene.members = this.members();
    scene.map = scene.only ? ownMap(atlas, this.shown(), (node) => this.generation.get(node) ?? 0) : wholeMap(atlas);
    this.controls.show(state);
    const same = (["work", "to", "only", "steps", "topic", "kind", "having"] as const).every((name) => before[name] === state[name]);
    if (!same || !glide) this.fit(glide && before.only === state.only);
    this.stage.redraw();
  }

  private filter(state: State): void {
    const { atlas, scene } = this;
    for (let node = 0; node < atlas.count; node++) {
      const topic = !state.topic || (atlas.topics[atlas.topic[node]!]!.name || "-") === state.topic;
      const kind = !state.kind || atlas.kinds[atlas.kind[node]!]!.name === state.kind;
      const having = !state.having || (state.having === "note") === ((atlas.flags[node]! & NOTED) !== 0);
      scene.visible[node] = Number(topic && kind && having);
    }
    scene.kinds = state.kinds;
    this.scope = { kinds: state.kinds, shows: (node) => scene.visible[node] === 1 };
  }

  /** The works of each role, those first that get a name first. */
  private members(): number[][] {
    const { role } = this.scene;
    const members = lists();
    for (const node of this.painter.byWeight) if (role[node]) members[role[node]!]!.push(node);
    return members;
  }

  private showLineage(found: Lineage): void {
    const { role } = this.scene;
    const edges = lists();
    for (const node of [...found.compared, ...found.mentions, ...found.mentionedBy]) role[node] = Role.Beside;
    for (const [node, distance] of found.after) role[node] = distance === 1 ? Role.After : Role.FarAfter;
    for (const [node, distance] of found.before) role[node] = distance === 1 ? Role.Before : Role.FarBefore;
    role[found.of] = Role.Chosen;
    const { from, to } = this.atlas.edges;
    this.generation = new Map([...[...found.before].map(([node, steps]) => [node, -steps] as const), ...found.after]);
    for (const edge of found.edgesBeside) edges[Role.Beside]!.push(edge);
    for (const edge of found.edgesBefore) edges[from[edge] === found.of ? Role.Before : Role.FarBefore]!.push(edge);
    for (const edge of found.edgesAfter) edges[to[edge] === found.of ? Role.After : Role.FarAfter]!.push(edge);
    this.scene.edges = edges;
    this.panel.showLineage(found, this.state, this.scope);
    const { words } = this.atlas;
    this.status.textContent = `${this.atlas.title[found.of]!}. ${words["builds_on"]!}: ${found.before.size}. ${words["came_of_it"]!}: ${found.after.size}.`;
  }

  private showPath(steps: readonly Step[], from: number, to: number): void {
    const { role } = this.scene;
    const edges = lists();
    for (const { node, edge } of steps) {
      role[node] = Role.Path;
      if (edge >= 0) edges[Role.Path]!.push(edge);
    }
    this.scene.edges = edges;
    this.generation = new Map(steps.map(({ node }, i) => [node, steps[0]!.node > steps.at(-1)!.node ? -i : i]));
    role[from] = role[to] = Role.Chosen;
    this.panel.showPath(steps, this.state, from, to);
    this.status.textContent = steps.length ? steps.map(({ node }) => this.atlas.short[node]!).join(" → ") : this.atlas.words["no_path"]!;
  }

  /** Look at all of it, or at what matters. */
  private fit(glide: boolean): void {
    const { scene, stage } = this;
    if (!stage || !stage.width) return;
    const view = fitted(scene, this.gutter(), stage.width, stage.height, Math.max(0, this.chosen()));
    stage.world = { left: 0, top: 0, right: scene.map.width, bottom: scene.map.height };
    stage.closest = view.closest;
    stage.lookAt(view.camera, glide);
  }

  /** For benchmarks: how many milliseconds a frame takes while everything moves. */
  measure(frames: number): number[] {
    return Array.from({ length: frames }, (_, i) => {
      this.stage.camera.left += i % 2 ? 3 : -3;
      return this.stage.paintNow(true);
    });
  }
}

/** A list for each role. */
function lists(): number[][] {
  return Array.from({ length: Role.Chosen + 1 }, () => []);
}

export function start(hosts: readonly HTMLElement[]): void {
  for (const host of hosts) {
    if (host.dataset["pnReady"]) continue;
    host.dataset["pnReady"] = "true";
    fetchAtlas(host.dataset["pnData"]!)
      .then((atlas) => {
        const explorer = new Explorer(host, atlas);
        Object.assign(host, { explorer });
      })
      .catch((error: unknown) => host.replaceChildren(element("p", { role: "alert" }, String(error))));
  }
}
