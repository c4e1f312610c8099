import { ComposeError, didYouMean, refuseFurther, type Problem } from "@atlas/compose";
import { selectorProblem } from "./label-selector.ts";
import type { FlagOf, Lacking, VariableOf } from "./manager-types.ts";
import { commonFlags, firstWith, isEarlier, lastKnownRelease, statedUpTo } from "./releases.ts";
import { calledWith } from "./settings.ts";

export { selectorProblem } from "./label-selector.ts";
export type { FlagOf, VariableOf };

/** The image record whose version says which release runs. */
interface Versioned<V extends string> {
  readonly version: V;
}

/** What a variable may hold; those that are named here mean something else than they seem to with any other value. */
interface VariableValues {
  /** Any value switches the check off, `false` included. */
  readonly SKIP_VERCHECK: true;
  readonly ALLOW_CUSTOM_CONFIG: boolean;
  readonly PREWARM_DEVDB: boolean;
  readonly MSSQL_ACCEPT_EULA: "Y";
}
type VariableValue<Name> = Name extends keyof VariableValues ? VariableValues[Name] : string;
type AnyValue = boolean | string;

/**
 * The arguments of the manager, for the `args` of its container. A flag that the release of the image record lacks does
 * not compile: given to a manager that does not know it, it ends the process. Kubernetes takes `args` as a whole, so name
 * all flags; `--leader-elect` is what the base has.
 *
 * @param image the record of the image that runs, of which the version counts; one that is later than the table takes any flag.
 * @param flags by name, in the order in which they are printed; `true` stands for the flag alone.
 * @throws ComposeError for a flag that the release lacks, and for a value that the manager would end with, where no compiler
 *   saw it.
 *
 * @example
 * managerArgs(operator.image, { "leader-elect": true, "zap-log-level": "error" });
 * // ["--leader-elect", "--zap-log-level=error"]
 */
export function managerArgs<
  const V extends string,
  const F extends { readonly [N in FlagOf<V>]?: string | boolean },
>(
  { version }: Versioned<V>,
  flags: F & { readonly [N in keyof F]: N extends FlagOf<V> ? unknown : Lacking<N, V> },
): readonly string[] {
  refuseFurther(managerArgs, arguments);
  return calledWith(managerArgs, [{ version }, flags], () => {
    const given = Object.entries<unknown>(flags);
    refuseUnknown(version, "flags", given, commonFlags);
    refuseValues(given, flagProblem);
    return given.map(([name, value]) => (value === true ? `--${name}` : `--${name}=${String(value)}`));
  });
}

/**
 * Variables of the manager, for the `env` of its container. One that the release of the image record lacks does not
 * compile: a manager that does not know it goes on as if it were not there.
 *
 * @param image the record of the image that runs, of which the version counts; one that is later than the table takes any name.
 * @throws ComposeError for a variable that the release lacks, and for a value that the manager would end with, where no
 *   compiler saw it.
 *
 * @example
 * patch(deployment, {
 *   spec: {
 *     template: {
 *       spec: { containers: { manager: { env: { $add: managerEnv(operator.image, { PREWARM_DEVDB: false }) } } } },
 *     },
 *   },
 * });
 */
export function managerEnv<
  const V extends string,
  const E extends { readonly [N in VariableOf<V>]?: AnyValue },
>(
  { version }: Versioned<V>,
  variables: E & { readonly [N in keyof E]: N extends VariableOf<V> ? VariableValue<N> : Lacking<N, V> },
): readonly { readonly name: keyof E & string; readonly value: string }[] {
  refuseFurther(managerEnv, arguments);
  return calledWith(managerEnv, [{ version }, variables], () => {
    const given = Object.entries<unknown>(variables);
    refuseUnknown(version, "variables", given);
    refuseValues(given, variableProblem);
    return given.map(([name, value]) => ({ name: name as keyof E & string, value: String(value) }));
  });
}

function refuseUnknown(
  version: string,
  what: "flags" | "variables",
  given: readonly (readonly [string, unknown])[],
  common: readonly string[] = [],
): void {
  if (!isKnownVersion(version)) return;
  const known = [...statedUpTo(version, what), ...common];
  const problems = given
    .filter(([name]) => !known.includes(name))
    .map(([name]): Problem => {
      const first = firstWith(what, name);
      const noun = what.slice(0, -1);
      return {
        code: "manifests/release-lacks",
        path: name,
        what: `the manager ${version} does not know the ${noun} "${name}"${first !== undefined && isEarlier(version, first) ? `, which came with ${first}` : ""}`,
        expected: `one of: ${known.toSorted().join(", ")}`,
        fix: didYouMean(name, known, "leave it out, or run a release that has it"),
      };
    });
  if (problems.length > 0) throw new ComposeError(problems);
}

/** Why a value is not one; undefined where it is. */
type ValueProblem = (name: string, value: unknown) => string | undefined;

function refuseValues(given: readonly (readonly [string, unknown])[], problemOf: ValueProblem): void {
  const problems = given.flatMap(([name, value]): Problem[] => {
    const what = problemOf(name, value);
    if (what === undefined) return [];
    return [
      {
        code: "manifests/setting-malformed",
        path: name,
        what: `${JSON.stringify(value) ?? typeof value} is not a value of "${name}": ${what}`,
        fix: "correct the value",
      },
    ];
  });
  if (problems.length > 0) throw new ComposeError(problems);
}

const booleanFlags = new Set(["enable-http2", "leader-elect", "metrics-secure", "zap-devel"]);
const booleanVariables = new Set(["ALLOW_CUSTOM_CONFIG", "PREWARM_DEVDB"]);

/** As Go's strconv.ParseBool reads it. */
const isBoolean = (value: unknown): boolean =>
  /^(?:1|t|T|true|TRUE|True|0|f|F|false|FALSE|False)$/.test(String(value));

const flagProblem: ValueProblem = (name, value) => {
  if (booleanFlags.has(name)) return isBoolean(value) ? undefined : "it is true or false";
  return name === "label-selector" ? selectorProblem(String(value)) : undefined;
};

const variableProblem: ValueProblem = (name, value) =>
  booleanVariables.has(name) && !isBoolean(value) ? "it is true or false" : undefined;

/** Whether the table says of a version what it has. */
const isKnownVersion = (version: string): boolean =>
  /^v?\d+\.\d+\.\d+/.test(version) && !isEarlier(lastKnownRelease, version);
