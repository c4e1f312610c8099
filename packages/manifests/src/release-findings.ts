import { isExternal, repositoryOf, type KubernetesObject, type Resource } from "@atlas/compose";
import { operator } from "./operator.ts";
import {
  commonFlags,
  firstWith,
  isEarlier,
  lastKnownRelease,
  releases,
  statedUpTo,
  type ReleaseFacts,
} from "./releases.ts";

/** What in an object the release lacks that runs. */
export interface ReleaseFinding {
  readonly code:
    | "flag-unknown-to-release"
    | "variable-unknown-to-release"
    | "kind-unknown-to-release"
    | "field-unknown-to-release";
  readonly severity: "error" | "warning";
  readonly object: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
  };
  /** Where in the object, [] for it as a whole. */
  readonly path: readonly (string | number)[];
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  readonly fix: string;
}

/** A container that runs the manager, and where it stands. */
interface Manager {
  readonly object: KubernetesObject;
  readonly path: readonly (string | number)[];
  readonly container: Fields;
  readonly version: string;
}
type Fields = Readonly<Record<string, unknown>>;

const group = "db.atlasgo.io";

/**
 * Flags, environment variables, kinds and fields that the release lacks which the objects declare, by the tag of the
 * manager's image. Nothing is said of a manager without a tag, nor of one whose tag is not a release or a later one than
 * the table's last, nor of custom resources that stand without a manager.
 *
 * @param objects what was rendered, parsed; a CRD that stands by its source alone is passed over.
 *
 * @example
 * releaseFindings(objects).map(({ what }) => what);
 * // ['v0.7.11 does not know the flag "namespace", which came with v0.7.36: the manager ends at once']
 */
export function releaseFindings(objects: readonly Resource[]): readonly ReleaseFinding[] {
  const stated = objects.filter((object): object is KubernetesObject => !isExternal(object));
  const managers = stated.flatMap(managersIn);
  return [
    ...managers.flatMap((manager) => [...flagFindings(manager), ...variableFindings(manager)]),
    ...stated.flatMap((object) => resourceFindings(object, managers)),
  ];
}

function managersIn(object: KubernetesObject): Manager[] {
  const path = object.kind === "Pod" ? ["spec"] : ["spec", "template", "spec"];
  const { containers } = at(object, path);
  if (!Array.isArray(containers)) return [];
  return containers.flatMap((entry: unknown, index): Manager[] => {
    const container = fieldsOf(entry);
    const { image } = container;
    if (typeof image !== "string" || !isOperator(repositoryOf(image))) return [];
    const version = tagOf(image);
    return isKnown(version) ? [{ object, path: [...path, "containers", index], container, version }] : [];
  });
}

/** Whether a repository is the operator's, wherever it is mirrored. */
const isOperator = (repository: string): boolean =>
  repository.split("/").at(-1) === operator.image.name.split("/").at(-1);

const tagOf = (image: string): string => /^:([^@]+)/.exec(image.slice(repositoryOf(image).length))?.[1] ?? "";

const isKnown = (version: string): boolean =>
  /^v?\d+\.\d+\.\d+/.test(version) && !isEarlier(lastKnownRelease, version);

function flagFindings({ object, path, container, version }: Manager): ReleaseFinding[] {
  const known = [...statedUpTo(version, "flags"), ...commonFlags];
  return flagsIn(container, known)
    .filter(({ name }) => !known.includes(name) && !["h", "help"].includes(name))
    .map(({ name, field, index }) => ({
      code: "flag-unknown-to-release",
      severity: "error",
      object: referenceTo(object),
      path: [...path, field, index],
      what: `${version} does not know the flag "${name}"${since("flags", name, version)}: the manager ends at once`,
      fix: "leave it out, or run a release that has it",
    }));
}

interface Flag {
  readonly name: string;
  readonly field: "command" | "args";
  readonly index: number;
}

const booleans = new Set(["leader-elect", "metrics-secure", "enable-http2", "zap-devel"]);

