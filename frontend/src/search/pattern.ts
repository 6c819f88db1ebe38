// The words of a query → where they stand in a text.

import { isHan, stem, type Piece } from "./bigrams";

/** A text with the words of the query marked, wherever a word of the text begins with one. */
export function marked(text: string, spoken: readonly string[]): Piece[] {
  const pattern = spokenPattern(spoken);
  if (!pattern || !text) return text ? [{ text, found: false }] : [];
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(pattern)) {
    if (match.index > done) pieces.push({ text: text.slice(done, match.index), found: false });
    pieces.push({ text: match[0], found: true });
    done = match.index + match[0].length;
  }
  if (done < text.length) pieces.push({ text: text.slice(done), found: false });
  return pieces;
}

/** What the words of a query look like in text: Latin ones begin a word and extend to its end. */
export function spokenPattern(spoken: readonly string[]): RegExp | undefined {
  const parts = spoken
    .filter((word) => isHan(word) || word.length > 1 || spoken.length === 1)
    .map((word) => (isHan(word) ? word : `(?<![\\p{L}\\p{N}])${hyphenated(stem(word.toLowerCase()))}[\\p{Script=Latin}\\p{N}]*`));
  return parts.length > 0 ? new RegExp(parts.join("|"), "giu") : undefined;
}

/** `BLIP2` also matches `BLIP-2` and `BLIP 2`. */
function hyphenated(word: string): string {
  return word.replace(/(?<=\p{L})(?=\p{N})|(?<=\p{N})(?=\p{L})/gu, "[-\\u2010\\u2011 ]?");
}
