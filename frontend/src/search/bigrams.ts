// Queries → words as the index has them, and back. src/papernotes/bigrams.py says why, and does the same to pages.

const RUN = /[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+/g;
const MARK = "ŋ";
// Full-width signs bring their own space.
const CLOSING = /^[\u3000-\u303f\uff00-\uffef]/;
const AROUND = /^([^\p{L}\p{N}]*)(.*?)([^\p{L}\p{N}]*)$/su;
const OPENING = /[\u3000-\u303f\uff00-\uffef]$/;

const ARXIV = /(?:arxiv(?:\.org\/(?:abs|pdf|html)\/|[:\s]+))?(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?/gi;

/** A query as words of the index: pairs of characters for Chinese and Japanese runs, the beginnings of other words. */
export function indexWords(query: string): string[] {
  const pairs: string[] = [];
  const rest = query
    .normalize("NFKC")
    .replace(/https?:\/\/(?:www\.|dx\.)?(?:doi\.org\/)?/g, "")
    .replace(ARXIV, " $1 ")
    .replace(RUN, (run) => {
      pairs.push(...covering(run).map((pair) => MARK + [...pair].map(spelled).join("")));
      return " ";
    });
  return [...new Set([...rest.split(/\s+/).flatMap(beginnings), ...pairs])];
}

/** As few pairs as cover a run of characters: each may stand in a part of the index that has to be fetched. */
function covering(run: string): string[] {
  const last = Math.max(run.length - 2, 0);
  const starts = Array.from({ length: Math.ceil(run.length / 2) }, (_, index) => Math.min(2 * index, last));
  return starts.map((start) => run.slice(start, start + 2));
}

/** What a word of a query begins like in the index, where signs within words are left out. */
function beginnings(word: string): string[] {
  // A DOI is one word; elsewhere these signs part words.
  const words = word.startsWith("10.") ? [word] : word.split(/[/:,;=+&|()[\]{}"“”]+/);
  return words.map((one) => stem(one.toLowerCase().replace(/[^\p{L}\p{N}_]/gu, ""))).filter(Boolean);
}

/** An English word without the ending that its other forms do not share; the index is searched by beginnings. */
export function stem(word: string): string {
  if (!/^[a-z]{5,}$/.test(word)) return word;
  const short = word.replace(/(?<=[a-z]{4})(?:ations?|ings?|ed|ies)$|(?<=[a-z]{3}[^isu])s$/, "");
  return short.length >= 4 ? short : word;
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
  return text.charCodeAt(0).toString(16).padStart(4, "0");
}

function character(pair: string): string {
  return String.fromCharCode(parseInt(pair.slice(0, 4), 16));
}
