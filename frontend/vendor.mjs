// Copies KaTeX from node_modules into src/papernotes/assets/katex, which is committed: the script that Python runs at
// build time, and the styles and fonts that pages with formulas load. `make vendor` runs it after a new version.

import { copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const katex = join(here, "node_modules", "katex");
const target = resolve(here, "../src/papernotes/assets/katex");
const { version } = JSON.parse(readFileSync(join(katex, "package.json"), "utf8"));

rmSync(target, { recursive: true, force: true });
mkdirSync(join(target, "fonts"), { recursive: true });
copyFileSync(join(katex, "LICENSE"), join(target, "LICENSE"));
copyFileSync(join(katex, "dist", "katex.min.js"), join(target, "katex.min.js"));

// Every browser that the site supports reads woff2.
const styles = readFileSync(join(katex, "dist", "katex.min.css"), "utf8");
writeFileSync(join(target, "katex.min.css"), styles.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[a-z]+"\)/g, ""));
for (const name of readdirSync(join(katex, "dist", "fonts")).filter((name) => name.endsWith(".woff2"))) {
  copyFileSync(join(katex, "dist", "fonts", name), join(target, "fonts", name));
}
console.log(`KaTeX ${version} in ${target}`);
