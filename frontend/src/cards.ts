// Citations → cards that say what is cited without leaving the page.

/** Give every citation its card. */
export function start(citations: readonly HTMLElement[]): void {
  void citations;
}
