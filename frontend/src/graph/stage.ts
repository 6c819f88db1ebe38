// A canvas that can be moved and zoomed by mouse, touch and keys, and is drawn anew only when something changed.

/** World → screen: `x * scaleX + left`, `y * scaleY + top`, in CSS pixels. */
export interface Camera {
  scaleX: number;
  scaleY: number;
  left: number;
  top: number;
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Actor {
  /** Draw everything; while `moving`, only what can be drawn in time. */
  draw(context: CanvasRenderingContext2D, camera: Camera, moving: boolean): void;
  /** The pointer is there (CSS pixels); nothing if it left. */
  hover(at: { x: number; y: number } | null): void;
  press(at: { x: number; y: number }, open: boolean): void;
  /** Whether a key was understood. */
  key(event: KeyboardEvent): boolean;
}

const SETTLED = 140, GLIDE = 260, CLICK = 5;

export class Stage {
  readonly canvas: HTMLCanvasElement;
  readonly camera: Camera = { scaleX: 1, scaleY: 1, left: 0, top: 0 };
  width = 0;
  height = 0;
  /** What can be seen at most, in the world, and the nearest that one can come (pixels a unit). */
  world: Box = { left: 0, top: 0, right: 1, bottom: 1 };
  closest = 60;
  /** Whether zooming keeps the height of things: for a line of time. */
  flat = false;
  private readonly context: CanvasRenderingContext2D;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private travelled = 0;
  private frame = 0;
  private settled = 0;
  private moving = false;
  private glide: { from: Camera; to: Camera; start: number } | null = null;

  constructor(
    private readonly host: HTMLElement,
    private readonly actor: Actor,
    private readonly resized: () => void,
  ) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "pn-stage__canvas";
    this.canvas.setAttribute("aria-hidden", "true");
    host.append(this.canvas);
    this.context = this.canvas.getContext("2d", { alpha: false })!;
    new ResizeObserver(() => this.measure()).observe(host);
    new MutationObserver(() => this.redraw()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    this.listen();
    this.measure();
  }

  /** Draw at the next frame. */
  redraw(moving = false): void {
    if (moving) {
      this.moving = true;
      clearTimeout(this.settled);
      this.settled = window.setTimeout(() => {
        this.moving = false;
        this.redraw();
      }, SETTLED);
    }
    this.frame ||= requestAnimationFrame((now) => this.paint(now));
  }

  /** Draw now, and say how long that took: for measuring. */
  paintNow(moving: boolean): number {
    const start = performance.now();
    this.actor.draw(this.context, this.camera, moving);
    // Reading a pixel makes the browser finish what it was told to draw.
    this.context.getImageData(0, 0, 1, 1);
    return performance.now() - start;
  }

  panBy(dx: number, dy: number): void {
    this.glide = null;
    this.camera.left += dx;
    this.camera.top += this.flat && this.fits() ? 0 : dy;
    this.confine();
    this.redraw(true);
  }

  zoomBy(factor: number, x = this.width / 2, y = this.height / 2): void {
    this.glide = null;
    const { camera } = this;
    const nearest = this.closest / camera.scaleX;
    const farthest = (this.width * 0.9) / (this.world.right - this.world.left) / camera.scaleX;
    const by = Math.min(nearest, Math.max(Math.min(1, farthest), factor));
    camera.left = x - (x - camera.left) * by;
    camera.scaleX *= by;
    if (!this.flat) {
      camera.top = y - (y - camera.top) * by;
      camera.scaleY *= by;
    }
    this.confine();
    this.redraw(true);
  }

  /** Look at a part of the world, gently where the reader allows motion. */
  lookAt(to: Camera, glide: boolean): void {
    if (!glide || matchMedia("(prefers-reduced-motion: reduce)").matches) {
      Object.assign(this.camera, to);
      this.confine();
      this.redraw();
    } else {
      this.glide = { from: { ...this.camera }, to, start: performance.now() };
      this.redraw(true);
    }
  }

  private fits(): boolean {
    return (this.world.bottom - this.world.top) * this.camera.scaleY <= this.height;
  }

