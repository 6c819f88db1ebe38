// The search page's address → what the search says there, fetched once a language.

import type { Said } from "./engine";

const known = new Map<string, Promise<Said>>();

/** What the search says in the language of this search page. */
export function saidAt(page: string): Promise<Said> {
  const address = new URL("words.json", new URL(page, document.baseURI)).href;
  let said = known.get(address);
  if (!said) {
    said = fetch(address).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status} ${address}`);
      return answer.json() as Promise<Said>;
    });
    said.catch(() => known.delete(address));
    known.set(address, said);
  }
  return said;
}
