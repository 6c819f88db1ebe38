// What the engine found in a page → what to show of it: in which language, which passages, and how much it answers.

import { indexWords, isHan, readable, readableText, spokenWords, stem, type Piece } from "./bigrams";
import { marked } from "./pattern";

/** What the search says in the language of the page, and how the site is laid out. */
export interface Said {
  readonly lang: string;
  readonly languages: readonly { readonly lang: string; readonly name: string; readonly root: string }[];
  readonly topics: Readonly<Record<string, string>>;
  readonly words: Readonly<Record<string, string>>;
}

/** What was found in one passage of a page. */
export interface Passage {
  readonly heading: string;
  readonly address: string;
  readonly excerpt: readonly Piece[];
}

/** A page that was found, in the language in which to show it. */
export interface Hit {
  readonly lang: string;
  readonly address: string;
  readonly title: readonly Piece[];
  readonly summary: readonly Piece[];
  readonly people: readonly Piece[];
  readonly topics: string;
  readonly kind: string;
  readonly year: string;
  readonly status: string;
  readonly passages: readonly Passage[];
  /** Whether the query is all that the page is called: 2 its title, 1 another name of it, 0 neither. */
  readonly exact: number;
}

/** The values of facets that a reader has chosen. */
export type Chosen = Readonly<Record<string, readonly string[]>>;

/** A record of the index as the engine gives it; places are counted in words. */
export interface Fragment {
  readonly raw_url?: string;
  readonly url: string;
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly anchors: readonly { readonly id: string; readonly text: string; readonly location: number }[];
  readonly weighted_locations: readonly { readonly location: number; readonly balanced_score: number }[];
}

const ROOT = new URL("../../", import.meta.url);
const EXCERPT = { words: 26, before: 6, characters: 64 };
const MOST_PASSAGES = 3;

