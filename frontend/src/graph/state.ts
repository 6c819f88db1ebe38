// What the reader has asked the graph ⇄ the address, so that it can be linked and gone back to.

import { CITES, MENTION, RELATION } from "./atlas";

export interface State {
  /** Citekeys, or nothing. */
  readonly work: string;
  readonly to: string;
  /** How far a lineage goes; 0: all the way. */
  readonly steps: number;
  readonly only: boolean;
  readonly topic: string;
  readonly kind: string;
  /** "note" or "gap": only works with a note, only those without. */
  readonly having: string;
  readonly kinds: number;
}

export const START: State = { work: "", to: "", steps: 1, only: false, topic: "", kind: "", having: "", kinds: CITES | RELATION };

export const EDGE_KINDS: readonly (readonly [string, number])[] = [["cites", CITES], ["relation", RELATION], ["mention", MENTION]];

export function readState(hash: string): State {
  const values = new URLSearchParams(hash.replace(/^#/, ""));
  const text = (name: string) => values.get(name) ?? "";
  const edges = values.get("edges")?.split(",");
  return {
    work: text("work"),
    to: text("to"),
    steps: values.get("steps") === "all" ? 0 : values.get("steps") === "2" ? 2 : 1,
    only: values.has("only"),
    topic: text("topic"),
    kind: text("kind"),
    having: text("having"),
    kinds: edges ? EDGE_KINDS.reduce((sum, [name, kind]) => (edges.includes(name) ? sum | kind : sum), 0) : START.kinds,
  };
}

export function writeState(state: State): string {
  const values: [string, string][] = [];
  if (state.work) values.push(["work", state.work]);
  if (state.to) values.push(["to", state.to]);
  if (state.steps !== START.steps) values.push(["steps", state.steps ? String(state.steps) : "all"]);
  if (state.only) values.push(["only", "1"]);
  if (state.topic) values.push(["topic", state.topic]);
  if (state.kind) values.push(["kind", state.kind]);
  if (state.having) values.push(["having", state.having]);
  if (state.kinds !== START.kinds)
    values.push(["edges", EDGE_KINDS.filter(([, kind]) => state.kinds & kind).map(([name]) => name).join(",")]);
  // Citekeys with a colon stay readable.
  return values.length ? `#${new URLSearchParams(values).toString().replaceAll("%3A", ":").replaceAll("%2C", ",")}` : "";
}
