// Queries → words as the index has them, and back. src/papernotes/bigrams.py says why, and does the same to pages.

const RUN = /[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+/g;
const MARK = "ŋ";
const DIGITS = "bcdfghjklmnpqrtv";
// Full-width signs bring their own space.
const CLOSING = /^[\u3000-\u303f\uff00-\uffef]/;
const AROUND = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;
const OPENING = /[\u3000-\u303f\uff00-\uffef]$/;

/** A query as words of the index: pairs of characters for Chinese and Japanese runs, the rest as it is. */
export function indexWords(query: string): string {
  return query
    .normalize("NFKC")
    .replace(RUN, (run) => {
      const characters = [...run];
      const pairs = characters.length === 1 ? [run] : characters.slice(1).map((next, i) => characters[i] + next);
      return ` ${pairs.map((pair) => MARK + [...pair].map(spelled).join("")).join(" ")} `;
    })
    .trim();
}

/** Whether a query has Chinese or Japanese characters. */
export function isHan(query: string): boolean {
  return query.normalize("NFKC").search(RUN) >= 0;
}

/** The words and Chinese runs of a query, as they stand in text. */
export function spokenWords(query: string): string[] {
  const text = query.normalize("NFKC");
  return [...(text.match(RUN) ?? []), ...text.replace(RUN, " ").split(/[^\p{L}\p{N}]+/u)].filter((word) => word !== "");
}

/** A part of a text, and whether the query asked for it. */
export interface Piece {
  readonly text: string;
  readonly found: boolean;
}

/** Words of the index as text to be read; `found` holds the places of the words that the query asked for. */
export function readable(words: readonly string[], found: ReadonlySet<number>, from = 0, to = words.length): Piece[] {
  const pieces: { text: string; found: boolean }[] = [];
  let tight = true;
  let inRun = false;
  let carried = false;
  let afterHan = false;
  let afterSign = false;
  for (let at = from; at < to; at++) {
    const word = words[at] ?? "";
    const pair = word.startsWith(MARK) ? word.slice(MARK.length) : "";
    const text = pair ? character(pair) : word;
    const hit = found.has(at) || (pair !== "" && inRun && carried);
    // No spaces within Chinese, nor between it and punctuation.
    const sign = !/[\p{L}\p{N}]/u.test(text);
    const joined = (pair !== "" && (inRun || afterSign)) || (sign && afterHan) || CLOSING.test(text);
    const space = tight || joined ? "" : " ";
    // Signs around a Latin word were not asked for.
    const [, before = "", core = "", after = ""] = AROUND.exec(text) ?? [];
    add(pieces, space + before, false);
    add(pieces, core, hit);
    add(pieces, after, false);
    // A pair that was found marks its second character too, which begins the next word.
    carried = found.has(at) && pair !== "";
    inRun = pair !== "" && !pair.endsWith(spelled("\0"));
    afterHan = pair !== "";
    afterSign = sign;
    tight = OPENING.test(text);
  }
  return pieces;
}

function add(pieces: { text: string; found: boolean }[], text: string, found: boolean): void {
  const last = pieces.at(-1);
  if (text === "") return;
  if (last && last.found === found) last.text += text;
  else pieces.push({ text, found });
}

/** A text of the index as it is to be read. */
export function readableText(text: string): string {
  return readable(text.split(/\s+/).filter(Boolean), new Set())
    .map((piece) => piece.text)
    .join("");
}

function spelled(text: string): string {
  const code = text.charCodeAt(0).toString(16).padStart(4, "0");
  return [...code].map((digit) => DIGITS[parseInt(digit, 16)]).join("");
}

function character(pair: string): string {
  const code = [...pair.slice(0, 4)].map((letter) => DIGITS.indexOf(letter).toString(16)).join("");
  return String.fromCharCode(parseInt(code, 16));
}
