import { describeKind, malformedData } from "../problems/malformed.ts";
import { displayName, isResource } from "../kubernetes/object.ts";
import { emptyPatch } from "./empty-patch.ts";
import type { Patch, Surplus } from "./patch.ts";
import { mistaken, typeOf } from "../problems/mistaken.ts";
import { isObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";

const missingPatch = {
  code: "patch-malformed" as const,
  expected: "patch(target, body), whose target is an object with apiVersion, kind and metadata.name",
  fix: "look for two files that import each other, or for an export of another name",
};

/** What is wrong with what stands among the patches and is none, and what it was probably meant to be. */
function noPatch(value: unknown): Problem {
  const expected = "patch(target, { … }), or another that @atlas/compose/patches has";
  if (isResource(value)) {
    return {
      code: "patch-malformed",
      what: "got the object itself, not a patch of it",
      ...describeKind(value),
      expected,
      fix: "write patch(target, { … }) with the base's object as target and what changes, or strategicMerge(target, { … }) with this one as it is",
    };
  }
  if (Array.isArray(value)) {
    const isOperations = value.length > 0 && value.every((each) => isObject(each) && "op" in each);
    const fix = isOperations
      ? "write jsonPatch(target, [ … ])"
      : "put what is in it among the patches itself: ...";
    return { code: "patch-malformed", what: "got a list, not a patch", expected, fix };
  }
  const slip = mistaken(value);
  if (!isObject(value) || slip.fix !== undefined) {
    const otherwise = "import the patch, or write patch(target, { … })";
    const { what, fix = otherwise } = typeof value === "string" ? { what: slip.what } : slip;
    return { code: "patch-malformed", what: `got ${what}, not a patch`, expected, fix };
  }
  const ofKustomize = ["path", "patch", "target"].filter((field) => field in value);
  if (ofKustomize.length > 0) {
    return {
      code: "patch-malformed",
      what: `got a patch as Kustomize has it: ${ofKustomize.join(", ")}`,
      expected,
      fix: "write patch(target, { … }) with the base's object as target; atlas-render import-kustomize does it for a whole directory",
    };
  }
  return {
    code: "patch-malformed",
    what: "got a plain object, of which nobody knows what it patches",
    expected,
    fix: "write patch(target, { … }) with the base's object as target",
  };
}

const optionNames = ["override", "in"];

/** What is wrong with a call that says more than a target, a body and options that there are. */
function surplusProblem({ options: [option], further }: Surplus): Problem {
  if (option === undefined) {
    return {
      code: "patch-malformed",
      what: `a patch is given ${further === 1 ? "an argument" : `${further} arguments`} too many`,
      expected: "a target, what changes, and options",
      fix: "say all that changes in one body, or make a patch of each",
    };
  }
  return {
    code: "patch-malformed",
    what: `a patch has no option ${JSON.stringify(option)}`,
    expected: `one of: ${optionNames.join(", ")}`,
    fix: didYouMean(option, optionNames, "take it out, or say what changes in one body"),
  };
}

/** What stands in the place of the object that a patch is of. */
function targetMistaken(target: unknown): Pick<Problem, "what" | "fix"> {
  if (target === undefined || target === null) return { what: "a patch has no target" };
  const { what, fix = "name the object by apiVersion, kind and metadata.name, or give the base's own" } =
    mistaken(target);
  const made = typeOf(target);
  if (Array.isArray(target))
    return {
      what: `the target of a patch is ${what}`,
      fix: "name the object before it: jsonPatch(target, [ … ])",
    };
  return {
    what: `the target of a patch is ${what}`,
    fix: made === undefined ? fix : `give the object of the ${made} that is to change`,
  };
}

/** Why a layer's patch cannot be applied, whatever its target is; undefined when it can. */
export function malformedPatch(patch: Patch | undefined, index: number): Problem | undefined {
  const path = `patches[${index}]`;
  if (patch === undefined || patch === null) return { path, ...missingPatch, what: "a patch is undefined" };
  if (!isObject(patch) || !("body" in patch)) return { path, ...noPatch(patch) };
  if (!isResource(patch.target)) return { path, ...missingPatch, ...targetMistaken(patch.target) };
  const object = displayName(patch.target);
  if (patch.surplus) return { path, object, ...surplusProblem(patch.surplus) };
  if (patch.form === undefined && isObject(patch.body) && Object.keys(patch.body).length === 0)
    return { path, object, ...emptyPatch };
  return malformedData(patch.body, displayName(patch.target), `patches[${index}]`);
}
