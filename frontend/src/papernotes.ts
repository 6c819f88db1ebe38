// Loaded on every page: looks what is on it, and fetches the features that serve it. Keep it small.

/** A feature: where its elements are on a page, and the module that brings them to life. */
interface Feature {
  readonly selector: string;
  readonly load: () => Promise<{ start: (elements: readonly HTMLElement[]) => void }>;
}

// Each feature is a file src/<name>.ts that exports start(elements); it is fetched only where its selector matches.
const FEATURES: readonly Feature[] = [
  { selector: ".pn-search-open", load: () => import("./search") },
  { selector: ".pn-search-page", load: () => import("./search-page") },
  { selector: ".pn-menu", load: () => import("./menu") },
  { selector: "a[data-pn-card]", load: () => import("./cards") },
  { selector: "article pre > code", load: () => import("./copy") },
  { selector: ".md-typeset__scrollwrap", load: () => import("./tables") },
  { selector: "article pre > code, div.arithmatex, .pn-diagram", load: () => import("./scrolling") },
  { selector: "article details", load: () => import("./reveal") },
  { selector: ".pn-figure img", load: () => import("./lightbox") },
  { selector: ".pn-graph", load: () => import("./graph") },
  { selector: ".pn-local-graph", load: () => import("./local-graph") },
  { selector: ".pn-sortable", load: () => import("./sorting") },
  { selector: ".pn-timeline", load: () => import("./timeline") },
];

function awaken(): void {
  for (const feature of FEATURES) {
    const elements = [...document.querySelectorAll<HTMLElement>(feature.selector)];
    if (elements.length > 0) void feature.load().then((module) => module.start(elements));
  }
}

function begin(): void {
  // Material swaps pages without loading them anew where its instant navigation is on, and tells so by `document$`.
  const swapped = (window as { document$?: { subscribe: (then: () => void) => void } }).document$;
  if (swapped) swapped.subscribe(awaken);
  else awaken();
}

// The page for wrong addresses has to be in the right language before its parts come to life.
if (document.querySelector("template.pn-spoken")) void import("./not-found").then((module) => module.speak()).then(begin);
else begin();
