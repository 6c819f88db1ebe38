// Code → code with a button that copies it.

/** What the button says, as Material's settings in the page have it. */
interface Phrases {
  readonly "clipboard.copy"?: string;
  readonly "clipboard.copied"?: string;
}

const SHOWN = 1600;

/** Give every block of code its button, unless the theme has done so. */
export function start(blocks: readonly HTMLElement[]): void {
  const words = phrases();
  for (const code of blocks) {
    const block = code.parentElement;
    if (!block || block.querySelector(".pn-copy, .md-code__nav")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "pn-copy";
    name(button, words["clipboard.copy"] ?? "Copy");
    button.addEventListener("click", () => {
      void navigator.clipboard.writeText(text(code)).then(() => {
        button.classList.add("pn-copy--done");
        name(button, words["clipboard.copied"] ?? "Copied");
        window.setTimeout(() => {
          button.classList.remove("pn-copy--done");
          name(button, words["clipboard.copy"] ?? "Copy");
        }, SHOWN);
      });
    });
    block.append(button);
  }
}

function name(button: HTMLElement, phrase: string): void {
  button.setAttribute("aria-label", phrase);
  button.title = phrase;
}

/** The code without line numbers and other marks that are not its own. */
function text(code: HTMLElement): string {
  const copy = code.cloneNode(true) as HTMLElement;
  for (const mark of copy.querySelectorAll("a[id^='__codelineno'], .linenos")) mark.remove();
  return (copy.textContent ?? "").trimEnd();
}

/** The theme's phrases in the page's language. */
function phrases(): Phrases {
  const config = document.getElementById("__config")?.textContent;
  if (!config) return {};
  return (JSON.parse(config) as { translations?: Phrases }).translations ?? {};
}
