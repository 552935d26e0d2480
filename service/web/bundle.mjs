// Bundles scripts, styles, fonts and shapes into service/static, each named by the hash of what it holds, and writes
// manifest.json there: which file a template means by a name, and which parts that file loads at once.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "..", "static");

const shared = {
  absWorkingDir: here,
  outdir: out,
  bundle: true,
  minify: !process.argv.includes("--readable"),
  target: ["chrome120", "firefox121", "safari17.5"],
  charset: "utf8",
  legalComments: "none",
  entryNames: "[name]-[hash]",
  chunkNames: "part-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".json": "file" },
  metafile: true,
  logLevel: "warning",
};

/** The sources of a folder, by their ending. */
async function sources(folder, ending) {
  const names = await readdir(join(here, folder));
  return names.filter((name) => name.endsWith(ending)).map((name) => `${folder}/${name}`);
}

/** What the files of a build are called in templates, and what each needs at once. */
function named(outputs) {
  const entries = Object.entries(outputs).filter(([, made]) => made.entryPoint);
  return entries.flatMap(([path, made]) => {
    const name = basename(made.entryPoint).replace(/\.ts$/, ".js");
    const parts = made.imports.filter((part) => part.kind === "import-statement");
    const script = [name, { file: basename(path), parts: parts.map((part) => basename(part.path)) }];
    if (!made.cssBundle) return [script];
    return [script, [name.replace(/\.js$/, ".css"), { file: basename(made.cssBundle), parts: [] }]];
  });
}

/** The licences of all packages of which something is in the bundle, as their authors ask. */
async function licences(...builds) {
  const inputs = builds.flatMap((one) => Object.keys(one.metafile.inputs));
  const packages = new Set(inputs.map((path) => path.match(/^node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]));
  packages.delete(undefined);
  const texts = [...packages].sort().map(async (name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file ? await readFile(join(folder, file), "utf8") : "";
    return `${name} ${version}, ${license}\n\n${text.trim()}\n`;
  });
  return (await Promise.all(texts)).join(`\n${"-".repeat(80)}\n\n`);
}

await mkdir(out, { recursive: true });
const before = await readdir(out);
const pages = await build({
  ...shared,
  entryPoints: [...(await sources("pages", ".ts")), "styles/style.css"],
  format: "esm",
  splitting: true,
});
// Scripts that are no modules: workers, and the one that runs before a page is drawn.
const whole = await build({ ...shared, entryPoints: await sources("whole", ".ts"), format: "iife" });
const manifest = Object.fromEntries(
  [...named(pages.metafile.outputs), ...named(whole.metafile.outputs)].sort(),
);
await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 1)}\n`);
await writeFile(join(out, "licences.txt"), await licences(pages, whole));
// Files of earlier bundles go last, so that a running service always finds what its pages name.
const made = new Set(
  [pages, whole].flatMap((one) => Object.keys(one.metafile.outputs).map((path) => basename(path))),
);
for (const name of ["manifest.json", "licences.txt"]) made.add(name);
for (const name of before) if (!made.has(name)) await rm(join(out, name));
