import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { isWrapped } from "../../flags.ts";
import { operatorsIn, variableOf, type Operator } from "../../operator.ts";
import { writableFolder } from "../../writable-folder.ts";

export const operatorWithoutTmp: Rule = {
  code: "operator-without-tmp",
  severity: "error",
  why: 'The operator makes a folder in /tmp, or in what TMPDIR names, for every reconcile; where it may not write there, every one fails with "read-only file system" or "no such file or directory", while both probes stay green.',
  fix: "mount an emptyDir at /tmp, and set no TMPDIR, or one that an emptyDir is mounted at",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) => operatorsIn(world).flatMap(ofOperator),
};

/** @see https://pkg.go.dev/os#TempDir */
function ofOperator(operator: Operator): readonly Found[] {
  if (isWrapped(operator)) return [];
  const stated = variableOf(operator, "TMPDIR");
  // Of a folder that only the cluster knows, nobody can tell.
  if (stated?.text === undefined && stated !== undefined) return [];
  const folder = stated?.text || "/tmp";
  const problem = writableFolder(operator, folder);
  if (problem === undefined) return [];
  const isNamed = stated?.text !== undefined && stated.text !== "" && stated.written.object.kind !== "Secret";
  const what = isNamed ? `TMPDIR is ${JSON.stringify(folder)}: ${problem.what}` : problem.what;
  return [found(isNamed ? stated.written : problem.node, what)];
}