/** A record as a hit for this query. */
export function hitOf(fragment: Fragment, query: string, chosen: Chosen, said: Said): Hit {
  const words = fragment.content.split(/\s+/);
  const sections = sectionsOf(fragment, words, indexWords(query));
  const lang = language(sections, fragment.filters["language"] ?? [], query, chosen, said);
  const root = said.languages.find((other) => other.lang === lang)?.root ?? "";
  const address = new URL(root + (fragment.raw_url ?? fragment.url).replace(/^\//, ""), ROOT);
  if (query) address.searchParams.set("highlight", query);
  const meta = (name: string): string => parts(fragment.meta[`${name}-${lang}`] ?? fragment.meta[name]).join(" · ");
  const spoken = spokenWords(query);
  const found = new Set(fragment.weighted_locations.map((place) => place.location));
  const passages = sections
    .filter((section) => section.lang === lang && section.score > 0)
    .sort((one, other) => other.score - one.score || one.from - other.from)
    .slice(0, MOST_PASSAGES)
    .map((section) => {
      const target = new URL(address);
      if (section.anchor) target.hash = section.anchor;
      const heading = section.anchor ? readableText(section.heading) : "";
      return { heading, address: target.href, excerpt: excerpt(words, found, section) };
    });
  return {
    lang,
    address: address.href,
    title: marked(meta("title") || meta("work"), spoken),
    summary: marked(meta("summary"), spoken),
    people: marked(meta("people"), spoken),
    topics: meta("topics"),
    kind: fragment.filters["kind"]?.[0] ?? "",
    year: fragment.filters["year"]?.[0] ?? "",
    status: fragment.filters["status"]?.[0] ?? "",
    passages,
    exact: exactness(fragment.meta, query),
  };
}

/** Whether a record has this word, or one that begins like it. The engine takes "q" for "qzx" when it knows no better. */
export function answers(fragment: Fragment, word: string): boolean {
  const content = fragment.content.split(/\s+/);
  const found = fragment.weighted_locations.map((place) => content[place.location] ?? "");
  const named = Object.values(fragment.meta).flatMap((value) => value.split(/\s+/));
  const enough = Math.max(Math.min(3, word.length), Math.ceil(word.length / 2));
  return [...found, ...named].some((other) =>
    [other, ...other.split(/[^\p{L}\p{N}]+|(?<=\p{Ll})(?=\p{Lu})/u)].some((part) => shared(bare(part), word) >= enough),
  );
}

function shared(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}

function exactness(meta: Fragment["meta"], query: string): number {
  const wanted = essence(query);
  const titles = Object.keys(meta).filter((name) => /^(title|work)\b/.test(name));
  const called = titles.flatMap((name) => parts(meta[name])).flatMap((title) => [title, title.split(/[:：]/)[0] ?? ""]);
  if (called.some((name) => essence(name) === wanted)) return 2;
  return parts(meta["names"] ?? meta["also"]).some((name) => essence(name) === wanted) ? 1 : 0;
}

/** A name without what people vary: signs, spaces, case, endings. */
function essence(name: string): string {
  return name.normalize("NFKC").toLowerCase().split(/[^\p{L}\p{N}]+/u).map(stem).join("");
}

function bare(name: string): string {
  return name.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The parts of a field that holds several. */
function parts(value = ""): string[] {
  return value.split(" · ").filter(Boolean).map(readableText);
}

/** A section of one of the languages of a record, and how much of the query stands in it. */
interface Section {
  readonly lang: string;
  readonly anchor: string;
  readonly heading: string;
  readonly from: number;
  readonly to: number;
  readonly places: readonly number[];
  readonly score: number;
}

function sectionsOf(fragment: Fragment, words: readonly string[], asked: readonly string[]): Section[] {
  const anchors = [...fragment.anchors].sort((one, other) => one.location - other.location);
  return anchors.map((anchor, index) => {
    const slash = anchor.id.indexOf("/");
    const name = anchor.id.slice(slash + 1);
    const from = anchor.location + anchor.text.split(/\s+/).filter(Boolean).length;
    const to = anchors[index + 1]?.location ?? words.length;
    // The title of a page is shown anyway; the heading of a section counts.
    const counted = fragment.weighted_locations.filter(
      ({ location }) => location >= (name ? anchor.location : from) && location < to,
    );
    const kinds = new Set(counted.map(({ location }) => asked.findIndex((word) => bare(words[location] ?? "").includes(word))));
    return {
      lang: anchor.id.slice(0, slash),
      anchor: name,
      heading: anchor.text,
      from,
      to,
      places: counted.map(({ location }) => location).filter((location) => location >= from),
      // One passage with all words says more than many with one of them.
      score: counted.reduce((sum, place) => sum + place.balanced_score, 0) * kinds.size ** 2,
    };
  });
}

/** The language to show a record in: a chosen one, else that of the query or the page if anything was found in it. */
function language(
  sections: readonly Section[],
  languages: readonly string[],
  query: string,
  chosen: Chosen,
  said: Said,
): string {
  const wanted = [...(chosen["language"] ?? []), ...(isHan(query) ? ["zh"] : []), said.lang];
  const known = [...wanted, ...languages].filter((lang) => languages.includes(lang));
  const answering = known.find((lang) => sections.some((section) => section.lang === lang && section.score > 0));
  return answering ?? known[0] ?? said.lang;
}

/** The words around the densest place of a section. */
function excerpt(words: readonly string[], found: ReadonlySet<number>, section: Section): Piece[] {
  const length = words[section.from]?.startsWith("ŋ") ? EXCERPT.characters : EXCERPT.words;
  let best = section.places[0] ?? section.from;
  let most = 0;
  for (const place of section.places) {
    const inside = section.places.filter((other) => other >= place && other < place + length - EXCERPT.before).length;
    if (inside > most) [best, most] = [place, inside];
  }
  const start = Math.max(section.from, Math.min(best - EXCERPT.before, section.to - length));
  const stop = Math.min(section.to, start + length);
  const before = start > section.from ? [{ text: "… ", found: false }] : [];
  const after = stop < section.to ? [{ text: " …", found: false }] : [];
  return [...before, ...readable(words, found, start, stop), ...after];
}
