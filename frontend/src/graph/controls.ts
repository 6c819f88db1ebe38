// The row above the graph: what to look for, which works and edges to show, how far to go.

import type { Atlas } from "./atlas";
import { element } from "./element";
import { type Finder, finder } from "./finder";
import { EDGE_KINDS, type State } from "./state";

export interface Controls {
  readonly element: HTMLElement;
  show(state: State): void;
}

export function controls(atlas: Atlas, change: (patch: Partial<State>) => void): Controls {
  const { words } = atlas;
  const key = (node: number) => (node < 0 ? "" : atlas.key[node]!);
  const work = finder(atlas, words["find"]!, (node) => change({ work: key(node), to: "" }));
  const to = finder(atlas, words["path_to"]!, (node) => change({ to: key(node) }));
  const topic = choice(words["topic"]!, [["", words["all_topics"]!], ...atlas.topics.map(({ name, title }) => [name || "-", title] as const)],
    (value) => change({ topic: value }));
  const kind = choice(words["kind"]!, [
    ["", words["all_kinds"]!],
    ...atlas.kinds.filter(({ name }) => name !== "work").map(({ name, title }) => [name, title] as const),
  ], (value) => change({ kind: value }));
  const having = choice(words["having"]!, [["", words["all_works"]!], ["note", words["with_note"]!], ["gap", words["without_note"]!]],
    (value) => change({ having: value }));
  const steps = choice(words["steps"]!, [["1", "1"], ["2", "2"], ["0", words["all"]!]], (value) => change({ steps: Number(value) }));
  const boxes = EDGE_KINDS.map(([name, bit]) => [bit, checkbox(words[name]!, () => change({ kinds: sum() }))] as const);
  const sum = () => boxes.reduce((kinds, [bit, box]) => (box.input.checked ? kinds | bit : kinds), 0);
  const only = checkbox(words["only"]!, (on) => change({ only: on }));
  const edges = element("fieldset", { class: "pn-graph__edges" }, element("legend", {}, words["kinds"]!), ...boxes.map(([, box]) => box.element));
  const more = element("details", { class: "pn-graph__more" }, element("summary", {}, words["controls"]!),
    element("div", { class: "pn-graph__choices" }, topic.element, kind.element, having.element, steps.element, edges, only.element));
  // On a small screen the map matters more than what to show in it.
  const wide = matchMedia("(min-width: 60em)");
  const unfold = () => (more.open = wide.matches);
  wide.addEventListener("change", unfold);
  unfold();
  return {
    element: element("div", { class: "pn-graph__controls", role: "group", "aria-label": words["controls"] }, work.element, to.element, more),
    show: (state) => {
      const node = (citekey: string) => atlas.index.get(citekey) ?? -1;
      const idle = (finder: Finder, off: boolean) => finder.element.querySelector("input")!.toggleAttribute("disabled", off);
      work.show(node(state.work));
      to.show(node(state.to));
      idle(to, !state.work);
      topic.select.value = state.topic;
      kind.select.value = state.kind;
      having.select.value = state.having;
      steps.select.value = String(state.steps);
      steps.select.disabled = only.input.disabled = !state.work;
      if (state.to) steps.select.disabled = true;
      only.input.checked = state.only;
      for (const [bit, box] of boxes) box.input.checked = (state.kinds & bit) !== 0;
    },
  };
}

function choice(label: string, options: readonly (readonly [string, string])[], chosen: (value: string) => void) {
  const select = element("select", {}, ...options.map(([value, text]) => element("option", { value }, text)));
  select.addEventListener("change", () => chosen(select.value));
  return { select, element: element("label", { class: "pn-graph__choice" }, element("span", {}, label), select) };
}

function checkbox(label: string, changed: (on: boolean) => void) {
  const input = element("input", { type: "checkbox" });
  input.addEventListener("change", () => changed(input.checked));
  return { input, element: element("label", { class: "pn-graph__check" }, input, label) };
}
