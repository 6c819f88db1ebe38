// The dialog of the search: a field, what was found, and the way to the page of all results.

import { search, prepare, type Said } from "./search/engine";
import { counted, element, item, phrase } from "./search/view";
import { saidAt } from "./search/words";

const SHOWN = 8;
const PATIENCE = 120;

/** The dialog, opened and closed by the script of the header. */
export interface Dialog {
  readonly open: () => void;
  readonly close: () => void;
  readonly remove: () => void;
}

/** Make the dialog for the search page at this address. It stands outside of what navigation swaps. */
export async function make(searchPage: string): Promise<Dialog> {
  const said = await saidAt(searchPage);
  const field = element("input", {
    type: "search",
    name: "q",
    class: "pn-search__field",
    placeholder: phrase(said, "search_label"),
    "aria-label": phrase(said, "search_label"),
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
  });
  const close = element("button", { type: "button", class: "pn-search__close" }, phrase(said, "search_close"));
  const count = element("p", { class: "pn-search__count", role: "status" });
  const list = element("ol", { class: "pn-hits" });
  const all = element("a", { class: "pn-search__all", href: searchPage }, phrase(said, "search_all"));
  const form = element("form", { class: "pn-search__form", role: "search", action: searchPage }, field, close);
  const body = element("div", { class: "pn-search__body", tabindex: "-1" }, count, list);
  const keys = element("p", { class: "pn-search__keys", "aria-hidden": "true" });
  for (const [signs, name] of [
    ["↑ ↓", "search_keys_move"],
    ["↵", "search_keys_open"],
    ["esc", "search_keys_close"],
  ] as const) {
    keys.append(...signs.split(" ").map((sign) => element("kbd", {}, sign)), ` ${phrase(said, name)} `);
  }
  const foot = element("div", { class: "pn-search__foot" }, keys, all);
  const dialog = element(
    "dialog",
    { class: "pn-search", "aria-label": phrase(said, "search") },
    element("div", { class: "pn-search__frame" }, form, body, foot),
  );
  document.body.append(dialog);
  const view = new View(said, searchPage, field, count, list, all);

  close.addEventListener("click", () => dialog.close());
  // A click beside the frame falls on the dialog itself.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  field.addEventListener("input", (event) => !(event as InputEvent).isComposing && view.ask());
  field.addEventListener("compositionend", () => view.ask());
  list.addEventListener("click", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (plain && (event.target as Element).closest("a")) dialog.close();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void view.first().then((link) => link?.click());
  });
  dialog.addEventListener("keydown", (event) => move(event, field, list));
  return {
    open: () => {
      if (dialog.open) return;
      dialog.showModal();
      field.select();
      void prepare(said);
    },
    close: () => dialog.close(),
    remove: () => dialog.remove(),
  };
}

/** Arrows lead through the field and the titles; what is typed on a title goes on in the field. */
function move(event: KeyboardEvent, field: HTMLInputElement, list: HTMLElement): void {
  if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
  const titles = [...list.querySelectorAll<HTMLElement>(".pn-hit__title")];
  const stops = [field, ...titles];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  const inside = document.activeElement?.closest(".pn-hit")?.querySelector<HTMLElement>(".pn-hit__title");
  const at = here >= 0 ? here : inside ? stops.indexOf(inside) : 0;
  const typed = event.key === "Backspace" || [...event.key].length === 1;
  if (event.key === "ArrowDown") stops[Math.min(at + 1, stops.length - 1)]?.focus();
  else if (event.key === "ArrowUp") stops[Math.max(at - 1, 0)]?.focus();
  else if (event.key === "Home" && here > 0) stops[1]?.focus();
  else if (event.key === "End" && here > 0) stops.at(-1)?.focus();
  else if (typed && event.key !== " " && here > 0) {
    field.focus();
    return;
  } else return;
  event.preventDefault();
}

/** What is shown for what is asked; of answers that overtake each other, the last question's stays. */
class View {
  private question = 0;
  private answered: Promise<void> = Promise.resolve();

  constructor(
    private readonly said: Said,
    private readonly searchPage: string,
    private readonly field: HTMLInputElement,
    private readonly count: HTMLElement,
    private readonly list: HTMLElement,
    private readonly all: HTMLAnchorElement,
  ) {
    this.clear();
  }

  ask(): void {
    const question = ++this.question;
    const query = this.field.value.trim();
    const page = new URL(this.searchPage, document.baseURI);
    if (query) page.searchParams.set("q", query);
    this.all.href = page.href;
    this.list.setAttribute("aria-busy", String(query !== ""));
    if (!query) this.clear();
    else this.answered = wait(PATIENCE).then(() => (question === this.question ? this.answer(question, query) : undefined));
  }

  /** The first title, once what is asked now is answered. */
  async first(): Promise<HTMLElement | undefined> {
    let last;
    while (last !== this.answered) {
      last = this.answered;
      await last;
    }
    return this.list.querySelector<HTMLElement>(".pn-hit__title") ?? undefined;
  }

  private clear(): void {
    this.list.replaceChildren();
    this.count.textContent = phrase(this.said, "search_what");
  }

  private async answer(question: number, query: string): Promise<void> {
    try {
      const found = await search(query, {}, this.said);
      const hits = await found.next(SHOWN);
      if (question !== this.question) return;
      this.list.replaceChildren(...hits.map((hit) => item(hit, this.said, 1)));
      this.count.textContent = counted(this.said, found.total, query);
    } catch {
      if (question === this.question) this.count.textContent = phrase(this.said, "search_failed");
    }
    if (question === this.question) this.list.setAttribute("aria-busy", "false");
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
