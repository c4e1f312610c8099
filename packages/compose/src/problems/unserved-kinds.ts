import type { KubernetesObject } from "../kubernetes/object.ts";
import { builtInKind } from "../kubernetes/schema.ts";
import type { FieldProblem } from "./field-problems.ts";
import { isInVersion } from "./version-problems.ts";

/** The one beta version that is on by default: it was so before others stopped to be, and there was no stable one. */
const servedAllTheSame = "flowcontrol.apiserver.k8s.io/v1beta3";

/**
 * That an API server of a version does not serve a kind unless somebody turns it on: all that are alpha or beta. Undefined
 * for one that it serves, or does not have.
 *
 * Source: https://kubernetes.io/docs/reference/using-api/#api-groups and, for the exception, `pkg/controlplane/instance.go`;
 * a test asks API servers what they serve.
 */
export function unservedKind(
  { apiVersion, kind }: KubernetesObject,
  version: string,
): FieldProblem | undefined {
  const [, stage] = /\/v\d+(alpha|beta)\d+$/.exec(apiVersion) ?? [];
  if (stage === undefined || apiVersion === servedAllTheSame) return undefined;
  const minor = Number(version.split(".")[1]);
  const definition = builtInKind(apiVersion, kind);
  if (!definition || !isInVersion(definition.span, minor)) return undefined;
  const stable = apiVersion.replace(/[^/]*$/, "v1");
  const known = builtInKind(stable, kind);
  const isStable = known !== undefined && isInVersion(known.span, minor);
  return {
    path: "apiVersion",
    code: "kind-off-by-default",
    what: `${kind} in ${apiVersion} is ${stage}, which Kubernetes ${version} does not serve by default`,
    expected: `a cluster whose API server has --runtime-config=${apiVersion}=true: any other knows no such kind`,
    fix: isStable
      ? `state apiVersion: ${stable}`
      : "take the object out, or see to it that the cluster serves it",
  };
}
