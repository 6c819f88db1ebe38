// Citations and links to notes → cards that say what they lead to, by mouse, keyboard and touch.

/** What a card shows; texts as the site's data files have them. */
interface Card {
  readonly title: string;
  readonly authors?: string;
  readonly where?: string;
  readonly summary?: string;
  readonly state?: string;
  readonly note?: boolean;
}

const NAME = /^[\p{L}\p{N}._/-]+$/u;
const OPEN_AFTER = 180;
const CLOSE_AFTER = 220;
const MARGIN = 8;

const cards = new Map<string, Promise<Card | null>>();
let shown: { readonly link: HTMLElement; readonly box: HTMLElement } | null = null;
let wanted: HTMLElement | null = null;
let timer = 0;
let byTouch = false;

/** Give every link its card. */
export function start(links: readonly HTMLElement[]): void {
  for (const link of links) {
    if (link.dataset["pnCarded"] !== undefined) continue;
    link.dataset["pnCarded"] = "";
    link.addEventListener("pointerenter", (event) => {
      if (event.pointerType === "mouse") later(() => void show(link), OPEN_AFTER);
    });
    link.addEventListener("pointerleave", (event) => {
      if (event.pointerType === "mouse") later(hide, CLOSE_AFTER);
    });
    link.addEventListener("pointerdown", (event) => {
      byTouch = event.pointerType !== "mouse";
    });
    link.addEventListener("focus", () => {
      if (link.matches(":focus-visible")) void show(link);
    });
    link.addEventListener("blur", (event) => {
      // A card must not lie over what has the focus next, unless that is in the card.
      const next = event.relatedTarget as Node | null;
      if (next && !shown?.box.contains(next)) hide();
      else later(hide, CLOSE_AFTER);
    });
    // A finger cannot point without touching: the first touch shows the card, which has the link too.
    link.addEventListener("click", (event) => {
      if (!byTouch || shown?.link === link || !isPlain(event)) return;
      event.preventDefault();
      void show(link).then((there) => {
        if (!there) location.assign((link as HTMLAnchorElement).href);
      });
    });
  }
}

document.addEventListener("keydown", (event) => {
  byTouch = false;
  if (event.key === "Escape" && shown) {
    event.stopPropagation();
    hide();
  }
});
document.addEventListener("pointerdown", (event) => {
  const target = event.target as Node;
  if (shown && !shown.box.contains(target) && !shown.link.contains(target)) hide();
});
window.addEventListener("resize", hide);
// What is drawn late above a link moves it, and its card goes along.
new ResizeObserver(() => {
  if (shown) place(shown.box, shown.link);
}).observe(document.body);

function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
}

function later(then: () => void, wait: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(then, wait);
}

/** Show the card of a link; whether there is one. */
async function show(link: HTMLElement): Promise<boolean> {
  window.clearTimeout(timer);
  if (shown?.link === link) return true;
  wanted = link;
  const card = await fetched(link.dataset["pnCard"] ?? "");
  if (wanted !== link) return true;
  hide();
  if (card === null) return false;
  const box = drawn(card, link as HTMLAnchorElement);
  (link.closest("main") ?? document.body).append(box);
  place(box, link);
  link.setAttribute("aria-describedby", box.id);
  shown = { link, box };
  return true;
}

function hide(): void {
  window.clearTimeout(timer);
  wanted = null;
  shown?.link.removeAttribute("aria-describedby");
  shown?.box.remove();
  shown = null;
}

function fetched(name: string): Promise<Card | null> {
  const base = document.querySelector<HTMLMetaElement>('meta[name="pn-cards"]')?.content;
  if (base === undefined || !NAME.test(name) || name.includes("..")) return Promise.resolve(null);
  let card = cards.get(name);
  if (card === undefined) {
    card = fetch(new URL(`${base.replace(/\/?$/, "/")}${name}.json`, location.href))
      .then((answer) => (answer.ok ? (answer.json() as Promise<Card>) : null))
      .catch(() => null);
    cards.set(name, card);
  }
  return card;
}

function drawn(card: Card, link: HTMLAnchorElement): HTMLElement {
  const box = document.createElement("div");
  box.className = "pn-card";
  box.id = "pn-card";
  box.lang = document.documentElement.lang;
  add(box, "pn-card__title", card.title);
  add(box, "pn-card__by", [card.authors, card.where].filter(Boolean).join(" · "));
  add(box, "pn-card__summary", card.summary);
  const state = add(box, "pn-card__state", card.state);
  if (!card.note) state?.classList.add("pn-card__state--gap");
  if (byTouch) {
    const open = document.createElement("a");
    open.className = "pn-card__open";
    open.href = link.href;
    open.textContent = `${link.textContent?.trim() ?? ""} →`;
    box.append(open);
  }
  box.addEventListener("pointerenter", () => {
    window.clearTimeout(timer);
  });
  box.addEventListener("pointerleave", (event) => {
    if (event.pointerType === "mouse") later(hide, CLOSE_AFTER);
  });
  return box;
}

function add(box: HTMLElement, name: string, text: string | undefined): HTMLElement | null {
  if (!text) return null;
  const paragraph = document.createElement("p");
  paragraph.className = name;
  paragraph.textContent = text;
  box.append(paragraph);
  return paragraph;
}

/** Below the link's line if there is room, else above it; always inside the window's width. */
function place(box: HTMLElement, link: HTMLElement): void {
  const line = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(line.left, document.documentElement.clientWidth - box.offsetWidth - MARGIN));
  const below = line.bottom + MARGIN / 2;
  const above = line.top - box.offsetHeight - MARGIN / 2;
  const fits = below + box.offsetHeight <= window.innerHeight || above < 0;
  box.style.left = `${left + window.scrollX}px`;
  box.style.top = `${(fits ? below : above) + window.scrollY}px`;
}
