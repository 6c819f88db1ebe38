// Code, formulas and diagrams that are wider than their place → places that the keyboard can scroll.

/** Watch them; those that overflow can be focused. */
export function start(places: readonly HTMLElement[]): void {
  const watch = new ResizeObserver((entries) => {
    const found = entries.map((entry) => entry.target as HTMLElement);
    // All that is read is read before anything is written.
    const wide = found.map((place) => place.scrollWidth > place.clientWidth + 1);
    found.forEach((place, number) => mark(place, wide[number] ?? false));
  });
  for (const place of places) watch.observe(place);
}

/** What can be focused needs a role and a name; a diagram has both already. */
function mark(place: HTMLElement, wide: boolean): void {
  const named = place.classList.contains("pn-diagram");
  if (wide) {
    place.tabIndex = 0;
    if (named) return;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", name(place.tagName === "CODE"));
  } else {
    place.removeAttribute("tabindex");
    if (named) return;
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }
}

function name(code: boolean): string {
  if (document.documentElement.lang.startsWith("zh")) return code ? "代码" : "公式";
  return code ? "Code" : "Formula";
}
