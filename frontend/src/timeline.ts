// The timeline: when works appeared, topic by topic, on a line of time that can be zoomed from decades to months.

import { type Atlas, NOTED, fetchAtlas, siteAddress } from "./graph/atlas";
import { element } from "./graph/element";
import { palette } from "./graph/paint";
import { type Actor, type Camera, Stage } from "./graph/stage";
import { type Moment, ROW, timeMap, type TimeMap } from "./graph/time";

const HEAD = 26, DOT = 4, RING = 3;
const MONTHS = 12;
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
    const { colours, map, stage } = this;
    const { width, height } = stage;
    context.fillStyle = colours.background;
    context.fillRect(0, 0, width, height);
    context.textBaseline = "middle";
    context.textAlign = "left";
    map.lanes.forEach((lane, i) => {
      if (i % 2) return;
      context.fillStyle = colours.lane;
      context.fillRect(0, lane.start - 5 + camera.top, width, lane.length + 10);
    });
    this.drawRuler(context, camera, false);
    for (const moment of map.moments) this.drawMoment(context, camera, moment, moving);
    this.drawTitles(context, camera);
    this.drawRuler(context, camera, true);
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

  private x(camera: Camera, month: number): number {
    return (month - this.map.first) * camera.scaleX + camera.left;
  }

  private gutter(): number {
    return this.stage.width >= 640 ? 132 : 0;
  }

  private drawMoment(context: CanvasRenderingContext2D, camera: Camera, moment: Moment, moving: boolean): void {
    const { colours, map, stage } = this;
    const { node, month, noted, until } = moment;
    const x = this.x(camera, month), y = moment.y + camera.top;
    if (x > stage.width || x < this.gutter() - 12 || y < HEAD || y > stage.height + ROW) return;
    const room = Math.min((until - month) * camera.scaleX, 320) - 2 * DOT - 6;
    const lit = map.moments[this.cursor] === moment;
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
    const text = this.fitted(context, node, room, lit);
    if (!text) return;
    context.fillStyle = lit ? colours.text : noted ? colours.text : colours.muted;
    context.fillText(text, x + DOT + 5, y);
  }

  private fitted(context: CanvasRenderingContext2D, node: number, room: number, bold: boolean): string {
    context.font = `${bold ? "600 " : ""}12px ${this.colours.font}`;
    const text = this.atlas.short[node]!;
    const width = context.measureText(text).width;
    if (width <= room) return text;
    // A name of which less than half would be left says nothing.
    const letters = Math.floor((text.length * room) / width) - 2;
    return letters < text.length / 2 || letters < 4 ? "" : `${text.slice(0, letters).trimEnd()}…`;
  }

  /** Years, and months where there is room; lines below everything, names above it. */
  private drawRuler(context: CanvasRenderingContext2D, camera: Camera, names: boolean): void {
    const { colours, map, stage } = this;
    const year = MONTHS * camera.scaleX;
    const every = [1, 2, 5, 10, 20].find((years) => years * year >= 42) ?? 50;
    if (names) {
      context.fillStyle = colours.background;
      context.fillRect(0, 0, stage.width, HEAD);
      context.fillStyle = colours.line;
      context.fillRect(0, HEAD, stage.width, 1);
    }
    context.font = `12px ${colours.font}`;
    const from = Math.floor((map.first - 1 - camera.left / camera.scaleX) / MONTHS), to = Math.ceil((map.first + (stage.width - camera.left) / camera.scaleX) / MONTHS);
    for (let at = from; at <= to; at++) {
      const x = Math.round(this.x(camera, at * MONTHS + 0.5));
      if (!names) {
        context.fillStyle = colours.line;
        if (at % every === 0) context.fillRect(x, 0, 1, stage.height);
        continue;
      }
      context.fillStyle = colours.text;
      if (at % every === 0 && x > this.gutter() - 5) context.fillText(String(at), x + 4, HEAD / 2);
      if (camera.scaleX < 34) continue;
      context.fillStyle = colours.muted;
      for (let month = 1; month < MONTHS; month++)
        context.fillText(this.months.format(Date.UTC(2000, month, 1)), this.x(camera, at * MONTHS + month + 0.6), HEAD / 2);
    }
  }

  private drawTitles(context: CanvasRenderingContext2D, camera: Camera): void {
    const { colours, map, stage } = this;
    const gutter = this.gutter();
    if (gutter) {
      context.fillStyle = colours.background;
      context.fillRect(0, 0, gutter - 6, stage.height);
    }
    context.font = `${gutter ? 12 : 10}px ${colours.font}`;
    context.fillStyle = colours.muted;
    for (const lane of map.lanes) {
      const top = lane.start + camera.top, bottom = top + lane.length;
      if (bottom < HEAD + 8 || top > stage.height) continue;
      const y = Math.min(bottom - 8, Math.max(top + (gutter ? ROW / 2 : -1), HEAD + 12));
      let title = lane.title;
      while (gutter && title.length > 1 && context.measureText(title).width > gutter - 14) title = `${title.slice(0, -2).trimEnd()}…`;
      context.fillText(title, 6, y);
    }
  }

  private momentAt(at: { x: number; y: number }): number {
    const { camera } = this.stage;
    let best = -1, least = Infinity;
    this.map.moments.forEach((moment, i) => {
      const dy = Math.abs(moment.y + camera.top - at.y);
      let dx = at.x - this.x(camera, moment.month);
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
    const x = this.x(stage.camera, moment.month), y = moment.y + stage.camera.top;
    const off = (value: number, low: number, high: number) => (value < low ? low - value : value > high ? high - value : 0);
    const dx = off(x, this.gutter() + 20, stage.width - 140), dy = off(y, HEAD + ROW, stage.height - ROW);
    if (dx || dy) stage.panBy(dx, dy);
  }

  private inSight(): number {
    const { camera, width } = this.stage;
    return Math.max(0, this.map.moments.findIndex(({ month }) => this.x(camera, month) > this.gutter() && this.x(camera, month) < width));
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
