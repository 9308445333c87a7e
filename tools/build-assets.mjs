/* Builds the front end: `node tools/build-assets.mjs` (npm ci first). Sources in src/shanhai/web/assets, output in
   src/shanhai/web/static/dist, never committed. Tabler is cut down to the rules our templates and scripts can use. */
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, transform } from "esbuild";
import { PurgeCSS } from "purgecss";

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const ASSETS = path.join(ROOT, "src/shanhai/web/assets");
const OUTPUT = path.join(ROOT, "src/shanhai/web/static/dist");
const MODULES = path.join(ROOT, "node_modules");
/* Old enough for the browsers found in county offices. */
const TARGET = ["chrome88", "firefox85", "safari14.1"];

async function scripts() {
  await build({
    entryPoints: [path.join(ASSETS, "js/app.js"), path.join(ASSETS, "js/charts.js"), path.join(ASSETS, "js/caseload-worker.js")],
    absWorkingDir: ROOT,
    nodePaths: [MODULES],
    alias: { "htmx.org": path.join(MODULES, "htmx.org/dist/htmx.esm.js") },
    bundle: true,
    minify: true,
    format: "iife",
    target: TARGET,
    legalComments: "eof",
    outdir: OUTPUT,
    logLevel: "warning",
  });
}

async function styles() {
  const tabler = path.join(MODULES, "@tabler/core/dist/css/tabler.css");
  const [cut] = await new PurgeCSS().purge({
    css: [tabler],
    content: [path.join(ROOT, "src/shanhai/**/*.html"), path.join(ASSETS, "js/*.js")],
    safelist: ["html", "body"],
    keyframes: true,
    variables: true,
  });
  const choices = await readFile(path.join(MODULES, "tom-select/dist/css/tom-select.bootstrap5.css"), "utf8");
  const own = await Promise.all(["shanhai", "document", "screen"].map((name) => readFile(path.join(ASSETS, `css/${name}.css`), "utf8")));
  const sheet = [cut.css, choices, ...own].join("\n").replaceAll(/\/\*# sourceMappingURL=.*?\*\//g, "");
  const { code } = await transform(sheet, { loader: "css", minify: true, target: TARGET, legalComments: "eof" });
  await writeFile(path.join(OUTPUT, "app.css"), code);
}

/* Every icon a template names literally must be in icons.json; every name there must exist in Tabler's set. */
async function icons() {
  const names = JSON.parse(await readFile(path.join(ASSETS, "icons.json"), "utf8"));
  const missing = (await namedInTemplates()).filter((name) => !names.includes(name));
  if (missing.length) throw new Error(`icons.json lacks icons that templates use: ${missing.join(", ")}`);
  const symbols = await Promise.all(names.map(async (name) => {
    const svg = await readFile(path.join(MODULES, `@tabler/icons/icons/outline/${name}.svg`), "utf8");
    const shapes = svg.replace(/^[\s\S]*?<svg[\s\S]*?>/, "").replace(/<\/svg>\s*$/, "").replaceAll(/\s*\n\s*/g, "");
    return `<symbol id="${name}" viewBox="0 0 24 24" stroke-linecap="round" stroke-linejoin="round">${shapes}</symbol>`;
  }));
  await writeFile(path.join(OUTPUT, "icons.svg"), `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
}

async function namedInTemplates() {
  const source = path.join(ROOT, "src/shanhai");
  const files = (await readdir(source, { recursive: true })).filter((name) => name.endsWith(".html"));
  const texts = await Promise.all(files.map((name) => readFile(path.join(source, name), "utf8")));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/components\/icon\.html" with name="([\w-]+)"/g)].map((hit) => hit[1])))];
}

process.stdout.on("error", () => {}); // a reader that left early is no failure

async function report() {
  for (const name of (await readdir(OUTPUT)).sort()) {
    const bytes = await readFile(path.join(OUTPUT, name));
    console.log(`${name.padEnd(14)} ${String(Math.ceil(bytes.length / 1024)).padStart(5)} KB ${String(Math.ceil(gzipSync(bytes).length / 1024)).padStart(5)} KB gz`);
  }
}

await rm(OUTPUT, { recursive: true, force: true });
await mkdir(OUTPUT, { recursive: true });
await Promise.all([scripts(), styles(), icons(), cp(path.join(ASSETS, "img"), OUTPUT, { recursive: true })]);
await report();
