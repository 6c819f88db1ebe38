// A field that finds works by any of their names, as a combobox with a list below it.

import { type Atlas, fold } from "./atlas";
import { element } from "./element";

const MOST = 9;
let made = 0;

/** The works whose title, alias, authors or citekey hold all words, the best first: whole words at the start of a title. */
export function find(atlas: Atlas, query: string): number[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  const scored: { node: number; score: number }[] = [];
  for (let node = 0; node < atlas.count; node++) {
    const text = atlas.text[node]!;
    if (!words.every((word) => text.includes(word))) continue;
    const short = fold(atlas.short[node]!);
    const query = words.join(" ");
    const score = short === query ? 4 : text.startsWith(query) || text.includes(`|${query}`) ? 3 : text.includes(` ${query}`) ? 2 : 1;
    scored.push({ node, score: score * 1000 + Math.min(999, atlas.cited[node]!) + 500 * (atlas.flags[node]! & 1) });
  }
  return scored.sort((a, b) => b.score - a.score || a.node - b.node).slice(0, MOST).map(({ node }) => node);
}

export interface Finder {
  readonly element: HTMLElement;
  /** Show the work in the field, or nothing. */
  show(node: number): void;
}

export function finder(atlas: Atlas, label: string, chosen: (node: number) => void): Finder {
  const id = `pn-finder-${++made}`;
  const list = element("ul", { class: "pn-finder__list", id: `${id}-list`, role: "listbox", "aria-label": label, hidden: true });
  const input = element("input", {
    class: "pn-finder__input", id, type: "search", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": `${id}-list`, "aria-autocomplete": "list",
  });
  let found: number[] = [];
  let active = -1;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };
  const choose = (node: number) => {
    input.value = node < 0 ? "" : atlas.short[node]!;
    close();
    chosen(node);
  };
  const activate = (to: number) => {
    active = (to + found.length) % found.length;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
    list.children[active]?.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", `${id}-${active}`);
  };
  const open = () => {
    found = find(atlas, input.value);
    list.replaceChildren(
      ...found.map((node, i) =>
        element(
          "li",
          { role: "option", id: `${id}-${i}`, "aria-selected": "false", pointerdown: (event) => { event.preventDefault(); choose(node); } },
          atlas.title[node]!,
          element("small", {}, atlas.label[node]!),
        ),
      ),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    active = -1;
  };
  input.addEventListener("input", () => (input.value ? open() : choose(-1)));
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) open();
      if (found.length) activate(active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1));
    } else if (event.key === "Enter" && !list.hidden) choose(found[Math.max(0, active)]!);
    else if (event.key === "Escape" && !list.hidden) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    element: element("div", { class: "pn-finder" }, element("label", { for: id }, label), input, list),
    show: (node) => {
      input.value = node < 0 ? "" : atlas.short[node]!;
    },
  };
}
