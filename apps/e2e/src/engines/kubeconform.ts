import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { swaggerIn, type Schema, type Swagger } from "../../../../packages/compose/scripts/swagger.ts";
import { buildProgram } from "../workspace/go-modules.ts";

/** Where go.mod states the version. */
const kubeconformHome = fileURLToPath(new URL("../../kubeconform", import.meta.url));

/**
 * Builds kubeconform.
 *
 * @param folder an empty folder.
 * @throws Error with what Go said.
 */
export async function buildKubeconform(folder: string): Promise<string> {
  const program = join(folder, "kubeconform");
  await buildProgram(kubeconformHome, program, "github.com/yannh/kubeconform/cmd/kubeconform");
  return program;
}

/** How kubeconform is called with schemas that lie in a folder, unknown fields refused. */
export const kubeconformArguments = (schemas: string): readonly string[] => [
  "-strict",
  "-schema-location",
  join(schemas, "{{.ResourceKind}}{{.KindSuffix}}.json"),
];

/** What kubeconform says of a stream of objects, by the name of each that it refuses. */
export function refusedBy(program: string, schemas: string, stream: string): ReadonlyMap<string, string> {
  const args = [...kubeconformArguments(schemas), "-output", "json", "-"];
  let output: string;
  try {
    output = execFileSync(program, args, { input: stream, encoding: "utf8", maxBuffer: 1 << 28 });
  } catch (error) {
    // It ends with 1 when something is refused.
    output = (error as { readonly stdout?: string }).stdout ?? "";
  }
  const { resources }: { resources: readonly { name: string; msg: string }[] } = JSON.parse(output);
  return new Map(resources.map(({ name, msg }) => [name, msg]));
}

/**
 * Writes a schema for each kind of Kubernetes, as the tools of kubeconform make them of an OpenAPI document: no fields but those
 * that are declared, null for what may be missing, and of other definitions what the kind needs.
 *
 * @param document the file `swagger.json` of a release.
 */
export function writeSchemas(folder: string, document: string): void {
  mkdirSync(folder, { recursive: true });
  const { definitions } = swaggerIn(document);
  for (const [name, { properties, ...schema }] of Object.entries(definitions)) {
    const kinds = schema["x-kubernetes-group-version-kind"] ?? [];
    const [of] = kinds;
    if (!of || kinds.length > 1 || !properties?.["metadata"]) continue;
    const needed: Record<string, unknown> = {};
    need(name, definitions, needed);
    const suffix = [of.group.split(".")[0], of.version].filter(Boolean).join("-");
    const file = `${of.kind.toLowerCase()}-${suffix}.json`;
    writeFileSync(join(folder, file), JSON.stringify({ $ref: `#/definitions/${name}`, definitions: needed }));
  }
}

/** Writes the schema of a kind where `kubeconformArguments` looks for it. */
export function writeSchema(
  folder: string,
  { group, version, kind }: { readonly group: string; readonly version: string; readonly kind: string },
  schema: object,
): void {
  const suffix = [group.split(".")[0], version].filter(Boolean).join("-");
  writeFileSync(join(folder, `${kind.toLowerCase()}-${suffix}.json`), JSON.stringify(schema));
}

function need(name: string, all: Swagger["definitions"], needed: Record<string, unknown>): void {
  if (Object.hasOwn(needed, name)) return;
  needed[name] = {};
  needed[name] = convertedSchema(all[name] ?? {}, (other) => {
    need(other, all, needed);
  });
}

function convertedSchema(schema: Schema, refer: (name: string) => void): unknown {
  const { $ref, type, format, items, properties, additionalProperties, required = [] } = schema;
  if ($ref !== undefined) {
    const name = $ref.split("/").at(-1) ?? "";
    if (name.endsWith(".resource.Quantity")) return { type: ["string", "number"] };
    refer(name);
    return { $ref: `#/definitions/${name}` };
  }
  if (format === "int-or-string") return { type: ["string", "integer"] };
  const optional = (name: string, inner: unknown): unknown =>
    required.includes(name) ? inner : { anyOf: [inner, { type: "null" }] };
  const fields = Object.entries(properties ?? {}).map(([name, inner]) => [
    name,
    optional(name, convertedSchema(inner, refer)),
  ]);
  return {
    ...(type !== undefined && { type }),
    ...(format !== undefined && { format }),
    ...(items && { items: convertedSchema(items, refer) }),
    ...(properties && { properties: Object.fromEntries(fields), additionalProperties: false }),
    ...(additionalProperties && { additionalProperties: convertedSchema(additionalProperties, refer) }),
    ...(required.length > 0 && { required }),
  };
}
