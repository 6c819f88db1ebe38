// Tables that are wider than their place → groups that the keyboard can scroll.

/** Watch the places of tables; those that overflow can be focused, and say what they are. */
export function start(places: readonly HTMLElement[]): void {
  const watch = new ResizeObserver((entries) => {
    const found = entries.map((entry) => entry.target as HTMLElement);
    // All that is read is read before anything is written.
    const wide = found.filter((place) => place.scrollWidth > place.clientWidth + 1);
    const names = wide.map(title);
    for (const place of found) if (!wide.includes(place)) unmark(place);
    wide.forEach((place, number) => mark(place, names[number] ?? ""));
  });
  for (const place of places) watch.observe(place);
}

function mark(place: HTMLElement, name: string): void {
  place.tabIndex = 0;
  place.setAttribute("role", "group");
  place.setAttribute("aria-label", name);
}

function unmark(place: HTMLElement): void {
  for (const name of ["tabindex", "role", "aria-label"]) place.removeAttribute(name);
}

/** What a table is called: its caption, else the heading above it. */
function title(place: HTMLElement): string {
  const caption = place.querySelector("caption")?.textContent?.trim();
  if (caption) return caption;
  const headings = [...document.querySelectorAll<HTMLElement>("article :is(h1, h2, h3, h4)")];
  const above = headings.filter((heading) => heading.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING);
  const last = above.at(-1);
  // Not the sign of the link to the heading itself.
  const own = [...(last?.childNodes ?? [])].filter((node) => !(node instanceof Element && node.matches(".headerlink")));
  return own.map((node) => node.textContent).join("").trim() || document.title;
}
