// The link in the header → a dialog that searches, opened by `/`, `s` or a click; its parts are fetched then.

import type { Dialog } from "./search-dialog";

let dialog: Promise<Dialog> | undefined;
let opener: HTMLAnchorElement | undefined;
let madeFor = "";

/** Let the link open the dialog, and mark what a search has led here for. */
export function start(openers: readonly HTMLElement[]): void {
  opener = openers.find((found) => found instanceof HTMLAnchorElement);
  void dialog?.then((made) => made.close());
  for (const found of openers) {
    found.setAttribute("aria-haspopup", "dialog");
    found.addEventListener("click", onClick);
    found.addEventListener("pointerenter", prepare, { once: true });
  }
  if (location.search.includes("highlight=")) void import("./search-arrival").then((module) => module.arrive());
  document.removeEventListener("keydown", onKey);
  document.addEventListener("keydown", onKey);
}

function onClick(event: MouseEvent): void {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  void open();
}

function onKey(event: KeyboardEvent): void {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
  if (!plain || (event.key !== "/" && event.key !== "s") || isTyping(event.target)) return;
  const field = document.querySelector<HTMLInputElement>(".pn-search-page input[type=search]");
  event.preventDefault();
  if (field) field.focus();
  else void open();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select, dialog *"))
  );
}

function prepare(): Promise<Dialog> {
  const page = opener?.href ?? "search/";
  if (page !== madeFor) {
    // Another language than before.
    void dialog?.then((made) => made.remove());
    dialog = undefined;
    madeFor = page;
  }
  dialog ??= import("./search-dialog").then((module) => module.make(page));
  dialog.catch(() => (dialog = undefined));
  return dialog;
}

async function open(): Promise<void> {
  try {
    (await prepare()).open();
  } catch {
    // The search page says what is wrong, and leads on without a search.
    if (opener) location.assign(opener.href);
  }
}
