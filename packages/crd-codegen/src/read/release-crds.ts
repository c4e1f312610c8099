import { nearest } from "@atlas/compose";
import type { Crd } from "../model/crd.ts";
import { InputError, type Problem } from "../problem.ts";

/** What files have to hold that are a release's CRDs. */
export interface ReleaseCrds {
  /** The one API group that they are of. */
  readonly group: string;
  /** Whether they are all that the release has: what the sources have of the group besides goes. */
  readonly whole: boolean;
  /** The names of the CRDs that the release is known to have: these have to be given, and no others. */
  readonly expected: readonly string[];
}

/**
 * Holds the CRDs that are given against what the release has to have.
 *
 * @param earlier those of the sources: what is not whole must not lack one of them.
 * @throws {InputError} that names each that is of another group, missing, or not the release's.
 */
export function refuseOthers(given: readonly Crd[], earlier: readonly Crd[], release: ReleaseCrds): void {
  const { group, whole, expected } = release;
  const names = new Set(given.map((crd) => crd.metadata.name));
  const inGroup = earlier.filter((crd) => crd.spec.group === group).map((crd) => crd.metadata.name);
  const needed = expected.length > 0 ? expected : whole ? [] : inGroup;
  const problems = [
    ...given.filter((crd) => crd.spec.group !== group).map((crd) => ofOtherGroup(crd, group)),
    ...needed.filter((name) => !names.has(name)).map((name) => missingFile(name, expected.length > 0)),
    ...given
      .filter(({ spec, metadata }) => spec.group === group && isUnexpected(metadata.name, expected))
      .map(({ metadata }) => unexpected(metadata.name, expected)),
  ];
  if (problems.length > 0) throw new InputError(problems);
}

const isUnexpected = (name: string, expected: readonly string[]): boolean =>
  expected.length > 0 && !expected.includes(name);

const ofOtherGroup = ({ metadata, spec }: Crd, group: string): Problem => ({
  code: "release-crd-unexpected",
  file: metadata.name,
  path: "spec.group",
  what: `is ${spec.group}, but the release's CRDs are of ${group}`,
  fix: "Leave it out",
});

const missingFile = (name: string, isKnown: boolean): Problem => ({
  code: "release-crd-missing",
  file: name,
  what: isKnown
    ? "was not given, but the release has it"
    : "was not given, but is among the sources, and whether the release has it is not known",
  fix: isKnown
    ? "Give its file, too"
    : "Give its file, too, or the release's own list, config/crd/kustomization.yaml, with the files that it names",
});

function unexpected(name: string, expected: readonly string[]): Problem {
  const near = nearest(name, expected);
  return {
    code: "release-crd-unexpected",
    file: name,
    what: `is none of the release's CRDs, which are ${expected.join(", ")}`,
    fix: near === undefined ? "Leave it out" : `Did you mean ${near}?`,
  };
}
