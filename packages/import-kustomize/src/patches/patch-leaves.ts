import { isYamlRecord } from "../read/cursor.ts";

/** A value that a patch states. */
interface PatchLeaf {
  /** Where it stands in the patch. */
  readonly path: string;
  /** What leads to it in the object. */
  readonly names: readonly string[];
  readonly value: unknown;
}

/** The values of a patch in any of its forms. */
export function* patchLeaves(value: unknown, path: string, names: readonly string[]): Generator<PatchLeaf> {
  if (Array.isArray(value)) {
    for (const [index, inner] of value.entries()) {
      const at = `${path}/${index}`;
      const pointer = path === "" && isYamlRecord(inner) ? inner["path"] : undefined;
      if (typeof pointer === "string" && isYamlRecord(inner))
        yield* patchLeaves(inner["value"], `${at}/value`, stepsOfPointer(pointer));
      else yield* patchLeaves(inner, at, [...names, leafName(inner) ?? String(index)]);
    }
  } else if (isYamlRecord(value)) {
    for (const [name, inner] of Object.entries(value))
      yield* patchLeaves(inner, `${path}/${name}`, name.startsWith("$") ? names : [...names, name]);
  } else yield { path, names, value };
}

/** How many values a patch states. */
export const valueCount = (body: unknown): number => [...patchLeaves(body, "", [])].length;

const stepsOfPointer = (pointer: string): string[] =>
  pointer
    .split("/")
    .slice(1)
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));

/** What tells an element of a list from others. */
function leafName(element: unknown): string | undefined {
  if (!isYamlRecord(element)) return undefined;
  const name = ["name", "mountPath", "devicePath", "ip", "containerPort", "port", "topologyKey"]
    .map((field) => element[field])
    .find((value) => typeof value === "string" || typeof value === "number");
  return name === undefined ? undefined : String(name);
}
