import { readFileSync } from "node:fs";
import { listItems, toYaml } from "@atlas/compose/yaml";
import type { CodegenCode } from "../codes.ts";
import { isObject, wordIn } from "../model/schema.ts";
import { formatProblem, InputError, type Problem } from "../problem.ts";
import { readDocuments, type Source } from "../read/documents.ts";
import { nearestOf, stepsOf } from "../runtime/issue.ts";
import type { Validator } from "../runtime/validator.ts";
import { validatorsOf } from "../validators.ts";
import { crdsOfSources } from "./known-kinds.ts";
import { noteToUser } from "./note.ts";

/** The validators of every kind, by apiVersion and kind; undefined where anything goes. */
type KindValidators = ReadonlyMap<string, Validator<unknown, unknown> | undefined>;

/**
 * Holds the objects in some files against CRDs: 1 where something is wrong with one. Objects of other kinds are passed over;
 * so is no kind of a group that the CRDs have.
 *
 * @param isComplete whether to print the objects as the API server keeps them.
 * @throws InputError with each file that cannot be read, or where no object is of a kind that the CRDs declare.
 */
export async function validateFiles(
  files: readonly string[],
  crds: readonly string[],
  isComplete: boolean,
): Promise<number> {
  const validators = await validatorsIn(crds);
  const read = files.map(readFile);
  const unreadable = read.flatMap(({ problems }) => problems);
  if (unreadable.length > 0) throw new InputError(unreadable);
  const objects = read.flatMap(({ sources }) => sources.flatMap((source) => itemsOf(source, validators)));
  const judged = objects.map((object) => ({ object, ...judge(object, validators) }));
  const findings = judged.flatMap((each) => each.findings);
  const passed = judged.filter(({ isKnown }) => !isKnown).length;
  if (passed === objects.length && findings.length === 0)
    throw new InputError([nothingValidated(files, passed)]);
  if (isComplete)
    process.stdout.write(judged.map(({ object, complete }) => document(complete ?? object.value)).join(""));
  const said = findings.map((finding) => `${formatProblem(finding)}\n`).join("");
  (isComplete ? process.stderr : process.stdout).write(said);
  if (passed > 0)
    noteToUser(`passed over ${passed} of ${objects.length} objects, whose kinds no CRD declares`);
  return findings.length > 0 ? 1 : 0;
}

/** What was not looked at is not right. */
const nothingValidated = (files: readonly string[], objects: number): Problem => ({
  code: "nothing-validated",
  file: files.map((file) => (file === "-" ? "stdin" : file)).join(", "),
  what: objects === 0 ? "holds no object" : `holds ${objects} objects, and the CRDs declare the kind of none`,
  fix:
    objects === 0
      ? "A command before a pipe may have failed unseen"
      : "Name the CRDs of these kinds with --crds",
});

async function validatorsIn(sources: readonly string[]): Promise<KindValidators> {
  const crds = await crdsOfSources(sources);
  return new Map(
    crds.flatMap(({ ...crd }) => {
      const { group, names } = crd.spec;
      return [...validatorsOf(crd)].map(
        ([version, validator]) => [`${group}/${version}/${names.kind}`, validator] as const,
      );
    }),
  );
}

function readFile(file: string): ReturnType<typeof readDocuments> {
  try {
    const name = file === "-" ? "stdin" : file;
    return readDocuments({ file: name, text: readFileSync(file === "-" ? 0 : file, "utf8") });
  } catch (error) {
    const what = `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return {
      sources: [],
      problems: [{ code: "source-unreadable", file, what, fix: "Name YAML or JSON files, or - for stdin" }],
    };
  }
}

/**
 * The objects of a document: those in a List one by one, which may be lists again. A custom resource may have a kind that
 * ends like that, and a field of that name.
 */
function itemsOf(source: Source, validators: KindValidators): Source[] {
  const items = isKnown(source.value, validators) ? undefined : listItems(source.value);
  if (items === undefined) return [source];
  return items.flatMap((value, index) =>
    itemsOf(
      {
        ...source,
        value,
        lineOf: (path) => source.lineOf(["items", index, ...path]),
        placeOf: (path) => source.placeOf(["items", index, ...path]),
      },
      validators,
    ),
  );
}

const isKnown = (value: unknown, validators: KindValidators): boolean =>
  isObject(value) && validators.has(`${wordIn(value, "apiVersion")}/${wordIn(value, "kind")}`);

interface ObjectVerdict {
  /** Whether a CRD has its kind, or ought to. */
  readonly isKnown: boolean;
  readonly findings: readonly Problem[];
  readonly complete?: unknown;
}

function judge(source: Source, validators: KindValidators): ObjectVerdict {
  const { value } = source;
  if (!isObject(value))
    return {
      isKnown: true,
      findings: [findingAt(source, "object-malformed", [], "is no object of Kubernetes")],
    };
  const { apiVersion, kind } = value;
  if (typeof apiVersion !== "string" || typeof kind !== "string")
    return {
      isKnown: true,
      findings: [findingAt(source, "object-malformed", [], "states no apiVersion and kind")],
    };
  const key = `${apiVersion}/${kind}`;
  if (!validators.has(key)) return unknownKindVerdict(source, key, [...validators.keys()]);
  const validator = validators.get(key);
  if (validator === undefined) return { isKnown: true, findings: [] };
  const findings = validator.validate(value).map(({ path, message, expected, suggestion }) => {
    const meant = suggestion === undefined ? undefined : `did you mean "${suggestion}"?`;
    const fix = [expected === undefined ? undefined : `expected ${expected}`, meant]
      .filter(Boolean)
      .join("; ");
    return findingAt(source, "schema-mismatch", stepsOf(path), message, path, fix);
  });
  return { isKnown: true, findings, ...(findings.length === 0 && { complete: validator.complete(value) }) };
}

/** Of a group that the CRDs have, an object has to be of one of their kinds. */
function unknownKindVerdict(source: Source, key: string, known: readonly string[]): ObjectVerdict {
  const group = key.slice(0, key.indexOf("/") + 1);
  const near = known.filter((each) => each.startsWith(group));
  if (near.length === 0) return { isKnown: false, findings: [] };
  const meant = nearestOf(key, near);
  const fix = meant === undefined ? `expected one of: ${near.join(", ")}` : `did you mean "${meant}"?`;
  return {
    isKnown: true,
    findings: [findingAt(source, "kind-unknown", ["kind"], `no CRD declares ${key}`, "kind", fix)],
  };
}

function findingAt(
  source: Source,
  code: CodegenCode,
  steps: readonly (string | number)[],
  what: string,
  path = "",
  fix = "",
): Problem {
  return {
    code,
    file: source.file,
    what,
    ...source.placeOf(steps),
    ...(path !== "" && { path }),
    ...(fix !== "" && { fix }),
  };
}

const document = (value: unknown): string => (isObject(value) ? `---\n${toYaml(value)}` : "");