/** The flags as Go's parser reads them: up to the first word that is none. */
function flagsIn({ command, args }: Fields, known: readonly string[]): Flag[] {
  const program = wordsOf(command, "command");
  // A shell or another wrapper before the manager has flags of its own.
  if (program.length > 0 && !/(^|\/)manager$/.test(program[0]?.word ?? "")) return [];
  const words = [...program.slice(1), ...wordsOf(args, "args")];
  const flags: Flag[] = [];
  for (let at = 0; at < words.length; at++) {
    const { word = "", field = "args", index = 0 } = words[at] ?? {};
    const [, name, value] = /^--?([^-=][^=]*)(=.*)?$/s.exec(word) ?? [];
    if (name === undefined) break;
    flags.push({ name, field, index });
    const takesNext = known.includes(name) ? !booleans.has(name) : !words[at + 1]?.word.startsWith("-");
    if (value === undefined && takesNext) at++;
  }
  return flags;
}

const wordsOf = (list: unknown, field: "command" | "args") =>
  Array.isArray(list) ? list.map((word: unknown, index) => ({ word: String(word), field, index })) : [];

const rows: readonly ReleaseFacts[] = releases;
const everyVariable = rows.flatMap(({ variables = [] }) => variables);
const plain = (name: string): string => name.replaceAll("_", "").toUpperCase();

function variableFindings({ object, path, container, version }: Manager): ReleaseFinding[] {
  const known = statedUpTo(version, "variables");
  const { env } = container;
  if (!Array.isArray(env)) return [];
  return env.flatMap((entry: unknown, index): ReleaseFinding[] => {
    const { name } = fieldsOf(entry);
    // What is not in the table may be meant for Go, Atlas or a database driver.
    const meant = everyVariable.find(
      (variable) => typeof name === "string" && plain(variable) === plain(name),
    );
    if (meant === undefined || typeof name !== "string" || known.includes(name)) return [];
    const isMisspelt = meant !== name;
    return [
      {
        code: "variable-unknown-to-release",
        severity: "warning",
        object: referenceTo(object),
        path: [...path, "env", index, "name"],
        what: `${version} does not read the variable "${name}"${isMisspelt ? "" : since("variables", name, version)}`,
        fix: isMisspelt ? `did you mean "${meant}"?` : "leave it out, or run a release that reads it",
      },
    ];
  });
}

/** What of a custom resource none of the managers knows. */
function resourceFindings(object: KubernetesObject, managers: readonly Manager[]): ReleaseFinding[] {
  if (!object.apiVersion.startsWith(`${group}/`) || managers.length === 0) return [];
  const [newest = ""] = managers
    .map(({ version }) => version)
    .toSorted((a, b) => (isEarlier(a, b) ? 1 : isEarlier(b, a) ? -1 : 0));
  const plural = `${object.kind.toLowerCase()}s`;
  const base = { severity: "error", object: referenceTo(object) } as const;
  const first = firstWith("kinds", plural);
  if (first !== undefined && isEarlier(newest, first))
    return [
      {
        ...base,
        code: "kind-unknown-to-release",
        path: ["kind"],
        what: `${newest} does not know the kind "${object.kind}"${since("kinds", plural, newest)}: nobody reconciles it`,
        fix: "leave it out, or run a release that has it",
      },
    ];
  return laterFields(plural, newest).flatMap((field): ReleaseFinding[] => {
    const path = field.split(".").slice(1);
    const { [path.at(-1) ?? ""]: value } = at(object, path.slice(0, -1));
    if (value === undefined) return [];
    return [
      {
        ...base,
        code: "field-unknown-to-release",
        path,
        what: `${newest} does not know the field "${path.join(".")}"${since("fields", field, newest)}`,
        fix: "leave it out, or run a release that has it",
      },
    ];
  });
}

/** The fields of a kind that came after a release. */
function laterFields(plural: string, version: string): readonly string[] {
  const known = statedUpTo(version, "fields");
  return rows
    .flatMap(({ fields = [] }) => fields)
    .filter((field) => field.startsWith(`${plural}.`) && !known.includes(field));
}

function since(what: "flags" | "variables" | "kinds" | "fields", name: string, version: string): string {
  const first = firstWith(what, name);
  if (first === undefined) return "";
  if (isEarlier(version, first)) return `, which came with ${first}`;
  const gone = rows.find((row) => row.gone?.includes(name))?.from;
  return gone === undefined ? "" : `, which went with ${gone}`;
}

function referenceTo({
  apiVersion,
  kind,
  metadata: { name, namespace },
}: KubernetesObject): ReleaseFinding["object"] {
  return { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null ? (value as Fields) : {};

const at = (object: object, path: readonly (string | number)[]): Fields =>
  path.reduce<Fields>((value, key) => fieldsOf(value[key]), fieldsOf(object));
