// Queries → hits, by Pagefind, which is fetched with the first query.

import { indexWords, isHan, readable, readableText, spokenWords, type Piece } from "./bigrams";
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

/** How many hits there are, the next of them, and how many each value of each facet would leave. */
export interface Found {
  readonly total: number;
  readonly next: (count: number) => Promise<readonly Hit[]>;
  readonly facets: Facets;
}

export type Facets = Readonly<Record<string, Readonly<Record<string, number>>>>;
export type Chosen = Readonly<Record<string, readonly string[]>>;

interface Location {
  readonly location: number;
  readonly balanced_score: number;
}

interface Fragment {
  readonly raw_url?: string;
  readonly url: string;
  readonly content: string;
  readonly meta: Readonly<Record<string, string>>;
  readonly filters: Readonly<Record<string, readonly string[]>>;
  readonly anchors: readonly { readonly id: string; readonly text: string; readonly location: number }[];
  readonly weighted_locations: readonly Location[];
}

interface Pagefind {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<Facets>;
  search(
    query: string | null,
    options: { filters: object; sort?: object },
  ): Promise<{ results: readonly { data(): Promise<Fragment> }[]; filters: Facets }>;
}

const ROOT = new URL("../../", import.meta.url);
const EXCERPT = { words: 26, before: 6, characters: 64 };
const MOST_PASSAGES = 3;
// So many of the best are read at once: who asks for a page by its name gets it first.
const BEST = 12;
// What a page is called says more about it than what it mentions; works without notes stand back behind notes.
const WEIGHTS = { title: 6, names: 6, people: 3, summary: 1.5, topics: 1, work: 2, also: 2 };

let loading: Promise<Pagefind> | undefined;

/** Fetch the engine, so that the first query need not wait for it. */
export function prepare(said: Said): Promise<Pagefind> {
  loading ??= load(said);
  loading.catch(() => (loading = undefined));
  return loading;
}

async function load(said: Said): Promise<Pagefind> {
  const pagefind = (await import(new URL("pagefind/pagefind.js", ROOT).href)) as Pagefind;
  const metaWeights: Record<string, number> = { ...WEIGHTS };
  for (const { lang } of said.languages) {
    for (const name of ["title", "summary", "topics"] as const) metaWeights[`${name}-${lang}`] = WEIGHTS[name];
  }
  await pagefind.options({ ranking: { metaWeights, pageLength: 0.4, termSaturation: 1.4 } });
  await pagefind.init();
  return pagefind;
}

/** The facets of the whole index. */
export async function allFacets(said: Said): Promise<Facets> {
  return (await prepare(said)).filters();
}

/** Search; an empty query finds every page that the chosen facets leave, the newest first. */
export async function search(query: string, chosen: Chosen, said: Said): Promise<Found> {
  const pagefind = await prepare(said);
  const filters = Object.fromEntries(
    Object.entries(chosen)
      .filter(([, values]) => values.length > 0)
      .map(([name, values]) => [name, { any: values }]),
  );
  const words = indexWords(query);
  const found = await pagefind.search(words || null, words ? { filters } : { filters, sort: { year: "desc" } });
  const unread = [...found.results];
  const read: Hit[] = [];
  const more = async (count: number): Promise<void> => {
    const fragments = await Promise.all(unread.splice(0, count).map((result) => result.data()));
    read.push(...fragments.map((fragment) => hit(fragment, query, chosen, said)));
  };
  let begun = false;
  return {
    total: found.results.length,
    facets: found.filters,
    next: async (count) => {
      if (!begun) {
        begun = true;
        await more(Math.max(BEST, count));
        read.sort((one, other) => other.exact - one.exact);
      } else if (read.length < count) await more(count - read.length);
      return read.splice(0, count);
    },
  };
}

function hit(fragment: Fragment, query: string, chosen: Chosen, said: Said): Hit {
  const words = fragment.content.split(/\s+/);
  const places = sections(fragment, words.length);
  const languages = fragment.filters["language"] ?? [];
  const lang = language(places, languages, query, chosen, said);
  const root = said.languages.find((other) => other.lang === lang)?.root ?? "";
  const address = new URL(root + (fragment.raw_url ?? fragment.url).replace(/^\//, ""), ROOT);
  if (query.trim()) address.searchParams.set("highlight", query.trim());
  const meta = (name: string): string => parts(fragment.meta[`${name}-${lang}`] ?? fragment.meta[name]).join(" · ");
  const spoken = spokenWords(query);
  const found = new Set(fragment.weighted_locations.map((place) => place.location));
  const passages = places
    .filter((place) => place.lang === lang && place.score > 0)
    .sort((one, other) => other.score - one.score || one.from - other.from)
    .slice(0, MOST_PASSAGES)
    .map((place) => {
      const target = new URL(address);
      if (place.anchor) target.hash = place.anchor;
      const heading = place.anchor ? readableText(place.heading) : "";
      return { heading, address: target.href, excerpt: excerpt(words, found, place) };
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

function exactness(meta: Fragment["meta"], query: string): number {
  const wanted = bare(query);
  const titles = Object.keys(meta).filter((name) => /^(title|work)\b/.test(name));
  const called = titles.flatMap((name) => parts(meta[name])).flatMap((title) => [title, title.split(/[:：]/)[0] ?? ""]);
  if (called.some((name) => bare(name) === wanted)) return 2;
  return parts(meta["names"] ?? meta["also"]).some((name) => bare(name) === wanted) ? 1 : 0;
}

/** The parts of a field that holds several. */
function parts(value = ""): string[] {
  return value.split(" · ").filter(Boolean).map(readableText);
}

function bare(name: string): string {
  return name.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
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

function sections(fragment: Fragment, end: number): Section[] {
  const anchors = [...fragment.anchors].sort((one, other) => one.location - other.location);
  return anchors.map((anchor, index) => {
    const [lang = "", name = ""] = divided(anchor.id);
    const to = anchors[index + 1]?.location ?? end;
    const from = anchor.location + anchor.text.split(/\s+/).filter(Boolean).length;
    const inside = fragment.weighted_locations.filter((place) => place.location >= from && place.location < to);
    const inHeading = fragment.weighted_locations.filter(
      (place) => place.location >= anchor.location && place.location < from,
    );
    // The title of a page is shown anyway; the heading of a section counts.
    const counted = name ? [...inHeading, ...inside] : inside;
    const score = counted.reduce((sum, place) => sum + place.balanced_score, 0);
    return { lang, anchor: name, heading: anchor.text, from, to, places: inside.map((place) => place.location), score };
  });
}

function divided(id: string): [string, string] {
  const slash = id.indexOf("/");
  return [id.slice(0, slash), id.slice(slash + 1)];
}

/** The language to show a record in: a chosen one, else that of the query or the page if anything was found in it. */
function language(
  places: readonly Section[],
  languages: readonly string[],
  query: string,
  chosen: Chosen,
  said: Said,
): string {
  const wanted = [...(chosen["language"] ?? []), ...(isHan(query) ? ["zh"] : []), said.lang];
  const known = [...wanted, ...languages].filter((lang) => languages.includes(lang));
  return known.find((lang) => places.some((place) => place.lang === lang && place.score > 0)) ?? known[0] ?? said.lang;
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
  const pieces = readable(words, found, start, stop);
  const before = start > section.from ? [{ text: "… ", found: false }] : [];
  const after = stop < section.to ? [{ text: " …", found: false }] : [];
  return [...before, ...pieces, ...after];
}
