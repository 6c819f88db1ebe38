// Where a reader arrives from a search, what was asked for is marked, without touching the page's elements.

import { spokenWords } from "./search/bigrams";
import { spokenPattern } from "./search/pattern";

const NAME = "pn-found";

/** Mark what the address asks for, and take it out of the address: a copied link leads to the page as it is. */
export function arrive(): void {
  const address = new URL(location.href);
  const asked = address.searchParams.get("highlight");
  if (asked === null) return;
  address.searchParams.delete("highlight");
  history.replaceState(history.state, "", address);
  const article = document.querySelector("article");
  const pattern = spokenPattern(spokenWords(asked));
  if (!article || !pattern || !("highlights" in CSS)) return;
  const ranges = [...found(article, pattern)];
  if (ranges.length === 0) return;
  CSS.highlights.set(NAME, new Highlight(...ranges));
  document.addEventListener("keydown", leave);
}

function leave(event: KeyboardEvent): void {
  if (event.key !== "Escape") return;
  CSS.highlights.delete(NAME);
  document.removeEventListener("keydown", leave);
}

function* found(root: Node, pattern: RegExp): Generator<Range> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const match of (node.nodeValue ?? "").matchAll(pattern)) {
      const range = document.createRange();
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      yield range;
    }
  }
}
