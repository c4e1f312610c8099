import { ComposeError, didYouMean, type Problem } from "@atlas/compose";
import { namesIn, placeOf, rememberCall } from "@atlas/compose/places";

/**
 * What a function of this package makes of its arguments. What is wrong with these is said of the call, in the user's file,
 * and of the field that is meant. Where one function calls another, the outer one is whose arguments the user has written.
 *
 * @param builder the function that is called.
 * @param args what it is given, of which problems name fields.
 * @throws ComposeError as `make` does, with the place of the call.
 */
export function calledWith<R>(builder: object, args: readonly unknown[], make: () => R): R {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ComposeError)) throw error;
    // JavaScriptCore has taken a function that ends in a call off the stack by then.
    const callee = "Bun" in globalThis ? calledWith : builder;
    throw new ComposeError(error.problems.map((problem) => atCall(problem, callee, args)));
  }
}

function atCall(problem: Problem, callee: object, args: readonly unknown[]): Problem {
  const fields = namesIn(problem.path ?? "") ?? [];
  const [first] = fields;
  const argument = args.findIndex(
    (each) => typeof each === "object" && each !== null && first !== undefined && Object.hasOwn(each, first),
  );
  const call =
    argument < 0 ? rememberCall({}, callee, undefined) : rememberCall({}, callee, args[argument], argument);
  const place = placeOf(call, argument < 0 ? [] : fields);
  return { ...problem, ...(place && { places: [{ label: "call", ...place }] }) };
}

/** Throws what is wrong with the settings of an option together, where anything is. */
export function refuseSettings(...problems: readonly (Problem | undefined)[]): void {
  const found = problems.filter((each) => each !== undefined);
  if (found.length > 0) throw new ComposeError(found);
}

/** The names of all settings of a type, or of a member of a union. */
type NameOfSetting<T> = T extends unknown ? keyof T : never;

/**
 * The settings that there are: of each those of what is in it, `null` where it is a value or belongs to somebody else.
 */
export interface KnownSettings {
  readonly [name: string]: KnownSettings | null;
}

/** The same of a type: none of its settings is left out. */
export type SettingsOf<T> = { readonly [N in NameOfSetting<T> & string]: KnownSettings | null };

/**
 * What is said of settings that there are not, at whatever depth, and would be passed over in silence. The compiler says so
 * of what it sees; JavaScript, data and casts it does not see.
 */
export function unknownSettings(given: unknown, known: KnownSettings, path = ""): readonly Problem[] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return [];
  return Object.entries(given).flatMap(([name, value]: [string, unknown]): readonly Problem[] => {
    const at = path === "" ? name : `${path}.${name}`;
    const inner = Object.hasOwn(known, name) ? known[name] : undefined;
    if (inner === null) return [];
    if (inner !== undefined) return unknownSettings(value, inner, at);
    const names = Object.keys(known);
    return [
      {
        code: "field-unknown",
        path: at,
        what: `the field "${name}" does not exist`,
        expected: `one of: ${names.join(", ")}`,
        fix: didYouMean(name, names, "take the field out"),
      },
    ];
  });
}

/** A setting that is one of a few words: another would be taken for whichever is asked for last. */
export function wordProblem(path: string, given: unknown, words: readonly string[]): Problem | undefined {
  if (words.some((word) => word === given)) return undefined;
  return {
    ...settingProblem(
      path,
      given,
      "is not one of the words that there are",
      didYouMean(String(given), words, "give one of them"),
    ),
    expected: `one of: ${words.join(", ")}`,
  };
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
