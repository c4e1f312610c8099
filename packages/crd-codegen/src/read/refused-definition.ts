import { acceptedDefinition } from "@atlas/checks/api-server/definition";
import { stepsIn } from "@atlas/compose/places";
import { newestVersion, schemaProblems } from "@atlas/compose/validation";
import type { Crd } from "../model/crd.ts";
import type { Path } from "./documents.ts";

/** Why an API server refuses a CRD. */
interface Refusal {
  readonly path: Path;
  readonly what: string;
  readonly fix: string | undefined;
}

/**
 * Why an API server refuses a CRD whose schemas are structural: words and fields that there are not, defaults that their own
 * schema refuses, versions of which none is stored. Of its metadata it is looked at whether
 * labels and annotations are text; the rest of it and the conversion, kustomizations and charts fill in later.
 */
export function definitionRefusals(crd: Crd): readonly Refusal[] {
  const findings = acceptedDefinition(crd).filter(
    ({ severity, path: [first, second] }) =>
      severity === "error" && first === "spec" && second !== "conversion",
  );
  const known = new Set(findings.map(({ path }) => JSON.stringify(path)));
  const unknown = (schemaProblems(crd, newestVersion)?.problems ?? []).flatMap(
    ({ code, path = "", what, fix }) => {
      // A rule that stands twice is a mistake that server-side apply alone refuses.
      if (code === "element-repeated") return [];
      const steps = stepsIn(path) ?? [];
      const [first, second] = steps;
      const isText = first === "metadata" && (second === "annotations" || second === "labels");
      const isSpec = first === "spec" && second !== "conversion";
      const isMeant = (isText || isSpec) && !known.has(JSON.stringify(steps));
      return isMeant ? [{ path: steps, what, fix }] : [];
    },
  );
  return [...findings, ...unknown].map(({ path, what, fix }) => ({
    path,
    what,
    fix: fix && capitalized(fix),
  }));
}

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
