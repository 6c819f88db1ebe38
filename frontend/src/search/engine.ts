// Queries → hits, by Pagefind, which is fetched with the first query.

import { indexWords } from "./bigrams";
import { answers, hitOf, type Chosen, type Fragment, type Hit, type Said } from "./hits";

export type { Chosen, Hit, Said } from "./hits";

/** How many hits there are, the next of them, and how many each value of each facet would leave. */
export interface Found {
  readonly total: number;
  readonly next: (count: number) => Promise<readonly Hit[]>;
  readonly facets: Facets;
}

export type Facets = Readonly<Record<string, Readonly<Record<string, number>>>>;

interface Result {
  readonly id: string;
  readonly score: number;
  data(): Promise<Fragment>;
}

interface Results {
  readonly results: readonly Result[];
  readonly filters: Facets;
}

interface Pagefind {
  options(options: object): Promise<void>;
  init(): Promise<void>;
  filters(): Promise<Facets>;
  search(query: string | null, options: { filters: object; sort?: object }): Promise<Results>;
}

const ROOT = new URL("../../", import.meta.url);
// So many of the best are read at once: who asks for a page by its name gets it first.
const BEST = 8;
// What a page is called says more about it than what it mentions; works without notes stand back behind notes.
const WEIGHTS = { called: 10, title: 6, names: 6, people: 3, summary: 1.5, topics: 1, work: 2, also: 2 };

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
  const found =
    words.length > 0 ? await answer(pagefind, words, filters) : await pagefind.search(null, { filters, sort: NEWEST });
  const unread = [...found.results];
  const read: Hit[] = [];
  const more = async (count: number): Promise<void> => {
    const fragments = await Promise.all(unread.splice(0, count).map((result) => result.data()));
    read.push(...fragments.map((fragment) => hitOf(fragment, query.trim(), chosen, said)));
  };
  let begun = false;
  return {
    total: found.results.length,
    facets: found.filters,
    next: async (count) => {
      if (!begun) {
        begun = true;
        await more(Math.max(BEST, count));
        if (words.length > 0) read.sort((one, other) => other.exact - one.exact);
      } else if (read.length < count) await more(count - read.length);
      return read.splice(0, count);
    },
  };
}

const NEWEST = { year: "desc" };

/** Pages with all words; without the words that no page has; or else pages with the most of them. */
async function answer(pagefind: Pagefind, words: readonly string[], filters: object, slips = 2): Promise<Results> {
  const found = await pagefind.search(words.join(" "), { filters });
  const best = await Promise.all(found.results.slice(0, BEST).map((result) => result.data()));
  const known = words.filter((word) => best.some((fragment) => answers(fragment, word)));
  if (known.length === words.length) return found;
  const none = { results: [], filters: found.filters };
  const [word = ""] = words;
  // The end of a word is where it is most often mistyped.
  if (words.length === 1) return slips > 0 && /^\p{L}{6,}$/u.test(word) ? answer(pagefind, [word.slice(0, -1)], filters, slips - 1) : none;
  const single = await Promise.all(words.map((word) => answer(pagefind, [word], filters)));
  const meant = words.filter((_, index) => (single[index]?.results.length ?? 0) > 0);
  if (meant.length < words.length) {
    return meant.length > 0 ? answer(pagefind, meant, filters) : none;
  }
  return { results: mostWords(single.map((one) => one.results)), filters: found.filters };
}

/** The pages that most of several searches found, the best first. */
function mostWords(searches: readonly (readonly Result[])[]): Result[] {
  const pages = new Map<string, { result: Result; words: number; score: number }>();
  for (const result of searches.flat()) {
    const page = pages.get(result.id) ?? { result, words: 0, score: 0 };
    pages.set(result.id, { result: page.result, words: page.words + 1, score: page.score + result.score });
  }
  const ranked = [...pages.values()].sort((one, other) => other.words - one.words || other.score - one.score);
  const most = ranked[0]?.words ?? 0;
  return ranked.filter((page) => page.words === most).map((page) => page.result);
}