  /** Keep some of the world in sight. */
  private confine(): void {
    const { camera, world } = this;
    const margin = Math.min(160, this.width / 3);
    const clamp = (value: number, low: number, high: number) => Math.max(Math.min(low, high), Math.min(Math.max(low, high), value));
    camera.left = clamp(camera.left, margin - world.right * camera.scaleX, this.width - margin - world.left * camera.scaleX);
    camera.top = this.flat
      ? Math.min(-world.top * camera.scaleY, Math.max(camera.top, this.height - world.bottom * camera.scaleY))
      : clamp(camera.top, margin / 2 - world.bottom * camera.scaleY, this.height - margin / 2 - world.top * camera.scaleY);
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.host;
    if (!clientWidth || (clientWidth === this.width && clientHeight === this.height)) return;
    this.width = clientWidth;
    this.height = clientHeight;
    const ratio = Math.min(2, devicePixelRatio || 1);
    this.canvas.width = Math.round(clientWidth * ratio);
    this.canvas.height = Math.round(clientHeight * ratio);
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.resized();
    this.redraw();
  }

  private paint(now: number): void {
    this.frame = 0;
    if (this.glide) {
      const { from, to, start } = this.glide;
      const share = Math.min(1, (now - start) / GLIDE);
      const eased = 1 - (1 - share) ** 3;
      for (const name of ["scaleX", "scaleY", "left", "top"] as const)
        this.camera[name] = from[name] + (to[name] - from[name]) * eased;
      if (share === 1) this.glide = null;
      else this.redraw(true);
    }
    this.actor.draw(this.context, this.camera, this.moving);
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private listen(): void {
    const { canvas, host } = this;
    canvas.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      canvas.setPointerCapture(event.pointerId);
      this.pointers.set(event.pointerId, this.at(event));
      this.travelled = 0;
    });
    canvas.addEventListener("pointermove", (event) => this.move(event));
    const release = (event: PointerEvent) => {
      if (this.pointers.delete(event.pointerId) && event.type === "pointerup" && this.travelled < CLICK)
        this.actor.press(this.at(event), event.ctrlKey || event.metaKey);
    };
    canvas.addEventListener("pointerup", release);
    canvas.addEventListener("pointercancel", release);
    canvas.addEventListener("pointerleave", () => this.actor.hover(null));
    canvas.addEventListener("dblclick", (event) => this.actor.press(this.at(event), true));
    // The wheel scrolls the page, unless the reader is at work here.
    host.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey && document.activeElement !== host) return;
        event.preventDefault();
        const { x, y } = this.at(event);
        this.zoomBy(Math.exp(-event.deltaY * (event.ctrlKey ? 0.01 : 0.002)), x, y);
      },
      { passive: false },
    );
    host.addEventListener("keydown", (event) => {
      if (event.target === host && !event.altKey && (this.actor.key(event) || this.steer(event))) event.preventDefault();
    });
  }

  private move(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    const now = this.at(event);
    if (!before) {
      if (event.pointerType !== "touch") this.actor.hover(now);
      return;
    }
    this.travelled += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId);
    this.pointers.set(event.pointerId, now);
    const other = others[0]?.[1];
    if (!other) {
      if (this.travelled >= CLICK) this.panBy(now.x - before.x, now.y - before.y);
      return;
    }
    // Two fingers: the middle between them pans, their distance zooms.
    const distance = (point: { x: number; y: number }) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
    this.panBy((now.x - before.x) / 2, (now.y - before.y) / 2);
    this.zoomBy(distance(now) / distance(before), (now.x + other.x) / 2, (now.y + other.y) / 2);
  }

  private steer(event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    const by = 90;
    const pans: Record<string, [number, number]> = {
      ArrowLeft: [by, 0],
      ArrowRight: [-by, 0],
      ArrowUp: [0, by],
      ArrowDown: [0, -by],
    };
    const pan = pans[event.key];
    if (pan) this.panBy(...pan);
    else if (event.key === "+" || event.key === "=") this.zoomBy(1.4);
    else if (event.key === "-") this.zoomBy(1 / 1.4);
    else return false;
    return true;
  }
}
