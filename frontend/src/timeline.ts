// The timeline: when works appeared, topic by topic, on a line of time that can be zoomed from decades to months.

import { type Atlas, NOTED, fetchAtlas, siteAddress } from "./graph/atlas";
import { element } from "./graph/element";
import { palette, type Pen } from "./graph/scene";
import { type Actor, type Camera, Stage } from "./graph/stage";
import { ROW, timeMap, type TimeMap } from "./graph/time";
import { DOT, drawTime, HEAD, MONTHS, placeOf } from "./graph/timepaint";

// Pixels that a name asks for, and those behind the newest work.
const NAME = 118, TAIL = 120;

class Timeline implements Actor {
  private readonly stage: Stage;
  private readonly frame: HTMLElement;
  private readonly topic: HTMLSelectElement;
  private readonly having: HTMLSelectElement;
  private readonly tip = element("div", { class: "pn-stage__tip", hidden: true });
  private readonly status = element("p", { class: "pn-graph__status", role: "status" });
  private readonly months: Intl.DateTimeFormat;
  private map: TimeMap;
  private shows: (node: number) => boolean = () => true;
  private cursor = -1;
  private colours: ReturnType<typeof palette>;

  constructor(host: HTMLElement, private readonly atlas: Atlas) {
    const { words } = atlas;
    this.months = new Intl.DateTimeFormat(document.documentElement.lang || "en", { month: "short", timeZone: "UTC" });
    this.map = timeMap(atlas, () => true, MONTHS);
    this.topic = element("select", { change: () => this.filter() }, element("option", { value: "" }, words["all_topics"]!),
      ...atlas.topics.map(({ name, title }) => element("option", { value: name || "-" }, title)));
    this.having = element("select", { change: () => this.filter() },
      ...([["", "all_works"], ["note", "with_note"], ["gap", "without_note"]] as const).map(([value, name]) => element("option", { value }, words[name]!)));
    this.frame = element("div", { class: "pn-stage", tabindex: 0, role: "application", "aria-label": words["timeline"], "aria-describedby": "pn-timeline-keys" });
    const choice = (label: string, select: HTMLElement) => element("label", { class: "pn-graph__choice" }, element("span", {}, label), select);
    const button = (sign: string, label: string, press: () => void) => element("button", { type: "button", title: label, "aria-label": label, click: press }, sign);
    host.replaceChildren(
      element("div", { class: "pn-graph__controls", role: "group", "aria-label": words["controls"] },
        choice(words["topic"]!, this.topic), choice(words["having"]!, this.having)),
      element("div", { class: "pn-stage__frame" }, this.frame,
        element("div", { class: "pn-stage__zoom" },
          button("+", words["zoom_in"]!, () => this.stage.zoomBy(1.6)),
          button("−", words["zoom_out"]!, () => this.stage.zoomBy(1 / 1.6)),
          button("⤢", words["fit"]!, () => this.fit(true))),
        this.tip),
      element("p", { class: "pn-graph__keys", id: "pn-timeline-keys" }, words["timeline_keys"]!),
      this.status);
    this.readAddress();
    this.colours = palette(this.frame);
    new MutationObserver(() => (this.colours = palette(this.frame))).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.stage = new Stage(this.frame, this, () => this.fit(false));
    this.stage.flat = true;
    this.stage.closest = 90;
    addEventListener("hashchange", () => {
      if (!host.isConnected) return;
      this.readAddress();
      this.fit(false);
    });
    this.fit(false);
  }

  draw(context: CanvasRenderingContext2D, camera: Camera, moving: boolean): void {
    const { map, stage, atlas, colours } = this;
    const { width, height } = stage;
    const pen: Pen = { context, camera, colours, width, height, gutter: { left: this.gutter(), top: HEAD }, moving };
    drawTime(pen, atlas, map, this.cursor, this.months);
  }

  hover(at: { x: number; y: number } | null): void {
    const found = at ? this.momentAt(at) : -1;
    this.frame.classList.toggle("pn-stage--hit", found >= 0);
    this.point(found, at);
  }

  press(at: { x: number; y: number }): void {
    this.frame.focus({ preventScroll: true });
    const found = this.momentAt(at);
    if (found >= 0) this.open(found);
  }

  key(event: KeyboardEvent): boolean {
    if (event.key === "Enter" && this.cursor >= 0) this.open(this.cursor);
    else if (event.key === "0") this.fit(true);
    else if (event.key.startsWith("Arrow") && !event.shiftKey) this.walk(event.key);
    else return false;
    return true;
  }

  private gutter(): number {
    return this.stage.width >= 640 ? 132 : 0;
  }

  private momentAt(at: { x: number; y: number }): number {
    const { camera } = this.stage;
    let best = -1, least = Infinity;
    this.map.moments.forEach((moment, i) => {
      const dy = Math.abs(moment.y + camera.top - at.y);
      let dx = at.x - placeOf(this.map, camera, moment.month);
      const name = Math.min(140, (moment.until - moment.month) * camera.scaleX - 2 * DOT);
      if (dx > 0 && camera.scaleX > 4) dx = Math.max(0, dx - name);
      const cost = Math.abs(dx) + dy;
      if (dy <= (moment.noted ? ROW / 2 : 7) && Math.abs(dx) < 9 && cost < least) [best, least] = [i, cost];
    });
    return best;
  }

