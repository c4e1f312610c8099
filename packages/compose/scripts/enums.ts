import { readFileSync } from "node:fs";

/**
 * The values of enumerations by field (`core.v1.ServiceSpec.type`), of a field that is a list those of its elements, from
 * `pkg/generated/openapi/zz_generated.openapi.go`: the published OpenAPI documents leave them out.
 */
export function enumsIn(file: string): ReadonlyMap<string, readonly string[]> {
  const enums = new Map<string, readonly string[]>();
  let definition = "";
  let field = "";
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const [, group, version, name] =
      /^func schema_(?:k8sio_api|pkg_apis)_(\w+?)_(v\d\w*?)_(\w+)\(/.exec(line) ?? [];
    if (line.startsWith("func ")) definition = name === undefined ? "" : `${group}.${version}.${name}`;
    const [, property] = /^\t{5}"([\w$-]+)": \{$/.exec(line) ?? [];
    if (property !== undefined) field = property;
    const [, values] = /^\t+Enum:\s+\[\]interface\{\}\{(.*)\},$/.exec(line) ?? [];
    if (values === undefined || definition === "") continue;
    const known = (JSON.parse(`[${values}]`) as string[]).filter((value) => value !== "");
    enums.set(`${definition}.${field}`, known);
  }
  return enums;
}
