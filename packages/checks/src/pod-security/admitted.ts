import type { KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, nodeOf, textAt, type Node } from "../objects/node.ts";
import { podOf } from "../objects/pod.ts";
import { reason, type Reason, type Verdict } from "../objects/verdict.ts";
import { baseline } from "./baseline.ts";
import type { Control, Level } from "./control.ts";
import { restricted } from "./restricted.ts";

/** A version of the standards: Kubernetes' own, `v1.25`, or the newest that is known here. */
export type PodSecurityVersion = `v1.${number}` | "latest";

/** Whether pods are admitted, and by which standard. */
export interface Admission extends Verdict {
  readonly level: Level;
  readonly version: PodSecurityVersion;
}

/** What breaks a control. */
export interface Violation extends Reason {
  /** As the standards' reference implementation names it: `runAsNonRoot`. */
  readonly control: string;
}

/**
 * Whether Pod Security admission lets a pod into a namespace, or the pods that a workload makes: what the label
 * `pod-security.kubernetes.io/enforce` of the namespace asks for, in the version of its `enforce-version`.
 *
 * A namespace without the label, or that is not given, is taken for privileged, as clusters have it unless their
 * administrator changed that. A value that is no level counts as restricted, and one that is not a version as latest.
 *
 * @param pod a Pod, or what holds the template of pods. What makes none is admitted.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 * @see https://kubernetes.io/docs/concepts/security/pod-security-admission/
 * @example
 * admitted(deployment, { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop", labels } });
 * // { allowed: false, level: "restricted", version: "latest", because: [
 * //   { object: deployment, path: "spec.template.spec.containers[0].securityContext.allowPrivilegeEscalation", … },
 * //   { object: namespace, path: 'metadata.labels["pod-security.kubernetes.io/enforce"]', … },
 * // ] }
 */
export function admitted(pod: KubernetesObject, namespace?: KubernetesObject): Admission {
  const label = (name: string): Node | undefined =>
    namespace && at(nodeOf(namespace), "metadata", "labels", `pod-security.kubernetes.io/${name}`);
  const asked = label("enforce");
  const level = levelIn(asked);
  const version = podSecurityVersion(label("enforce-version"));
  const violations = podSecurityViolations(pod, level, version);
  const because: Reason[] = violations.map(({ control: _control, ...rest }) => rest);
  if (asked?.value !== undefined) because.push(reason(asked, `it asks for ${level} in version ${version}`));
  return { allowed: violations.length === 0, level, version, because };
}

/**
 * All that a pod breaks of a level, whatever its namespace asks for.
 *
 * @param pod a Pod, or what holds the template of pods.
 * @throws {RangeError} for a version that is none.
 * @example
 * podSecurityViolations(deployment, "restricted", "v1.34").map(({ control }) => control); // ["runAsNonRoot"]
 */
export function podSecurityViolations(
  pod: KubernetesObject,
  level: Level,
  version: PodSecurityVersion = "latest",
): readonly Violation[] {
  const made = podOf(pod);
  if (made === undefined) return [];
  return controlsOf(level, version).flatMap(({ name, find }) =>
    find(made).map((found) => ({ control: name, ...found })),
  );
}

function controlsOf(level: Level, version: PodSecurityVersion): readonly Control[] {
  if (level === "privileged") return [];
  const minor = podSecurityMinor(version);
  const isIn = ({ from, until = Infinity }: Control): boolean => from <= minor && minor < until;
  if (level === "baseline") return baseline.filter(isIn);
  const own = restricted.filter(isIn);
  const replaced = new Set(own.map(({ replaces }) => replaces));
  return [...baseline.filter((control) => isIn(control) && !replaced.has(control.name)), ...own];
}

/** The newest minor version in which a control changed, which is what the versions after it are taken for. */
const newest = Math.max(...[...baseline, ...restricted].map(({ from }) => from));

const versionForm = /^v1\.(0|[1-9]\d*)$/;

function podSecurityMinor(version: PodSecurityVersion): number {
  if (version === "latest") return newest;
  const minor = versionForm.exec(version)?.[1];
  if (minor === undefined)
    throw new RangeError(
      `got the version ${JSON.stringify(version)}: expected "latest" or one such as "v1.34"`,
    );
  return Number(minor);
}

function levelIn(label: Node | undefined): Level {
  const level = label?.value;
  if (level === undefined) return "privileged";
  return level === "privileged" || level === "baseline" ? level : "restricted";
}

function podSecurityVersion(label: Node | undefined): PodSecurityVersion {
  const version = label && textAt(label);
  return version !== undefined && versionForm.test(version) ? (version as PodSecurityVersion) : "latest";
}
