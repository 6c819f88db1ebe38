// A built site → its Lighthouse scores: mobile preset, median of three, exit 1 where one is below 95.
//
//     node audit.mjs SITE [PATH…]      CHROME_PATH names the browser
//
// The site is served compressed on loopback, as a static host would; the browser asks nobody else.

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { createGzip } from "node:zlib";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { computeMedianRun } from "lighthouse/core/lib/median-run.js";

const PAGES = ["", "dpo/", "topics/alignment/", "search/", "graph/"];
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const LEAST = 95;
const RUNS = 3;
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"];
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".wasm": "application/wasm",
  ".woff2": "font/woff2",
};
const COMPRESSED = new Set([".html", ".css", ".js", ".json", ".xml", ".svg", ".wasm"]);

/** The file that an address of the site stands for, if there is one. */
async function fileOf(site, address) {
  const asked = path.join(site, decodeURIComponent(address));
  if (asked !== site && !asked.startsWith(site + path.sep)) return undefined;
  const found = await stat(asked).catch(() => undefined);
  if (!found) return undefined;
  return found.isDirectory() ? path.join(asked, "index.html") : asked;
}

/** Serves the site on a free port of loopback. */
async function serve(site) {
  const server = createServer(async (request, response) => {
    const file = await fileOf(site, new URL(request.url, "http://localhost").pathname);
    if (!file) {
      response.writeHead(404).end();
      return;
    }
    const kind = path.extname(file);
    const zip = COMPRESSED.has(kind) && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    response.writeHead(200, {
      "Content-Type": TYPES[kind] ?? "application/octet-stream",
      "Cache-Control": "max-age=600",
      ...(zip ? { "Content-Encoding": "gzip", Vary: "Accept-Encoding" } : {}),
    });
    const content = createReadStream(file);
    if (zip) content.pipe(createGzip()).pipe(response);
    else content.pipe(response);
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  return server;
}

/** The run in the middle of three, each in a browser of its own. */
async function audit(address) {
  const runs = [];
  for (let run = 0; run < RUNS; run += 1) {
    const chrome = await launch({ chromeFlags: FLAGS });
    try {
      const result = await lighthouse(address, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: "error" });
      if (result.lhr.runtimeError) throw new Error(`${address}: ${result.lhr.runtimeError.message}`);
      runs.push(result.lhr);
    } finally {
      chrome.kill();
    }
  }
  return computeMedianRun(runs);
}

const scoreOf = (report, category) => Math.round((report.categories[category].score ?? 0) * 100);

/** What costs a page its points in a category, dearest first. */
function faults(report, category) {
  return report.categories[category].auditRefs
    .filter(({ id, weight }) => weight > 0 && (report.audits[id].score ?? 1) < 0.9)
    .sort((one, other) => other.weight - one.weight)
    .map(({ id }) => {
      const { title, displayValue } = report.audits[id];
      return `    ${category}: ${title}${displayValue ? ` (${displayValue})` : ""}`;
    });
}

async function main() {
  const [folder, ...chosen] = process.argv.slice(2);
  if (!folder) throw new Error("usage: node audit.mjs SITE [PATH…]");
  const server = await serve(path.resolve(folder));
  const origin = `http://127.0.0.1:${server.address().port}/`;
  console.log(`| page | ${CATEGORIES.join(" | ")} | first paint | largest paint | blocked | shift | transferred |`);
  console.log(`| --- | ${"--: | ".repeat(CATEGORIES.length + 4)}--: |`);
  const below = [];
  for (const page of chosen.length > 0 ? chosen : PAGES) {
    const report = await audit(origin + page);
    const scores = CATEGORIES.map((category) => scoreOf(report, category));
    const shown = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift"]
      .map((id) => report.audits[id].displayValue);
    const bytes = `${Math.round(report.audits["total-byte-weight"].numericValue / 1000)} kB`;
    console.log(`| /${page} | ${[...scores, ...shown, bytes].join(" | ")} |`);
    const poor = CATEGORIES.filter((_, number) => scores[number] < LEAST);
    if (poor.length > 0) below.push(`/${page}`, ...poor.flatMap((category) => faults(report, category)));
  }
  server.close();
  if (below.length > 0) console.log(`\nbelow ${LEAST}:\n${below.join("\n")}`);
  return below.length > 0 ? 1 : 0;
}

process.exitCode = await main();
