// The menu of small screens closes when it has led somewhere, and when the reader turns away from it.

/** Without this the menu opens and closes all the same, by its own button. */
export function start(menus: readonly HTMLElement[]): void {
  const menu = menus[0];
  if (!(menu instanceof HTMLDetailsElement) || menu.dataset["pnMenu"] !== undefined) return;
  menu.dataset["pnMenu"] = "";
  menu.addEventListener("click", (event) => {
    if ((event.target as Element).closest("a")) menu.open = false;
  });
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target as Node)) menu.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
