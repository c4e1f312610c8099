import { spawnSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  build,
  RolldownMagicString,
  type OutputChunk,
  type OutputOptions,
  type Plugin,
  type RolldownOptions,
} from "rolldown";
import { parseSync, Visitor } from "rolldown/utils";

// Bundles the package in the current folder, so that a command that is started cold reads few files: each entry point
// is one, and all that several of them share is one more, but for what is loaded on demand. Node takes a millisecond to
// find a package that is imported, so those of ours that are pure code are bundled, too, and the CRDs with their files;
// others stay imports. An engine may therefore be there twice: layers and problems are told by what they hold, never by
// their class.
const { exports = {} }: { exports?: Record<string, string | { "@atlas/source"?: string }> } = JSON.parse(
  readFileSync("package.json", "utf8"),
);
const entries = Object.values(exports).flatMap((entry) =>
  typeof entry === "object" ? (entry["@atlas/source"] ?? []) : [],
);
const files = [
  ...globSync(entries),
  ...globSync("src/{main.js,start.js,run.ts,validate/validation.ts}"),
  ...globSync("src/base/index.ts"),
  ...globSync("src/overlays/*/index.ts"),
];
// What a command loads once it knows that it can run. Of a package it is the environments, which are rendered cold, or where
// it has none, all its entry points.
const [run] = globSync("src/run.ts");
const environments = globSync("src/{base,overlays/*}/index.ts");
const hasEnvironments = environments.length > 0;
const starts = run === undefined ? (hasEnvironments ? environments : files) : [run];

const environmentPrefix = "environment:";

const nameOf = (file: string): string => file.replace(/^(?:\.\/)?src\/(.*)\.[jt]s$/, "$1");

/** The chunks that are made of what a start needs, and of what most renders load on demand, each with all that it needs. */
const wholes: Readonly<Record<string, readonly string[]>> = {
  shared: starts,
  "validate/validation": globSync("src/validate/validation.ts"),
};

/** The chunk that each module belongs into, where it is one of these. */
type Homes = ReadonlyMap<string, string>;

/**
 * What the entry points of these chunks load. The bundler is asked, in a build without them: what a module imports, it may
 * not need, as where that has all that a package exports.
 */
async function homesOfModules(): Promise<Homes> {
  const { output } = await build({ ...options(new Map()), write: false, output: { format: "esm" } });
  const chunks = new Map(output.flatMap((each) => (each.type === "chunk" ? [[each.fileName, each]] : [])));
  const homes = new Map<string, string>();
  for (const [home, entryPoints] of Object.entries(wholes)) {
    const names = new Set(entryPoints.map(nameOf));
    const reached = new Set([...chunks.values()].filter(({ isEntry, name }) => isEntry && names.has(name)));
    for (const { imports, moduleIds } of reached) {
      for (const id of moduleIds) if (!homes.has(id)) homes.set(id, home);
      for (const file of imports) {
        const imported = chunks.get(file);
        if (imported) reached.add(imported);
      }
    }
  }
  return homes;
}

/** Has an environment export what it exports itself: another that stands on it needs more of the chunk that it is in. */
const environmentEntries: Plugin = {
  name: "environment entries",
  resolveId: (id) => (id.startsWith(environmentPrefix) ? id : null),
  load(id) {
    if (!id.startsWith(environmentPrefix)) return null;
    const file = JSON.stringify(resolve(id.slice(environmentPrefix.length)));
    return `export * from ${file}; export { default } from ${file};`;
  },
};

/** Puts the tables that fleets are made of beside the built modules that name them. */
const tables: Plugin = {
  name: "tables",
  buildStart() {
    for (const file of globSync("src/overlays/*/**/*.{yaml,yml,json}"))
      this.emitFile({ type: "asset", fileName: file.slice("src/".length), source: readFileSync(file) });
  },
};

/**
 * Asks the process for Node's own modules: an import makes a module of all that one offers, and that of `node:fs` loads Node's
 * streams. The file that is run is left as it is, which older versions of Node have to read.
 */
