import type { CodegenCode } from "../codes.ts";
import type { Crd, SharedDefinitions } from "../model/crd.ts";
import { expand } from "../model/expand.ts";
import { InputError } from "../problem.ts";
import type { Problem } from "../problem.ts";
import { formatPath, readDocuments } from "./documents.ts";
import type { Path, Source, Text } from "./documents.ts";
import { canonical, isObject, type Json, wordIn } from "../model/schema.ts";
import { definitionRefusals } from "./refused-definition.ts";
import { ruleProblems } from "./rule-problems.ts";
import { formProblems } from "./schema-form.ts";

/**
 * Reads the CRDs of some files. A file may hold several documents and also other kinds, as upstream's release
 * bundles do; those are passed over, and so are the items of a List that are no CRD. So is a file without any, beside
 * others that have some. A CRD that is there twice is taken once, as long as both say the same.
 *
 * @param shared of compact sources, what the references in them stand for that they share; undefined of all others.
 * @param onOther is told of each file that is passed over.
 * @throws InputError with every problem of every file.
 */
export function readCrds(
  texts: readonly Text[],
  shared: SharedDefinitions | undefined,
  onOther: (file: string) => void = () => {},
): Crd[] {
  const problems: Problem[] = [];
  const crds: CrdInFile[] = [];
  const others: Problem[] = [];
  for (const text of texts) {
    const read = readDocuments(text);
    problems.push(...read.problems);
    const found = read.sources
      .flatMap(items)
      .filter(({ value }) => !isOtherKind(value) && (shared || isMeant(value)));
    if (found.length === 0 && read.problems.length === 0) {
      others.push({ code: "crd-missing", file: text.file, what: "holds no CustomResourceDefinition" });
    }
    for (const source of found) {
      const faults = crdProblems(source, shared);
      problems.push(...faults);
      if (faults.length === 0) crds.push({ crd: source.value as Crd, file: source.file });
    }
  }
  problems.push(...contradictions(crds));
  const isNothing = crds.length === 0 && problems.length === 0;
  if (isNothing || shared) problems.push(...others);
  else for (const { file } of others) onOther(file);
  if (problems.length > 0) throw new InputError(problems);
  return [...new Map(crds.map(({ crd }) => [crd.metadata.name, crd])).values()];
}

/** A CRD and what it was read from. */
interface CrdInFile {
  readonly crd: Crd;
  readonly file: string;
}

function items(source: Source): Source[] {
  const { value } = source;
  if (!isObject(value) || !listKinds.has(wordIn(value, "kind")) || !Array.isArray(value["items"]))
    return [source];
  return value["items"].flatMap((item: unknown, index) =>
    items({
      ...source,
      value: withKind(item, value),
      lineOf: (path) => source.lineOf(["items", index, ...path]),
    }),
  );
}

const crdKind = "CustomResourceDefinition";
const listKinds = new Set(["List", `${crdKind}List`]);

/** Of a list of one kind, the API server says the kind once. */
function withKind(item: unknown, { apiVersion, kind }: Json): unknown {
  return kind === "List" || !isObject(item) ? item : { apiVersion, kind: crdKind, ...item };
}

/** Whether something is an object that nobody takes for a CRD; of the group of CRDs, any other kind is one that is misspelt. */
function isOtherKind(value: unknown): boolean {
  if (!isObject(value) || typeof value["kind"] !== "string" || value["kind"] === crdKind) return false;
  return listKinds.has(value["kind"]) || !wordIn(value, "apiVersion").startsWith("apiextensions.k8s.io/");
}

/** Whether something is an object of Kubernetes' at all: values of a chart and a kustomization need not say what they are. */
const isMeant = (value: unknown): boolean =>
  isObject(value) && (value["kind"] !== undefined || value["apiVersion"] !== undefined);

/** CRDs that were given twice, and differ: a bundle may well lie beside the files that it is made of. */
function contradictions(crds: readonly CrdInFile[]): Problem[] {
  const first = new Map<string, CrdInFile>();
  return crds.flatMap((one) => {
    const { name } = one.crd.metadata;
    const known = first.get(name);
    if (known === undefined) first.set(name, one);
    if (known === undefined || canonical(known.crd) === canonical(one.crd)) return [];
    const where = known.file === one.file ? `twice in ${one.file}` : `in ${known.file} and in ${one.file}`;
    return [
      {
        code: "crd-conflict",
        file: name,
        what: `was given ${where}, and they differ`,
        fix: "Name the one that is meant",
      },
    ];
  });
}

/** Makes a problem of what stands at a path of a CRD. */
type ProblemAt = (code: CodegenCode, path: Path, what: string, fix?: string) => Problem;

