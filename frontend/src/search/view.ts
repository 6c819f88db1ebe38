// Hits → elements of the page. Everything from the index is text, never markup.

import type { Piece } from "./bigrams";
import type { Hit, Said } from "./engine";

type Child = Node | string | false | undefined;

/** An element with attributes and children; what is false or undefined is left out. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string | false | undefined>> = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "string") made.setAttribute(key, value);
  }
  made.append(...children.filter((child): child is Node | string => child !== undefined && child !== false));
  return made;
}

/** Text with what was found marked. */
export function pieces(parts: readonly Piece[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(...parts.map((part) => (part.found ? element("mark", {}, part.text) : part.text)));
  return fragment;
}

/** A hit as an item of a list: its title leads to the page, each passage to its section. */
export function item(hit: Hit, said: Said, most: number): HTMLLIElement {
  const foreign = hit.lang !== said.lang;
  const name = foreign && said.languages.find((other) => other.lang === hit.lang)?.name;
  const kind = said.words[`kind_${hit.kind}`] ?? hit.kind;
  const about = [kind, hit.year, hit.topics, hit.status === "unwritten" && said.words["status_unwritten"]];
  const passages = hit.passages.slice(0, most);
  const byPeople = hit.kind === "entry" || hit.people.some((part) => part.found);
  const link = element("a", { class: "pn-hit__title", href: hit.address }, pieces(hit.title));
  return element(
    "li",
    { class: "pn-hit", lang: foreign ? hit.lang : undefined },
    link,
    element(
      "p",
      { class: "pn-hit__about" },
      about.filter(Boolean).join(" · "),
      name && element("span", { class: "pn-hit__lang", lang: hit.lang }, name),
    ),
    byPeople && element("p", { class: "pn-hit__people" }, pieces(shortened(hit.people))),
    ...passages.map((passage) =>
      element(
        "p",
        { class: "pn-hit__passage" },
        passage.heading !== "" && element("a", { href: passage.address }, passage.heading),
        passage.heading !== "" && " ",
        pieces(passage.excerpt),
      ),
    ),
    passages.length === 0 && hit.summary.length > 0 && element("p", { class: "pn-hit__passage" }, pieces(hit.summary)),
  );
}

/** The people around those who were found. */
function shortened(people: readonly Piece[]): Piece[] {
  const names: Piece[][] = [[]];
  for (const part of people) {
    part.text.split(" · ").forEach((text, index) => {
      if (index > 0) names.push([]);
      if (text) names.at(-1)?.push({ text, found: part.found });
    });
  }
  const shown = names.filter((name, index) => index < 3 || name.some((part) => part.found));
  const listed = shown.flatMap((name, index) => (index > 0 ? [{ text: ", ", found: false }, ...name] : name));
  return shown.length < names.length ? [...listed, { text: " …", found: false }] : listed;
}

/** A phrase with a value set into it. */
export function phrase(said: Said, name: string, values: Readonly<Record<string, string>> = {}): string {
  return (said.words[name] ?? name).replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? "");
}

/** How many were found, in words. */
export function counted(said: Said, count: number, query: string): string {
  if (count === 0) return query ? phrase(said, "search_none", { query }) : "";
  return count === 1 ? phrase(said, "search_one") : phrase(said, "search_many", { count: String(count) });
}