const builtins: Plugin = {
  name: "builtins",
  renderChunk(code, { name }) {
    if (name === "main") return null;
    const edited = new RolldownMagicString(code);
    for (const statement of parseSync(name, code, { lang: "js" }).program.body) {
      if (statement.type !== "ImportDeclaration" || !statement.source.value.startsWith("node:")) continue;
      const whole = statement.specifiers.find(({ type }) => type !== "ImportSpecifier");
      const names = statement.specifiers.flatMap((each) =>
        each.type === "ImportSpecifier" ? `${nameOfExport(each.imported)}: ${each.local.name}` : [],
      );
      const module = `process.getBuiltinModule(${JSON.stringify(statement.source.value)})`;
      const lines = [
        ...(whole ? [`const ${whole.local.name} = ${module};`] : []),
        ...(names.length > 0 ? [`const { ${names.join(", ")} } = ${module};`] : []),
      ];
      edited.update(statement.start, statement.end, lines.join(" "));
    }
    return { code: edited.toString(), map: edited.generateMap({ hires: true }).toString() };
  },
};

const nameOfExport = (name: { readonly type: string } & object): string =>
  "name" in name ? String(name.name) : "value" in name ? JSON.stringify(name.value) : "";

/** What of each chunk a cold start calls: the functions by their number in it. */
type Called = ReadonlyMap<string, ReadonlySet<number>>;

/**
 * Has V8 compile the functions that a cold start calls along with their chunk, as it does where one stands in parentheses:
 * Node's compile cache holds what is compiled by then, and a cold render spends a tenth of its time on compiling the others.
 * What is not called, such as what is said of mistakes, stays text. Without a word on what is called, it is all. They move
 * to the top, as a declared function may be called in a line above it.
 */
const eager = (called: Called | undefined): Plugin => ({
  name: "eager",
  renderChunk(code, { name, isEntry }) {
    if (called ? !called.has(name) : !isEntry && name !== "shared") return null;
    const edited = new RolldownMagicString(code);
    // The line that says what runs a file stays the first.
    const top = /^#!.*\n/.exec(code)?.[0].length ?? 0;
    const enclose = ({ start, end }: Span, before = "(", after = ")"): void =>
      void edited.appendRight(start, before).prependLeft(end, after);
    for (const [index, { start, end, declared }] of functionsOf(name, code).entries()) {
      if (called && called.get(name)?.has(index) !== true) continue;
      if (declared === undefined) enclose({ start, end });
      else {
        enclose({ start, end }, `var ${declared} = (`, ");\n");
        edited.move(start, end, top);
      }
    }
    return { code: edited.toString(), map: edited.generateMap({ hires: true }).toString() };
  },
});

/** The functions of a chunk that can be enclosed, with the names of those that are declared at its top. */
function functionsOf(name: string, code: string): readonly (Span & { readonly declared?: string })[] {
  const { program } = parseSync(name, code, { lang: "js" });
  const declared = program.body.flatMap((statement) =>
    statement.type === "FunctionDeclaration" && statement.id
      ? [{ start: statement.start, end: statement.end, declared: statement.id.name }]
      : [],
  );
  const arrows: Span[] = [];
  new Visitor({ ArrowFunctionExpression: (node) => void arrows.push(node) }).visit(program);
  return [...declared, ...arrows];
}

/**
 * What a cold start calls of what is built here: rendering, for the command, or composing the environments. It is asked of
 * V8, in a build for this alone. Undefined for a package that starts nothing, and where that fails: it is what is being
 * worked on that says why, not its build.
 */
async function calledAtStart(homes: Homes): Promise<Called | undefined> {
  mkdirSync("dist", { recursive: true });
  const dir = mkdtempSync("dist/start-");
  const coverage = mkdtempSync(join(tmpdir(), "atlas-build-"));
  try {
    const { output } = await build({ ...options(new Map()), output: { ...outputOptions(homes), dir } });
    const chunks = output.filter((each) => each.type === "chunk");
    const commands = startsOf(chunks, dir);
    const env = { ...process.env, NODE_V8_COVERAGE: coverage };
    const ended = commands.map(
      (args) => spawnSync(process.execPath, args, { env, maxBuffer: 2 ** 26 }).status,
    );
    if (ended.length === 0 || ended.some((status) => status !== 0)) return undefined;
    const spans = calledSpans(coverage);
    return new Map(
      chunks.map(({ name, fileName }) => {
        const file = resolve(dir, fileName);
        const ran = spans.get(pathToFileURL(file).href);
        const functions = functionsOf(name, readFileSync(file, "utf8"));
        return [
          name,
          new Set([...functions.keys()].filter((index) => ran?.has(keyOf(functions[index])))),
        ] as const;
      }),
    );
  } finally {
    rmSync(dir, { recursive: true });
    rmSync(coverage, { recursive: true });
  }
}

