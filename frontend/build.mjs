// Bundles src/ into src/papernotes/assets, which is committed: who builds a site needs no Node.
//
// Every *.ts directly under src/ becomes a file of its own name. A dynamic import of one from another stays
// a request for that file, so names are stable and a page loads only what is on it; a static import is bundled.

import { readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, "src");
const target = resolve(here, process.env["PAPERNOTES_ASSETS"] ?? "../src/papernotes/assets");

const features = {
  name: "features stay files of their own",
  setup(build) {
    build.onResolve({ filter: /^\.\// }, (found) =>
      found.kind === "dynamic-import" ? { path: `${found.path}.js`, external: true } : undefined,
    );
  },
};

const options = {
  entryPoints: [
    ...readdirSync(source)
      .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts"))
      .map((name) => join(source, name)),
    join(source, "papernotes.css"),
  ],
  outdir: target,
  bundle: true,
  minify: true,
  format: "esm",
  target: ["es2022", "chrome111", "firefox113", "safari16.4"],
  charset: "utf8",
  legalComments: "none",
  external: ["*.woff2", "*.svg"],
  plugins: [features],
  logLevel: "warning",
};

if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  // One at a time: a feature that does not build keeps none of the others back.
  const builds = options.entryPoints.map((entry) => esbuild.build({ ...options, entryPoints: [entry] }));
  const failed = (await Promise.allSettled(builds)).some((build) => build.status === "rejected");
  process.exitCode = failed ? 1 : 0;
}
