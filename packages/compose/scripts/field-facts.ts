import { readFileSync } from "node:fs";

/** What the Go source says of fields (`core.v1.ServiceSpec.type`) and the published OpenAPI documents leave out. */
export interface FieldFacts {
  /** The values of enumerations, of a field that is a list those of its elements. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
  /** The defaults that are more than empty. */
  readonly defaults: ReadonlyMap<string, string | number | boolean>;
}

/** Reads `pkg/generated/openapi/zz_generated.openapi.go`. */
export function factsIn(file: string): FieldFacts {
  const enums = new Map<string, readonly string[]>();
  const defaults = new Map<string, string | number | boolean>();
  let definition = "";
  let field = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, group, version, name] =
      /^func schema_(?:k8sio_api|pkg_apis)_(\w+?)_(v\d\w*?)_(\w+)\(/.exec(line) ?? [];
    if (line.startsWith("func ")) definition = name === undefined ? "" : `${group}.${version}.${name}`;
    const [, property] = /^\t{5}"([\w$-]+)": \{$/.exec(line) ?? [];
    if (property !== undefined) field = property;
    if (definition === "") continue;
    const [, given] = /^\t{7}Default:\s+("[^"]+"|\d+|true),$/.exec(line) ?? [];
    if (given !== undefined && given !== "0") defaults.set(`${definition}.${field}`, JSON.parse(given));
    const [, values] = /^\t+Enum:\s+\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (values === undefined) continue;
    const known = (JSON.parse(`[${values}]`) as string[]).filter((value) => value !== "");
    enums.set(`${definition}.${field}`, known);
  }
  return { enums, defaults };
}
