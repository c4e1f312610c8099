import { acceptedDefinition } from "@atlas/checks/api-server/definition";
import { stepsIn } from "@atlas/compose/places";
import { newestVersion, schemaProblems } from "@atlas/compose/validation";
import type { CodegenCode } from "../codes.ts";
import { isObject, type Json } from "../model/schema.ts";
import type { Path } from "./documents.ts";
import type { RuleProblems } from "./rule-problems.ts";

/** Why an API server refuses a CRD. */
interface Refusal {
  readonly code: CodegenCode;
  readonly path: Path;
  readonly what: string;
  readonly fix?: string | undefined;
}

/**
 * Why an API server refuses a CRD whose schemas have the form of such: one that is not structural, words and fields that there
 * are not, defaults that their own schema refuses, versions of which none is stored; and where schemas are structural, rules that
 * do not compile. Of its metadata it is looked at whether labels and annotations are text; the rest of it and the
 * conversion, kustomizations and charts fill in later.
 *
 * @param ruleProblems what is wrong with the rules of a schema and of all within it: their language takes long to load.
 */
export function definitionRefusals(crd: Json, ruleProblems: RuleProblems): readonly Refusal[] {
  const refusals = withoutRules(crd);
  // Rules are read by the types of what they name.
  if (refusals.some(({ code }) => code === "schema-not-structural")) return refusals;
  const known = new Set(refusals.map(({ path }) => JSON.stringify(path)));
  const ofRules = rulesRefused(crd, ruleProblems).filter(({ path }) => !known.has(JSON.stringify(path)));
  return [...refusals, ...ofRules];
}

function rulesRefused({ spec }: Json, ruleProblems: RuleProblems): readonly Refusal[] {
  const versions: readonly unknown[] =
    isObject(spec) && Array.isArray(spec["versions"]) ? spec["versions"] : [];
  return versions.flatMap((version, index) => {
    const holder = isObject(version) ? version["schema"] : undefined;
    const schema = isObject(holder) ? holder["openAPIV3Schema"] : undefined;
    if (!isObject(schema)) return [];
    const place = ["spec", "versions", index, "schema", "openAPIV3Schema"];
    return ruleProblems(schema).map((problem) => ({ ...problem, path: [...place, ...problem.path] }));
  });
}

/** What the rules of `@atlas/checks` find in a schema that is not structural. */
const ofStructure: ReadonlySet<string> = new Set(["schema-not-structural", "schema-shape", "schema-type"]);

function withoutRules(crd: Json): readonly Refusal[] {
  const findings = acceptedDefinition(crd).filter(
    ({ severity, path: [first, second] }) =>
      severity === "error" && first === "spec" && second !== "conversion",
  );
  const known = new Set(findings.map(({ path }) => JSON.stringify(path)));
  const ofKind = isManifest(crd) ? schemaProblems(crd, newestVersion) : undefined;
  const unknown = (ofKind?.problems ?? []).flatMap(({ code, path = "", what, fix }) => {
    // A rule that stands twice is a mistake that server-side apply alone refuses.
    if (code === "element-repeated") return [];
    const steps = stepsIn(path) ?? [];
    const [first, second] = steps;
    const isText = first === "metadata" && (second === "annotations" || second === "labels");
    const isSpec = first === "spec" && second !== "conversion";
    const isMeant = (isText || isSpec) && !known.has(JSON.stringify(steps));
    return isMeant ? [{ code, path: steps, what, fix }] : [];
  });
  return [...findings, ...unknown].map(({ code, path, what, fix }) => ({
    code: ofStructure.has(code) ? "schema-not-structural" : "crd-refused",
    path,
    what,
    fix: fix && capitalized(fix),
  }));
}

/** Whether an object says what it is and what it is called. */
function isManifest(crd: Json): crd is Json & Parameters<typeof schemaProblems>[0] {
  const { apiVersion, kind, metadata } = crd;
  const name = isObject(metadata) ? metadata["name"] : undefined;
  return [apiVersion, kind, name].every((each) => typeof each === "string");
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
