// Tables that are wider than their place → groups that the keyboard can scroll.

/** Watch tables; those that overflow can be focused, and say what they are. */
export function start(tables: readonly HTMLElement[]): void {
  const watch = new ResizeObserver((entries) => {
    for (const entry of entries) mark(entry.target as HTMLElement);
  });
  for (const table of tables) {
    // Material wraps tables when it starts; without it the table itself scrolls.
    watch.observe(table.closest<HTMLElement>(".md-typeset__scrollwrap") ?? table);
  }
}

function mark(place: HTMLElement): void {
  if (place.scrollWidth > place.clientWidth + 1) {
    place.tabIndex = 0;
    if (place.tagName !== "TABLE") {
      place.setAttribute("role", "group");
      place.setAttribute("aria-label", title(place));
    }
  } else {
    place.removeAttribute("tabindex");
    place.removeAttribute("role");
    place.removeAttribute("aria-label");
  }
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