function crdProblems(source: Source, shared: SharedDefinitions | undefined): Problem[] {
  const { value } = source;
  const problem: ProblemAt = (code, path, what, fix) => {
    const line = source.lineOf(path);
    return {
      code,
      file: source.file,
      what,
      ...(path.length === 0 ? {} : { path: formatPath(path) }),
      ...(line === undefined ? {} : { line }),
      ...(fix === undefined ? {} : { fix }),
    };
  };
  if (!isObject(value))
    return [
      problem("crd-malformed", [], "is not a CustomResourceDefinition: the document must be an object"),
    ];
  if (value["kind"] !== crdKind) {
    const got = value["kind"] === undefined ? "missing" : JSON.stringify(value["kind"]);
    return [problem("crd-malformed", ["kind"], `is ${got}, "${crdKind}" was expected`)];
  }
  if (value["apiVersion"] !== "apiextensions.k8s.io/v1") {
    const got = JSON.stringify(value["apiVersion"]) ?? "nothing";
    const fix =
      "Only v1 is read; v1beta1 left Kubernetes with 1.22: take a newer release's CRD or convert it";
    return [
      problem(
        "api-version-unsupported",
        ["apiVersion"],
        `is ${got}, "apiextensions.k8s.io/v1" was expected`,
        fix,
      ),
    ];
  }
  const problems = [
    ...identityProblems(value, problem),
    ...nameProblems(value, problem),
    ...crdVersionProblems(value, problem),
  ];
  // What else an API server asks of a CRD is asked of one that says what it is.
  if (problems.some(({ code }) => !ofForm.has(code))) return problems;
  const whole = writtenOut(value as unknown as Crd, shared);
  if (whole === undefined) return problems;
  const known = new Set(problems.map(({ path: where }) => where));
  // Rules are read by schemas that have the form.
  const refusals = definitionRefusals({ ...whole }, problems.length > 0 ? () => [] : ruleProblems)
    .map(({ code, path, what, fix }) => problem(code, path, what, fix))
    .filter(({ path: where }) => !known.has(where));
  return [...problems, ...refusals];
}

/** What is wrong with single words of a schema, and leaves the rest of it as it is. */
const ofForm: ReadonlySet<CodegenCode> = new Set(["schema-keyword-malformed"]);

/** A CRD as a cluster takes it; undefined where a reference leads nowhere, which is found when the sources come together. */
function writtenOut(crd: Crd, shared: SharedDefinitions | undefined): Crd | undefined {
  if (shared === undefined) return crd;
  try {
    return expand(crd, shared);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

function identityProblems(value: { readonly [key: string]: unknown }, problem: ProblemAt): Problem[] {
  const at = (path: Path): unknown =>
    path.reduce<unknown>((node, key) => (isObject(node) ? node[String(key)] : undefined), value);
  const needed = [
    ["spec", "group"],
    ["spec", "names", "kind"],
    ["spec", "names", "plural"],
    ["spec", "scope"],
  ];
  const problems = needed
    .filter((path) => typeof at(path) !== "string" || at(path) === "")
    .map((path) => problem("crd-malformed", path, "is missing, a string was expected"));
  const dns = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/u;
  for (const path of [
    ["spec", "group"],
    ["spec", "names", "plural"],
  ]) {
    const name = at(path);
    if (typeof name === "string" && name !== "" && !dns.test(name)) {
      problems.push(
        problem(
          "crd-malformed",
          path,
          `${JSON.stringify(name)} is not a DNS name`,
          "Small letters, digits, dots and dashes",
        ),
      );
    }
  }
  const name = [at(["spec", "names", "plural"]), at(["spec", "group"])]
    .filter((part) => typeof part === "string")
    .join(".");
  if (problems.length === 0 && at(["metadata", "name"]) !== name) {
    const got = JSON.stringify(at(["metadata", "name"])) ?? "missing";
    problems.push(
      problem(
        "crd-malformed",
        ["metadata", "name"],
        `is ${got}, ${JSON.stringify(name)} was expected (<plural>.<group>)`,
      ),
    );
  }
  return problems;
}

/** What else the names must be, here and by `ValidateCustomResourceDefinitionNames` of apiextensions-apiserver. */
function nameProblems({ spec }: { readonly [key: string]: unknown }, problem: ProblemAt): Problem[] {
  const names = isObject(spec) && isObject(spec["names"]) ? spec["names"] : {};
  const { kind } = names;
  const isType = typeof kind !== "string" || kind === "" || /^[A-Za-z][A-Za-z0-9]*$/u.test(kind);
  const lists = ["shortNames", "categories"].filter(
    (key) => names[key] !== undefined && !isLabels(names[key]),
  );
  return [
    ...(isType
      ? []
      : [
          problem(
            "crd-malformed",
            ["spec", "names", "kind"],
            "is not a name of a type",
            "Letters and digits",
          ),
        ]),
    ...lists.map((key) =>
      problem(
        "crd-malformed",
        ["spec", "names", key],
        "must be a list of names",
        "Small letters, digits and dashes",
      ),
    ),
  ];
}

function isLabels(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === "string" && dns1035Pattern.test(item));
}

/** DNS-1035. */
const dns1035Pattern = /^[a-z]([-a-z0-9]*[a-z0-9])?$/u;

function crdVersionProblems(value: { readonly [key: string]: unknown }, problem: ProblemAt): Problem[] {
  const spec = isObject(value["spec"]) ? value["spec"] : {};
  const versions = spec["versions"];
  const path = ["spec", "versions"];
  if (!Array.isArray(versions) || versions.length === 0) {
    return [problem("crd-malformed", path, "is missing, a list with at least one version was expected")];
  }
  return versions.flatMap((version: unknown, index) => {
    const at = [...path, index];
    if (!isObject(version)) return [problem("crd-malformed", at, "must be an object")];
    const faults =
      typeof version["name"] === "string" && dns1035Pattern.test(version["name"])
        ? []
        : [problem("crd-malformed", [...at, "name"], "a version name such as v1alpha1 was expected")];
    const holder = version["schema"];
    const schema = isObject(holder) ? holder["openAPIV3Schema"] : undefined;
    const place = [...at, "schema", "openAPIV3Schema"];
    if (schema === undefined)
      return [...faults, problem("crd-malformed", place, "is missing, the version's schema was expected")];
    const words = formProblems(schema, place);
    return [...faults, ...words.map(({ code, path: where, what, fix }) => problem(code, where, what, fix))];
  });
}
