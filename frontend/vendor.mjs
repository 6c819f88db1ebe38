// Copies KaTeX from node_modules into src/papernotes/assets/katex, which is committed: the script that Python runs at
// build time, and the styles and fonts that pages with formulas load. `make vendor` runs it after a new version.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import subsetFont from "subset-font";

const here = dirname(fileURLToPath(import.meta.url));
const katex = join(here, "node_modules", "katex");
const target = resolve(here, "../src/papernotes/assets/katex");
const { version } = JSON.parse(readFileSync(join(katex, "package.json"), "utf8"));

// Of these fonts most pages need only letters, as in \mathbb{E} and \mathbf{x}: those come as a font of their own.
const LETTERS = {
  "KaTeX_AMS-Regular": [["A", "Z"], ["k", "k"]],
  "KaTeX_Main-Bold": [["0", "9"], ["A", "Z"], ["a", "z"]],
};

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
copyFileSync(join(katex, "LICENSE"), join(target, "LICENSE"));
copyFileSync(join(katex, "dist", "katex.min.js"), join(target, "katex.min.js"));

for (const name of readdirSync(join(katex, "dist", "fonts")).filter((name) => name.endsWith(".woff2"))) {
  copyFileSync(join(katex, "dist", "fonts", name), join(target, "fonts", name));
}

// Every browser that the site supports reads woff2.
const styles = readFileSync(join(katex, "dist", "katex.min.css"), "utf8");
let slim = styles.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, "");
for (const [name, ranges] of Object.entries(LETTERS)) {
  const codes = ranges.map((range) => range.map((letter) => letter.codePointAt(0)));
  const letters = codes.flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, i) => first + i));
  const whole = readFileSync(join(katex, "dist", "fonts", `${name}.woff2`));
  const part = await subsetFont(whole, String.fromCodePoint(...letters), { targetFormat: "woff2" });
  writeFileSync(join(target, "fonts", `${name}-letters.woff2`), part);
  const others = [...codes.map(([first], i) => [i ? codes[i - 1][1] + 1 : 0, first - 1]), [codes.at(-1)[1] + 1, 0x10ffff]];
  const face = new RegExp(`@font-face\\{[^{}]*fonts/${name}\\.woff2[^{}]*\\}`);
  slim = slim.replace(
    face,
    (rule) =>
      rule.replace(`${name}.woff2`, `${name}-letters.woff2`).replace("}", `;unicode-range:${unicodeRange(codes)}}`) +
      rule.replace("}", `;unicode-range:${unicodeRange(others)}}`),
  );
}
writeFileSync(join(target, "katex.min.css"), slim);
console.log(`KaTeX ${version} in ${target}`);

function unicodeRange(ranges) {
  return ranges.map((range) => `U+${range.map((code) => code.toString(16)).join("-")}`).join();
}
