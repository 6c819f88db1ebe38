// The page for wrong addresses holds every language of the site; what the reader sees is that of the address.

const PARTS = [".pn-menu", ".pn-brand", ".pn-links", ".pn-search-open", ".pn-language", ".pn-source", "article", ".pn-footer"];

/** Put the language of the address in the place of the first one, whatever the path of the site's root. */
export function speak(): void {
  for (const spoken of document.querySelectorAll<HTMLTemplateElement>("template.pn-spoken")) {
    const root = new URL(spoken.dataset["pnRoot"] ?? "", document.baseURI).pathname;
    if (!location.pathname.startsWith(root)) continue;
    document.documentElement.lang = spoken.lang;
    document.title = spoken.dataset["pnTitle"] ?? document.title;
    for (const part of PARTS) {
      const other = spoken.content.querySelector(part);
      const own = document.querySelector(part);
      if (part === "article") own?.replaceChildren(...(other?.childNodes ?? []));
      else if (other) own?.replaceWith(other);
    }
    // Material has hold of the switch between the schemes; only its names change.
    const names = [...spoken.content.querySelectorAll(".pn-palette label")].map((label) => label.getAttribute("title"));
    document.querySelectorAll(".pn-palette label").forEach((label, number) => label.setAttribute("title", names[number] ?? ""));
    document
      .querySelectorAll(".pn-palette input")
      .forEach((input, number) => input.setAttribute("aria-label", names[number] ?? ""));
    return;
  }
}