  private point(found: number, at: { x: number; y: number } | null): void {
    const { atlas, stage } = this;
    this.tip.hidden = found < 0 || !at;
    if (found >= 0 && at) {
      const { node } = this.map.moments[found]!;
      this.tip.replaceChildren(element("strong", {}, atlas.title[node]!), element("small", {}, this.said(node)));
      const right = at.x > stage.width / 2;
      this.tip.style.left = right ? "" : `${at.x + 14}px`;
      this.tip.style.right = right ? `${stage.width - at.x + 14}px` : "";
      this.tip.style.top = `${at.y + 14}px`;
    }
    if (found === this.cursor) return;
    this.cursor = found;
    stage.redraw();
  }

  /** Authors, month, and whether there is a note. */
  private said(node: number): string {
    const { atlas } = this;
    const month = atlas.month[node]! - 1;
    const date = `${Math.floor(month / MONTHS)}-${String((month % MONTHS) + 1).padStart(2, "0")}`;
    return [atlas.label[node], date, atlas.topics[atlas.topic[node]!]!.title, atlas.flags[node]! & NOTED ? "" : atlas.words["gap"]].filter(Boolean).join(" · ");
  }

  /** The keyboard: left and right through time in a lane's row order, up and down to the next row. */
  private walk(key: string): void {
    const { map, stage } = this;
    const { moments } = map;
    if (!moments.length) return;
    const here = moments[this.cursor];
    let next = -1;
    if (!here) next = this.inSight();
    else {
      let least = Infinity;
      moments.forEach((moment, i) => {
        const dx = (moment.month - here.month) * Math.max(1, stage.camera.scaleX), dy = moment.y - here.y;
        const [along, aside] = key === "ArrowLeft" ? [-dx, dy] : key === "ArrowRight" ? [dx, dy] : key === "ArrowUp" ? [-dy, dx] : [dy, dx];
        const cost = along + 2.5 * Math.abs(aside);
        if (along > 0 && cost < least) [next, least] = [i, cost];
      });
    }
    if (next < 0) return;
    this.point(next, null);
    const moment = moments[next]!;
    this.status.textContent = `${this.atlas.title[moment.node]!}, ${this.said(moment.node)}`;
    const x = placeOf(this.map, stage.camera, moment.month), y = moment.y + stage.camera.top;
    const off = (value: number, low: number, high: number) => (value < low ? low - value : value > high ? high - value : 0);
    const dx = off(x, this.gutter() + 20, stage.width - 140), dy = off(y, HEAD + ROW, stage.height - ROW);
    if (dx || dy) stage.panBy(dx, dy);
  }

  private inSight(): number {
    const { camera, width } = this.stage;
    return Math.max(0, this.map.moments.findIndex(({ month }) => placeOf(this.map, camera, month) > this.gutter() && placeOf(this.map, camera, month) < width));
  }

  private open(found: number): void {
    location.assign(siteAddress(this.atlas.path[this.map.moments[found]!.node]!));
  }

  private readAddress(): void {
    const values = new URLSearchParams(location.hash.slice(1));
    this.topic.value = values.get("topic") ?? "";
    this.having.value = values.get("having") ?? "";
    this.remap();
  }

  private filter(): void {
    const values = [["topic", this.topic.value], ["having", this.having.value]].filter(([, value]) => value) as [string, string][];
    history.replaceState(history.state, "", values.length ? `#${new URLSearchParams(values)}` : location.pathname + location.search);
    this.remap();
    this.fit(false);
  }

  private remap(): void {
    const { atlas } = this;
    const topic = this.topic.value, having = this.having.value;
    this.cursor = -1;
    this.shows = (node) =>
      (!topic || (atlas.topics[atlas.topic[node]!]!.name || "-") === topic)
      && (!having || (having === "note") === ((atlas.flags[node]! & NOTED) !== 0));
  }

  /** All of it; or the years in which most happened, with what came before a move to the left away. */
  private fit(all: boolean): void {
    const { atlas, stage } = this;
    if (!stage || !stage.width) return;
    const months = [...atlas.key.keys()].filter((node) => atlas.month[node] && this.shows(node)).map((node) => atlas.month[node]!).sort((a, b) => a - b);
    const first = months[0] ?? 0, last = months.at(-1) ?? 0;
    const busy = all ? first : (months[Math.floor(months.length * 0.06)] ?? 0);
    const room = stage.width - this.gutter() - TAIL;
    const scaleX = Math.min(stage.closest, Math.max(0.4, room / Math.max(6, last - busy + 1)));
    if (!all) this.map = timeMap(atlas, this.shows, NAME / scaleX);
    // Few works need no tall drawing.
    this.frame.parentElement!.style.height = `min(70vh, 36rem, ${Math.max(220, this.map.height + HEAD + 70)}px)`;
    stage.world = { left: 0, top: -HEAD - 8, right: last - first + 1 + TAIL / scaleX, bottom: this.map.height + 8 };
    stage.lookAt({ scaleX, scaleY: 1, left: this.gutter() + 16 - (busy - first) * scaleX, top: HEAD + 8 }, all);
  }
}

export function start(hosts: readonly HTMLElement[]): void {
  for (const host of hosts) {
    if (host.dataset["pnReady"]) continue;
    host.dataset["pnReady"] = "true";
    fetchAtlas(host.dataset["pnData"]!)
      .then((atlas) => new Timeline(host, atlas))
      .catch((error: unknown) => host.replaceChildren(element("p", { role: "alert" }, String(error))));
  }
}
