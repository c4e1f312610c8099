import { ComposeError, type Problem } from "@atlas/compose";

/** Throws what is wrong with the settings of an option together, where anything is. */
export function refuseSettings(...problems: readonly (Problem | undefined)[]): void {
  const found = problems.filter((each) => each !== undefined);
  if (found.length > 0) throw new ComposeError(found);
}

/** What is wrong with a setting. */
export const settingProblem = (path: string, given: unknown, what: string, fix: string): Problem => ({
  code: "manifests/setting-malformed",
  path,
  what: `${JSON.stringify(given) ?? typeof given} ${what}`,
  fix,
});

/** A name that is part of one, or is a namespace's: letters, digits and dashes, as of a host. */
export function labelNameProblem(path: string, given: string, what: string): Problem | undefined {
  const isName = typeof given === "string" && /^[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?$/.test(given);
  if (isName) return undefined;
  return settingProblem(
    path,
    given,
    `is not ${what}`,
    "write up to 63 lower case letters, digits and dashes, and no dash first or last",
  );
}

/** A name of an object: such names with dots between them. */
export function objectNameProblem(path: string, given: string): Problem | undefined {
  const part = "[a-z\\d](?:[-a-z\\d]*[a-z\\d])?";
  const isName =
    typeof given === "string" && given.length <= 253 && new RegExp(`^${part}(?:\\.${part})*$`).test(given);
  if (isName) return undefined;
  return settingProblem(
    path,
    given,
    "is not the name of an object",
    "write lower case letters, digits, dashes and dots",
  );
}

/** An amount of bytes, which has no parts of one. */
export function bytesProblem(path: string, given: string | undefined): Problem | undefined {
  if (given === undefined) return undefined;
  const [, whole = "", fraction = "", unit = ""] =
    /^(\d+)(?:\.(\d*))?([kMGTPE]|[KMGTPE]i|[eE]\+?\d+)?$/.exec(given) ?? [];
  const isBytes = whole !== "" && (unit !== "" || Number(fraction) === 0);
  if (isBytes) return undefined;
  const fix = /^\d+m$/.test(given)
    ? `did you mean "${given}i"?`.replace("mi", "Mi")
    : "write it as 512Mi or 1Gi";
  return settingProblem(path, given, "is not an amount of bytes", fix);
}

/** An amount of cores, of which there may be parts. */
export function coresProblem(path: string, given: string | undefined): Problem | undefined {
  if (given === undefined || /^(?:\d+(?:\.\d*)?|\.\d+)m?$/.test(given)) return undefined;
  const [, digits] = /^(\d+)[kKMGTPE]i?$/.exec(given) ?? [];
  const fix = digits === undefined ? "write it as 500m or 2" : `did you mean "${digits}m"?`;
  return settingProblem(path, given, "is not an amount of cores", fix);
}
