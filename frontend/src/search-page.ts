// The search page: the query and the facets stand in its address. On the page for wrong addresses, their words are asked.

import { allFacets, search, type Chosen, type Facets, type Found, type Said } from "./search/engine";
import { FACETS, type Facet, type Question, addressOf, questionAt, withoutFilters } from "./search/question";
import { counted, element, item, phrase } from "./search/view";
import { saidAt } from "./search/words";

const SHOWN = 15;
const PATIENCE = 200;
const WIDE = matchMedia("(min-width: 60em)");

/** Turn the lists for readers without scripts into a search. */
export function start(places: readonly HTMLElement[]): void {
  for (const place of places) void begin(place);
}

async function begin(place: HTMLElement): Promise<void> {
  if (place.dataset["ready"]) return;
  place.dataset["ready"] = "true";
  const missing = place.classList.contains("pn-search-page--missing");
  const opener = document.querySelector<HTMLAnchorElement>("a.pn-search-open");
  const here = missing ? (opener?.href ?? "search/") : location.href.replace(/[?#].*/, "");
  try {
    const said = await saidAt(here);
    const everything = await allFacets(said);
    const page = new SearchPage(place, said, everything, missing);
    await page.begin();
  } catch {
    // The lists stay; they need no search.
    place.dataset["ready"] = "failed";
  }
}

/** What to ask for an address that does not exist: its last part, which says most, then those before it. */
function questionsOf(root: string): string[] {
  const path = decoded(location.pathname.slice(new URL(root).pathname.length)).replace(/(\/index)?\.(html?|md)$/i, "");
  return path
    .split("/")
    .map((part) => part.split(/[^\p{L}\p{N}.]+/u).filter(Boolean).join(" "))
    .filter((part) => part !== "" && !/^(zh|papers|topics)$/.test(part))
    .reverse();
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

class SearchPage {
  private readonly field: HTMLInputElement;
  private readonly count = element("p", { class: "pn-search__count", role: "status" });
  private readonly list = element("ol", { class: "pn-hits" });
  private readonly more = element("button", { type: "button", class: "md-button pn-search__more" });
  private readonly facets = element("div", { class: "pn-facets" });
  private question: Question = { query: "", chosen: {} };
  private asked = 0;
  private timer = 0;

  constructor(
    private readonly place: HTMLElement,
    private readonly said: Said,
    private readonly everything: Facets,
    private readonly missing: boolean,
  ) {
    const label = phrase(said, "search_label");
    this.field = element("input", {
      type: "search",
      name: "q",
      class: "pn-search__field",
      placeholder: label,
      "aria-label": label,
      autocomplete: "off",
      spellcheck: "false",
    });
    this.more.textContent = phrase(said, "search_more");
    const form = element("form", { class: "pn-search__form", role: "search" }, this.field);
    const filters = element(
      "details",
      { class: "pn-search-page__facets", open: WIDE.matches && "" },
      element("summary", {}, phrase(said, "search_filters")),
      this.facets,
    );
    // Beside the results the facets are always open, and have no handle.
    WIDE.addEventListener("change", () => (filters.open = WIDE.matches));
    const results = element("div", { class: "pn-search-page__results" }, this.count, this.list, this.more);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.change({ ...this.question, query: this.field.value.trim() }, true);
    });
    this.field.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) this.later();
    });
    this.field.addEventListener("compositionend", () => this.later());
    if (missing) place.prepend(form, results);
    else place.replaceChildren(form, filters, results);
    place.classList.add("pn-search-page--ready");
    window.addEventListener("popstate", () => this.place.isConnected && void this.show(questionAt(location.search)));
  }

  /** Ask what stands in the address, or the words of a wrong one, part by part, until something is found. */
  async begin(): Promise<void> {
    if (!this.missing) {
      await this.show(questionAt(location.search));
      if (this.question.query === "") this.field.focus();
      return;
    }
    const root = new URL("../", document.querySelector<HTMLAnchorElement>("a.pn-search-open")?.href ?? location.href);
    for (const query of questionsOf(root.href)) {
      await this.show({ query, chosen: {} });
      if (this.list.childElementCount > 0) return;
    }
  }

  private later(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.change({ ...this.question, query: this.field.value.trim() }, false), PATIENCE);
  }

  /** A new question: the address follows, as a new step for what was chosen and in place for what is typed. */
  private change(question: Question, step: boolean): void {
    clearTimeout(this.timer);
    if (!this.missing) {
      const address = addressOf(location.pathname, question);
      if (step) history.pushState(null, "", address);
      else history.replaceState(history.state, "", address);
    }
    void this.show(question);
  }

  private async show(question: Question): Promise<void> {
    const asked = ++this.asked;
    this.question = question;
    if (this.field.value.trim() !== question.query) this.field.value = question.query;
    const idle = question.query === "" && Object.values(question.chosen).every((values) => values.length === 0);
    if (idle) {
      this.list.replaceChildren();
      this.more.hidden = true;
      this.count.textContent = phrase(this.said, "search_what");
      this.drawFacets(this.everything);
      return;
    }
    const found = await search(question.query, question.chosen, this.said);
    const counts = await this.counts(question, found);
    if (asked !== this.asked) return;
    this.count.textContent =
      this.missing && found.total > 0
        ? phrase(this.said, "search_missing")
        : counted(this.said, found.total, question.query);
    this.list.replaceChildren();
    await this.extend(found, asked);
    if (asked === this.asked) this.drawFacets(counts);
  }

  private async extend(found: Found, asked: number): Promise<void> {
    const from = this.list.childElementCount;
    const hits = await found.next(SHOWN);
    if (asked !== this.asked) return;
    const items = hits.map((hit) => item(hit, this.said, 2));
    this.list.append(...items);
    this.more.hidden = this.list.childElementCount >= found.total;
    this.more.onclick = () => {
      void this.extend(found, asked).then(() => {
        this.list.children[from + hits.length]?.querySelector<HTMLElement>("a")?.focus();
      });
    };
  }

  /** What each value of a facet would leave: its own choice does not count against its other values. */
  private async counts(question: Question, found: Found): Promise<Facets> {
    const counts: Record<string, Readonly<Record<string, number>>> = { ...found.facets };
    for (const [name, values] of Object.entries(question.chosen)) {
      if (values.length === 0) continue;
      const others: Chosen = { ...question.chosen, [name]: [] };
      counts[name] = (await search(question.query, others, this.said)).facets[name] ?? {};
    }
    return counts;
  }

  private drawFacets(counts: Facets): void {
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : "";
    const drawn = FACETS.map((facet) => this.drawFacet(facet, counts[facet] ?? {}));
    const chosen = Object.values(this.question.chosen).some((values) => values.length > 0);
    const clear = element("button", { type: "button", class: "pn-facets__clear" }, phrase(this.said, "search_clear"));
    clear.addEventListener("click", () => {
      this.change(withoutFilters(this.question), true);
      this.field.focus();
    });
    this.facets.replaceChildren(...drawn, ...(chosen ? [clear] : []));
    if (focused) document.getElementById(focused)?.focus();
  }

  private drawFacet(facet: Facet, counts: Readonly<Record<string, number>>): HTMLElement {
    const values = Object.keys(this.everything[facet] ?? {});
    const chosen = this.question.chosen[facet] ?? [];
    const box = element("fieldset", { class: "pn-facet" }, element("legend", {}, phrase(this.said, `facet_${facet}`)));
    if (facet === "year") box.append(this.drawYears(values.map(Number).sort((one, other) => one - other), chosen));
    else {
      const named = values.map((value) => [value, this.named(facet, value)] as const);
      for (const [value, name] of named.sort((one, other) => one[1].localeCompare(other[1], this.said.lang))) {
        const count = counts[value] ?? 0;
        const ticked = chosen.includes(value);
        const tick = element("input", {
          type: "checkbox",
          id: `pn-facet-${facet}-${value}`,
          checked: ticked && "",
          disabled: count === 0 && !ticked && "",
        });
        tick.addEventListener("change", () => {
          const next = tick.checked ? [...chosen, value] : chosen.filter((other) => other !== value);
          this.choose(facet, next);
        });
        const number = element("span", { class: "pn-facet__count" }, String(count));
        box.append(element("label", { for: tick.id }, tick, element("span", {}, name), number));
      }
    }
    return box;
  }

  /** Years are chosen as a span. */
  private drawYears(years: readonly number[], chosen: readonly string[]): HTMLElement {
    const known = years.filter((year) => chosen.includes(String(year)));
    const first = String(known[0] ?? "");
    const last = String(known.at(-1) ?? "");
    const pick = (name: string, value: string): HTMLSelectElement => {
      const none = element("option", { value: "" }, phrase(this.said, "search_any_year"));
      const options = years.map((year) => element("option", { value: String(year) }, String(year)));
      const select = element(
        "select",
        { id: `pn-facet-${name}`, "aria-label": `${phrase(this.said, "facet_year")}: ${phrase(this.said, name)}` },
        none,
        ...options,
      );
      select.value = value;
      return select;
    };
    const from = pick("search_from", first);
    const to = pick("search_to", last);
    const changed = (): void => {
      const low = from.value ? Number(from.value) : (years[0] ?? 0);
      const high = to.value ? Number(to.value) : (years.at(-1) ?? 0);
      const free = !from.value && !to.value;
      this.choose("year", free ? [] : years.filter((year) => year >= low && year <= high).map(String));
    };
    from.addEventListener("change", changed);
    to.addEventListener("change", changed);
    return element("div", { class: "pn-facet__years" }, from, element("span", {}, "–"), to);
  }

  private choose(facet: Facet, values: readonly string[]): void {
    this.change({ query: this.question.query, chosen: { ...this.question.chosen, [facet]: values } }, true);
  }

  private named(facet: Facet, value: string): string {
    if (facet === "topic") return this.said.topics[value] ?? value;
    if (facet === "language") return this.said.languages.find((other) => other.lang === value)?.name ?? value;
    return this.said.words[`${facet}_${value}`] ?? value;
  }
}
