import { plainText } from "../../../objects/text.ts";
import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { Knowledge } from "../../../findings/world.ts";
import type { Node } from "../../../objects/node.ts";
import { printedVariable } from "../../environment.ts";
import { addressFlags, addressParts, listeningAt } from "../../addresses.ts";
import { booleans, flagsOf, goBoolean, type Flag } from "../../flags.ts";
import { operatorsIn, variableOf, type Operator } from "../../operator.ts";
import { knownBy } from "../../releases.ts";

export const operatorValueRefused: Rule = {
  code: "operator-value-refused",
  severity: "error",
  why: "The operator ends at once with a value that Go cannot read: its pods crash for ever.",
  fix: "write true or false",
  link: "https://pkg.go.dev/strconv#ParseBool",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const known = knownBy(world.knowledge, operator.version);
      return [
        ...flagsOf(operator, known?.flags).flatMap((flag) => [
          ...ofFlag(flag, known?.flags),
          ...ofSelector(flag, world.knowledge),
        ]),
        ...samePort(operator),
        ...switchVariables.flatMap((name) => ofVariable(operator, name)),
      ];
    }),
};

/** Source: cmd/main.go of the operator. An empty value is as good as none. */
const switchVariables = ["ALLOW_CUSTOM_CONFIG", "PREWARM_DEVDB"];

function ofVariable(operator: Operator, name: string): readonly Found[] {
  const variable = variableOf(operator, name);
  if (!variable?.text || goBoolean(variable.text) !== undefined) return [];
  return [found(variable.written, `${printedVariable(name, variable)}, which is neither true nor false`)];
}

function ofFlag(
  { name, value, node, stray }: Flag,
  known: ReadonlySet<string> | undefined,
): readonly Found[] {
  if (stray)
    return [
      found(stray, `--${name} takes no word behind it: the operator reads no further, and the flag is true`, {
        fix: `write --${name}=${plainText(stray.value)}`,
      }),
    ];
  if (booleans.has(name))
    return value === true || goBoolean(value) !== undefined || value.includes("$(")
      ? []
      : [found(node, `--${name} is ${JSON.stringify(value)}, which is neither true nor false`)];
  if (value === true)
    return known?.has(name) ? [found(node, `--${name} has no value`, { fix: "state it behind a =" })] : [];
  if (value.includes("$(")) return [];
  return name in addressFlags ? ofAddress(name, value, node) : ofLogger(name, value, node);
}

function ofSelector({ name, value, node }: Flag, { selectorProblem }: Knowledge): readonly Found[] {
  if (name !== "label-selector" || value === true || value.includes("$(")) return [];
  const problem = selectorProblem?.(value);
  if (problem === undefined) return [];
  return [
    found(node, `--${name} is ${JSON.stringify(value)}, which is no label selector: ${problem}`, {
      fix: "write it as team=billing,env in (dev,test)",
    }),
  ];
}

function ofAddress(name: string, value: string, node: Node): readonly Found[] {
  const isPortName = /^(?:\[[^\]]*\]|[^:]*):[a-z][a-z\d-]*$/i.test(value);
  if (value === "" || value === "0" || isPortName || addressParts(value)) return [];
  const fix = /^\d+$/.test(value)
    ? `write :${value}`
    : "write an address and a port, as :8080 or 0.0.0.0:8080";
  return [found(node, `--${name} is ${JSON.stringify(value)}, which is no address to listen at`, { fix })];
}

/** Two servers of one process at one port: the second cannot start. */
function samePort(operator: Operator): readonly Found[] {
  const health = listeningAt(operator, "health-probe-bind-address");
  const metrics = listeningAt(operator, "metrics-bind-address");
  const node = metrics?.node ?? health?.node;
  if (node === undefined || health?.port === undefined || health.port !== metrics?.port) return [];
  return [
    found(node, `the operator is to listen at ${health.port} for probes and for metrics alike`, {
      fix: "give one of them another port",
    }),
  ];
}

/**
 * What the logger takes.
 *
 * @see https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/log/zap#Options.BindFlags
 */
const ofLoggers: Readonly<Record<string, { readonly form: RegExp; readonly words: string }>> = {
  "zap-encoder": { form: /^(?:json|console)$/i, words: "json or console" },
  "zap-log-level": {
    form: /^(?:debug|info|error|panic|\+?0*[1-9]\d*)$/i,
    words: "debug, info, error, or a number above 0",
  },
  "zap-stacktrace-level": { form: /^(?:debug|info|warn|error|panic)$/i, words: "info, error or panic" },
};

function ofLogger(name: string, value: string, node: Node): readonly Found[] {
  const taken = Object.hasOwn(ofLoggers, name) ? ofLoggers[name] : undefined;
  if (taken === undefined || taken.form.test(value)) return [];
  return [found(node, `--${name} is ${JSON.stringify(value)}`, { fix: `write ${taken.words}` })];
}
