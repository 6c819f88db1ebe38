// Runs in the page that render.py opens: Mermaid source → an SVG of plain shapes and text, without styles of its own.
// Colours come from the page that shows it; DESCRIBED is what the file says of itself where there is no such page.

const FONT = 14;
const LINE = 18;
const round = (number) => String(Math.round(number * 10) / 10);
const escape = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
const SHAPES = {
  rect: ["x", "y", "width", "height", "rx", "ry"],
  circle: ["cx", "cy", "r"],
  ellipse: ["cx", "cy", "rx", "ry"],
  polygon: ["points"],
  path: ["d"],
  line: ["x1", "y1", "x2", "y2"],
};
const STANDALONE = `
.pn-diagram-node{fill:#f5f6fa;stroke:#7b84a8}.pn-diagram-group{fill:none;stroke:#9aa0b5;stroke-dasharray:4 4}
.pn-diagram-edge{fill:none;stroke:#5d6480;stroke-width:1.4}.pn-diagram-edge--dotted{stroke-dasharray:3 4}
.pn-diagram-edge--thick{stroke-width:3}.pn-diagram-head{fill:#5d6480}.pn-diagram-back{fill:#fff}
text{fill:#20232e;font:${FONT}px system-ui,sans-serif}
@media (prefers-color-scheme:dark){svg{background:#1e2129}.pn-diagram-node{fill:#2b3040;stroke:#8790b5}
.pn-diagram-edge{stroke:#a9b0cc}.pn-diagram-head{fill:#a9b0cc}.pn-diagram-back{fill:#1e2129}text{fill:#e6e8f0}}
`.replace(/\n/g, "");

mermaid.initialize({
  startOnLoad: false,
  securityLevel: "strict",
  htmlLabels: false,
  layout: "dagre",
  look: "classic",
  theme: "base",
  // Readers have other fonts: measured a little larger than drawn, text fits its box in all of them.
  fontFamily: "Arial, Liberation Sans, Noto Sans CJK SC, sans-serif",
  themeVariables: { fontSize: `${FONT + 1}px` },
  deterministicIds: true,
  suppressErrorRendering: true,
  flowchart: {
    htmlLabels: false,
    useMaxWidth: false,
    minNodeWidth: 0,
    wrappingWidth: 166,
    padding: 9,
    nodeSpacing: 24,
    rankSpacing: 32,
    diagramPadding: 4,
    subGraphTitleMargin: { top: 4, bottom: 8 },
    curve: "basis",
  },
});

/** The attributes of a shape that say where it is. */
function geometry(shape) {
  return SHAPES[shape.localName]
    .filter((name) => shape.hasAttribute(name))
    .map((name) => `${name}="${shape.getAttribute(name).replace(/-?\d*\.\d+(?:e-?\d+)?/g, (number) => round(Number(number)))}"`)
    .join(" ");
}

/** Where an element's own origin is in the drawing. */
function origin(element, root) {
  const matrix = root.getCTM().inverse().multiply(element.getCTM());
  return [matrix.e, matrix.f];
}

/** The transform that puts an element where it is, or nothing. */
function moved(element, root) {
  const [x, y] = origin(element, root).map(round);
  return x === "0" && y === "0" ? "" : ` transform="translate(${x} ${y})"`;
}

/** The middle of what an element shows, in the drawing. */
function middle(element, root) {
  const box = element.getBBox();
  const [x, y] = origin(element, root);
  return [x + box.x + box.width / 2, y + box.y + box.height / 2];
}

const rowsOf = (text) =>
  [...text.querySelectorAll("tspan.row")].map((row) => row.textContent.trim()).filter((row) => row !== "");

/** Rows of text around a point. */
function label(rows, x, y) {
  const first = y - ((rows.length - 1) * LINE) / 2;
  const lines = rows.map((row, i) => `<tspan x="${round(x)}" y="${round(first + i * LINE)}">${escape(row)}</tspan>`);
  return `<text text-anchor="middle" dominant-baseline="central">${lines.join("")}</text>`;
}

function group(cluster, root) {
  const shape = cluster.querySelector(":scope > rect");
  const text = cluster.querySelector(".cluster-label text");
  const [x, y] = middle(text, root);
  return `<rect class="pn-diagram-group" ${geometry(shape)} rx="6"${moved(shape, root)}/>${label(rowsOf(text), x, y)}`;
}

function edge(path, arrow, root) {
  const dotted = path.classList.contains("edge-pattern-dotted") ? " pn-diagram-edge--dotted" : "";
  const thick = path.classList.contains("edge-thickness-thick") ? " pn-diagram-edge--thick" : "";
  const ends = ["marker-start", "marker-end"]
    .filter((end) => path.hasAttribute(end))
    .map((end) => ` ${end}="url(#${arrow})"`);
  return `<path class="pn-diagram-edge${dotted}${thick}" ${geometry(path)}${ends.join("")}${moved(path, root)}/>`;
}

function edgeLabel(element, root) {
  const text = element.querySelector("text");
  const rows = text ? rowsOf(text) : [];
  if (rows.length === 0) return "";
  const [x, y] = middle(text, root);
  const box = text.getBBox();
  const back = { x: x - box.width / 2 - 3, y: y - (rows.length * LINE) / 2, width: box.width + 6, height: rows.length * LINE };
  const place = Object.entries(back).map(([name, number]) => `${name}="${round(number)}"`).join(" ");
  return `<rect class="pn-diagram-back" ${place} rx="3"/>${label(rows, x, y)}`;
}

function node(element, root) {
  const [x, y] = origin(element, root);
  const shapes = [...element.querySelectorAll(Object.keys(SHAPES).join(","))].filter((shape) => !shape.closest(".label"));
  const drawn = shapes.map((shape) => {
    const corners = shape.localName === "rect" && !shape.hasAttribute("rx") ? ' rx="5"' : "";
    return `<${shape.localName} class="pn-diagram-node" ${geometry(shape)}${corners}${moved(shape, root)}/>`;
  });
  const text = element.querySelector(".label text");
  const rows = text ? rowsOf(text) : [];
  return drawn.join("") + (rows.length ? label(rows, ...(text.getBBox().width ? middle(text, root) : [x, y])) : "");
}

globalThis.draw = async (source, key) => {
  const { svg } = await mermaid.render("drawn", source);
  const place = document.createElement("div");
  place.innerHTML = svg;
  document.body.replaceChildren(place);
  const root = place.querySelector("svg");
  const arrow = `arrow-${key}`;
  const parts = [
    ...[...root.querySelectorAll("g.cluster")].map((element) => group(element, root)),
    ...[...root.querySelectorAll(".edgePaths path")].map((path) => edge(path, arrow, root)),
    ...[...root.querySelectorAll("g.edgeLabel")].map((element) => edgeLabel(element, root)),
    ...[...root.querySelectorAll("g.node")].map((element) => node(element, root)),
  ];
  const [x, y, width, height] = root.getAttribute("viewBox").split(/[\s,]+/).map(Number);
  const head =
    `<defs><marker id="${arrow}" viewBox="0 0 10 10" refX="5" refY="5" markerUnits="userSpaceOnUse" markerWidth="9" markerHeight="9" orient="auto-start-reverse">` +
    `<path class="pn-diagram-head" d="M 0 0.5 L 10 5 L 0 9.5 z"/></marker></defs>`;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${[x, y, width, height].map(round).join(" ")}" width="${Math.ceil(width)}" height="${Math.ceil(height)}">` +
    `<style>${STANDALONE}</style>${head}\n${parts.filter(Boolean).join("\n")}\n</svg>\n`
  );
};
