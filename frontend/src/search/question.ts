// The query and the chosen facets ⇄ the part of an address after the question mark.

import type { Chosen } from "./engine";

export const FACETS = ["kind", "year", "language", "status", "topic"] as const;
export type Facet = (typeof FACETS)[number];

/** What a search page is asked. */
export interface Question {
  readonly query: string;
  readonly chosen: Chosen;
}

/** What an address asks. */
export function questionAt(parameters: string): Question {
  const asked = new URLSearchParams(parameters);
  const chosen = Object.fromEntries(
    FACETS.map((facet) => [facet, asked.getAll(facet).flatMap((value) => (facet === "year" ? years(value) : [value]))]),
  );
  return { query: asked.get("q")?.trim() ?? "", chosen };
}

/** The address that asks this. */
export function addressOf(path: string, question: Question): string {
  const asked = new URLSearchParams();
  if (question.query) asked.set("q", question.query);
  for (const facet of FACETS) {
    const values = question.chosen[facet] ?? [];
    if (facet === "year" && values.length > 1) asked.set(facet, `${values[0]}-${values.at(-1)}`);
    else for (const value of values) asked.append(facet, value);
  }
  const parameters = asked.toString();
  return parameters ? `${path}?${parameters}` : path;
}

/** `2021-2023` as three years. */
function years(span: string): string[] {
  const [first, last] = span.split("-").map(Number);
  if (!first || !(first > 1000 && first < 3000)) return [];
  const end = Math.min(last || first, first + 200);
  return Array.from({ length: Math.max(end - first + 1, 0) }, (_, index) => String(first + index));
}

/** The same query in everything. */
export function withoutFilters(question: Question): Question {
  return { query: question.query, chosen: {} };
}
