import { dirname, relative } from "node:path/posix";
import { identity, type KubernetesObject } from "@atlas/compose";

/** Words that cannot be the name of a constant, and names that the sources import or that mean something already. */
const taken = new Set(
  `arguments await base break Buffer case catch class component configMapGenerator const continue debugger default define
  delete do else enum eval export external extends false finally for function if implements import in instanceof
  interface jsonPatch let new null overlay package patch private protected public return secretGenerator static
  strategicMerge super switch target this throw true try typeof undefined URL var void while with yield`.split(
    /\s+/,
  ),
);

const wordsOf = (text: string): string[] =>
  text
    .replaceAll(/([a-z\d])([A-Z])/g, "$1 $2")
    .replaceAll(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .split(/[^A-Za-z\d]+/)
    .filter(Boolean)
    .map((each) => each.toLowerCase());

/** As a file or a folder is named: `service-account`. */
export const kebabCase = (text: string): string => wordsOf(text).join("-");

/** As a constant is named: `serviceAccount`. */
export function camelCase(text: string): string {
  const [first = "", ...others] = wordsOf(text);
  return first + others.map((each) => each.charAt(0).toUpperCase() + each.slice(1)).join("");
}

/** Short names for kinds whose own are long. */
const shortKinds = new Map([["CustomResourceDefinition", "Crd"]]);
const kindOf = ({ kind }: KubernetesObject): string => shortKinds.get(kind) ?? kind;

/** Kinds of which there are many, so that they are better told by what they hold. */
const holders = new Set(["ConfigMap", "Secret"]);

/**
 * Names for the objects of one folder, as a person would give them: by kind where it is the only one of its kind, else by
 * its name, else by both. A name is good as a constant's and as a file's.
 */
export function namesFor(objects: readonly KubernetesObject[], reserved: ReadonlySet<string>): string[] {
  const kinds = countBy(objects, (object) => kebabCase(kindOf(object)));
  const names = countBy(objects, (object) => kebabCase(object.metadata.name));
  const used = new Set([...reserved, "index"]);
  return objects.map((object) => {
    const kind = kindOf(object);
    const { name, namespace = "" } = object.metadata;
    const isLoneKind = kinds.get(kebabCase(kind)) === 1 && kind !== "Crd";
    const isLoneName = names.get(kebabCase(name)) === 1 && kind !== "Crd";
    const { group } = identity(object);
    const short = [...(isLoneKind ? [kind] : []), ...(isLoneName ? [name] : [])];
    return firstFree(
      [
        ...(holders.has(kind) ? short.toReversed() : short),
        ...(kind === "Crd" ? [`${definedKind(object)} crd`] : []),
        `${name} ${kind}`,
        `${name} ${kind} ${namespace}`,
        `${name} ${kind} ${namespace} ${group}`,
      ],
      used,
    );
  });
}

/** The kind that a CustomResourceDefinition defines. */
function definedKind(crd: KubernetesObject): string {
  const { spec } = crd as KubernetesObject & { spec?: { names?: { kind?: unknown } } };
  const kind = spec?.names?.kind;
  return typeof kind === "string"
    ? kind
    : (crd.metadata.name.split(".").find((part) => /[a-z]/i.test(part)) ?? "");
}

/**
 * The first candidate that is a name and free, in kebab case; it is taken from then on.
 *
 * @param used the names as constants have them: two files may differ in a hyphen alone, two constants may not.
 */
export function firstFree(candidates: readonly string[], used: Set<string>): string {
  const good = candidates.map(kebabCase).filter((name) => /^[a-z]/.test(name) && !taken.has(camelCase(name)));
  const last = good.at(-1) ?? `object-${kebabCase(candidates[0] ?? "")}`.replace(/-$/, "");
  const isFree = (name: string): boolean => !used.has(camelCase(name));
  const numbered = (): string => {
    for (let number = 2; ; number++) if (isFree(`${last}-${number}`)) return `${last}-${number}`;
  };
  const name = [...good, last].find(isFree) ?? numbered();
  used.add(camelCase(name));
  return name;
}

function countBy<V>(values: readonly V[], keyOf: (value: V) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1);
  return counts;
}

/** How a module names another. */
export function importPath(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}
