import { identity, type Resource } from "@atlas/compose";

/** File systems take 255 bytes; a temporary name beside the file may be longer than the file's own. */
const longestFileName = 240;

/**
 * The names of the objects' files: `<kind>[.<group>]_[<namespace>_]<name>.<extension>`, as kubectl names kinds; the
 * namespace only where it is not the environment's.
 *
 * No two are the same, on any file system: an underscore stands in none of the parts, and what is not a small letter, digit,
 * dot or dash (RBAC names may have colons and capitals) is percent-encoded. A name that is too long, or that of two kinds
 * which differ in capitals alone, ends in a hash of the object's identity.
 */
export function fileNamesOf(
  objects: readonly Resource[],
  environmentNamespace: string | undefined,
  extension: string,
): readonly string[] {
  const stems = objects.map((resource) => stemOf(resource, environmentNamespace));
  const seen = new Set<string>();
  const shared = new Set(stems.filter((stem) => seen.size === seen.add(stem).size));
  return stems.map((stem, index) => {
    const resource = objects[index];
    const isOwn = stem.length <= longestFileName && !shared.has(stem);
    return `${isOwn || !resource ? stem : `${stem.slice(0, longestFileName - 17)}~${resourceHash(resource)}`}.${extension}`;
  });
}

function stemOf(resource: Resource, environmentNamespace: string | undefined): string {
  const { group, kind, namespace, name } = identity(resource);
  const type = group ? `${kind.toLowerCase()}.${group}` : kind.toLowerCase();
  const isStated = namespace !== undefined && namespace !== environmentNamespace;
  const parts = [type, ...(isStated ? [namespace] : []), name];
  return parts.map((part) => part.replace(/[^a-z0-9.-]/g, percentEncode)).join("_");
}

const percentEncode = (character: string): string =>
  [...new TextEncoder().encode(character)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");

function resourceHash(resource: Resource): string {
  const { group, kind, namespace, name } = identity(resource);
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256")
    .update(JSON.stringify([group, kind, namespace, name]))
    .digest("hex")
    .slice(0, 16);
}