/** The arguments of Node that start what was built. */
function startsOf(chunks: readonly OutputChunk[], dir: string): readonly (readonly string[])[] {
  if (run !== undefined) return [[join(dir, "main.js"), "render", "dev", "--output", "-"]];
  const overlays = chunks.filter(({ name }) => name.startsWith("overlays/"));
  return overlays.map(({ fileName }) => [
    "--input-type=module",
    "--eval",
    `import { compose } from "@atlas/compose"; import layer from "./${join(dir, fileName)}"; compose(layer);`,
  ]);
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly ranges: readonly {
        readonly startOffset: number;
        readonly endOffset: number;
        readonly count: number;
      }[];
    }[];
  }[];
}

/** Of each file, by its URL, where the functions stand that were called. */
function calledSpans(folder: string): ReadonlyMap<string, ReadonlySet<string>> {
  const spans = new Map<string, Set<string>>();
  for (const file of readdirSync(folder)) {
    const { result }: Coverage = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const { url, functions } of result) {
      const ofFile = spans.get(url) ?? new Set();
      spans.set(url, ofFile);
      for (const {
        ranges: [whole],
      } of functions)
        if (whole && whole.count > 0) ofFile.add(keyOf({ start: whole.startOffset, end: whole.endOffset }));
    }
  }
  return spans;
}

const keyOf = (span: Span | undefined): string => `${span?.start}-${span?.end}`;

/** Writes code in characters of one byte, which Node reads and V8 hashes in half the time; all others stand in texts. */
const ascii: Plugin = {
  name: "ascii",
  generateBundle(_options, bundle) {
    for (const output of Object.values(bundle))
      if (output.type === "chunk") output.code = inAscii(output.code);
  },
};

const inAscii = (code: string): string =>
  code.replaceAll(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

interface Span {
  readonly start: number;
  readonly end: number;
}

const outputOptions = (homes: Homes): OutputOptions => ({
  dir: "dist",
  format: "esm",
  topLevelVar: true,
  sourcemap: true,
  // They stand in the declarations.
  comments: { jsdoc: false },
  assetFileNames: "manifests/[name][extname]",
  chunkFileNames: "[name]-[hash].js",
  codeSplitting: {
    // What a module imports and does not need would follow it into its chunk.
    includeDependenciesRecursively: !hasEnvironments,
    groups: [
      {
        debugName: "shared",
        name: (id) => (homes.get(id) === "shared" ? "shared" : null),
        // One file is all that a command starts with; of a package, an entry point keeps what it alone needs.
        minShareCount: run === undefined ? 2 : 1,
      },
      {
        debugName: "on demand",
        name: (id) => (homes.get(id) === "shared" ? null : (homes.get(id) ?? null)),
      },
    ],
  },
});

const options = (called: Called | undefined): RolldownOptions => ({
  input: Object.fromEntries(
    files.map((file) => [nameOf(file), environments.includes(file) ? `${environmentPrefix}${file}` : file]),
  ),
  external:
    /^(?![./]|@atlas\/(?:checks\/api-server\/(?:by-kind|definition)|compose|download|files|input|istio|crd-types\/crds|crd-codegen|typescript|yaml)(?:\/|$))/,
  resolve: { conditionNames: ["@atlas/source"] },
  platform: "neutral",
  // What a command loads is nobody else's to import, and need not be a file beside the one that holds it.
  preserveEntrySignatures: run === undefined && !hasEnvironments ? "strict" : "allow-extension",
  plugins: [environmentEntries, tables, builtins, eager(called), ascii],
  experimental: { resolveNewUrlToAsset: true },
});

export default async (): Promise<RolldownOptions> => {
  const homes = await homesOfModules();
  return { ...options(await calledAtStart(homes)), output: outputOptions(homes) };
};
