// What rendering with validation costs beside kubeconform on the same objects, with schemas that lie in a folder: of `dev`, and
// of 500 mixed objects. Kubeconform reads what was rendered; it knows no more of it than the schemas say.
//
//   pnpm exec nx run e2e:bench
import { execFileSync } from "node:child_process";
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { crds } from "@atlas/crd-types/crds";
import { measure, shellWords, ratioTable } from "@atlas/measure";
import { parse } from "yaml";
import { bases } from "../../../packages/checks/test/api-server/bases/index.ts";
import { filesOf } from "../../../packages/compose/scripts/kubernetes-module.ts";
import { releases } from "../../../packages/compose/scripts/kubernetes-releases.ts";
import {
  buildKubeconform,
  kubeconformArguments,
  writeSchema,
  writeSchemas,
} from "../src/engines/kubeconform.ts";

const path = (file: string): string => fileURLToPath(new URL(file, import.meta.url));
const command = path("../../render/dist/main.js");
const folder = mkdtempSync(join(tmpdir(), "atlas-bench-kubeconform-"));
const schemas = join(folder, "schemas");

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}
type Schema = Readonly<Record<string, unknown>>;

/** Ordinary kinds, whose objects may have any name. */
const ordinary = new Set(
  "ConfigMap CronJob DaemonSet Deployment Ingress Job NetworkPolicy PersistentVolumeClaim PodDisruptionBudget Role RoleBinding Secret Service ServiceAccount StatefulSet".split(
    " ",
  ),
);

/** As many objects of ordinary kinds, each with a name of its own. */
function mixed(count: number): readonly object[] {
  const some = Object.values(bases)
    .map((object) => object as Manifest)
    .filter(({ kind }) => ordinary.has(kind));
  return Array.from({ length: count }, (_, index) => {
    const object = some[index % some.length];
    return { ...object, metadata: { ...object?.metadata, name: `object-${index}`, namespace: "shop" } };
  });
}

/** A structural schema in which no field is taken that is not declared. */
function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, strict(value)]));
  const { properties, "x-kubernetes-preserve-unknown-fields": keeps } = schema as Schema;
  return typeof properties === "object" && keeps !== true && !("oneOf" in schema && !("type" in schema))
    ? { additionalProperties: false, ...inner }
    : inner;
}

/** The schema of a custom kind, with what every object has. */
function custom(schema: Schema): object {
  const { properties } = schema as { readonly properties?: Schema };
  const common = { apiVersion: {}, kind: {}, metadata: {} };
  return {
    ...(strict({ ...schema, properties: undefined }) as object),
    properties: { ...(strict(properties) as object), ...common },
  };
}

function writeCustomSchemas(): void {
  const istio = path("../../render/schemas/istio/");
  for (const file of globSync("*/*.json", { cwd: istio })) {
    const { kind, versions, schema } = JSON.parse(readFileSync(istio + file, "utf8"));
    for (const version of versions)
      writeSchema(schemas, { group: file.split("/")[0] ?? "", version, kind }, custom(schema));
  }
  for (const { source } of crds) {
    const { spec } = parse(readFileSync(source, "utf8"));
    for (const { name: version, schema } of spec.versions)
      writeSchema(
        schemas,
        { group: spec.group, version, kind: spec.names.kind },
        custom(schema.openAPIV3Schema),
      );
  }
}

const render = (...args: readonly string[]): readonly string[] => [
  process.execPath,
  command,
  "render",
  ...args,
];
const run = ([program = "", ...args]: readonly string[]): string =>
  execFileSync(program, [...args], { encoding: "utf8", maxBuffer: 1 << 28 });

try {
  const kubeconform = await buildKubeconform(folder);
  writeSchemas(schemas, (await filesOf(releases.at(-1) ?? "")).swagger);
  writeCustomSchemas();
  const environments = join(folder, "environments");
  mkdirSync(join(environments, "mixed"), { recursive: true });
  writeFileSync(join(environments, "mixed/objects.json"), JSON.stringify(mixed(500)));
  writeFileSync(
    join(environments, "mixed/index.ts"),
    `import { base } from "@atlas/compose";
import objects from "./objects.json" with { type: "json" };
export default base({ resources: objects });
`,
  );
  const subjects = {
    dev: ["dev"],
    "500 mixed objects": ["mixed", "--environments", environments],
  };
  for (const [name, args] of Object.entries(subjects)) {
    const file = join(folder, `${args[0]}.yaml`);
    writeFileSync(file, run(render(...args, "--output", "-")));
    const judge = [kubeconform, ...kubeconformArguments(schemas), file];
    // Both have to find it right: or they would be measured by what they say.
    run(judge);
    const measured = measure(
      {
        "atlas-render, with validation": shellWords(...render(...args, "--output", "-")),
        "atlas-render --no-validate": shellWords(...render(...args, "--no-validate", "--output", "-")),
        kubeconform: shellWords(...judge),
      },
      7,
      3,
    );
    console.log(`\nCPU of one cold run on ${name}\n\n${ratioTable(measured, "kubeconform")}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
