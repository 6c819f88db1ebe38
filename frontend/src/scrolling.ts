// Formulas and diagrams that are wider than their place → places that the keyboard can scroll.

/** Watch them; those that overflow can be focused. */
export function start(places: readonly HTMLElement[]): void {
  const watch = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const place = target as HTMLElement;
      const overflows = place.scrollWidth > place.clientWidth + 1;
      if (overflows) place.tabIndex = 0;
      else place.removeAttribute("tabindex");
      if (place.classList.contains("arithmatex")) label(place, overflows);
    }
  });
  for (const place of places) watch.observe(place);
}

/** What can be focused needs a role and a name; a diagram has both already. */
function label(place: HTMLElement, overflows: boolean): void {
  if (overflows) {
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", document.documentElement.lang.startsWith("zh") ? "公式" : "Formula");
  } else {
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }
}
