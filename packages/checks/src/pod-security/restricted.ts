import { at, elements, fieldNodes, isThere, textsAt, type Node } from "../objects/node.ts";
import { containersOf, type Pod } from "../objects/pod.ts";
import { reason, type Reason } from "../objects/verdict.ts";
import { inContexts, isInUserNamespace, notAmong, typesIn, unmasked } from "./baseline.ts";
import type { Control } from "./control.ts";

const allowedVolumes = [
  ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "image", "persistentVolumeClaim"],
  ["projected", "secret"],
].flat();

const otherVolumes = ({ spec }: Pod): readonly Reason[] =>
  elements(at(spec, "volumes")).flatMap((volume) => {
    const kinds = fieldNodes(volume).filter(([name, node]) => name !== "name" && isThere(node));
    // One that says nothing is an emptyDir, by default.
    if (kinds.length === 0 || kinds.some(([kind]) => allowedVolumes.includes(kind))) return [];
    return kinds
      .slice(0, 1)
      .map(([kind, node]) =>
        reason(node, `a volume of kind ${kind} is not allowed; allowed is ${allowedVolumes.join(", ")}`),
      );
  });

const escalation = (pod: Pod): readonly Reason[] =>
  containersOf(pod)
    .map((container) => at(container, "securityContext", "allowPrivilegeEscalation"))
    .filter(({ value }) => value !== false)
    .map((node) => reason(node, "it must be false"));

const capabilities = (pod: Pod): readonly Reason[] =>
  containersOf(pod).flatMap((container) => {
    const [drop, add] = ["drop", "add"].map((list) =>
      at(container, "securityContext", "capabilities", list),
    ) as [Node, Node];
    return [
      ...(textsAt(drop).includes("ALL") ? [] : [reason(drop, 'it must have "ALL"')]),
      ...elements(add)
        .filter(({ value }) => value !== "NET_BIND_SERVICE")
        .map((node) =>
          reason(node, `${JSON.stringify(node.value)} is not allowed; allowed is "NET_BIND_SERVICE"`),
        ),
    ];
  });

/** Each container has the value, or leaves it out where the pod has it. */
function inheritable(pod: Pod, path: readonly string[], allowed: readonly unknown[]): readonly Reason[] {
  const [ofPod, ...ofContainers] = inContexts(pod, ...path);
  const isSet = ofPod !== undefined && allowed.includes(ofPod.value);
  if (isSet) return [];
  return ofContainers
    .filter((node) => !isThere(node))
    .map((node) =>
      reason(node, `it, or the pod's, must be ${allowed.map((value) => JSON.stringify(value)).join(" or ")}`),
    );
}

const rootAllowed = (pod: Pod): readonly Reason[] => [
  ...inContexts(pod, "runAsNonRoot")
    .filter(({ value }) => value === false)
    .map((node) => reason(node, "it must not be false")),
  ...inheritable(pod, ["runAsNonRoot"], [true]),
];

const rootUser = (pod: Pod): readonly Reason[] =>
  inContexts(pod, "runAsUser")
    .filter(({ value }) => value === 0)
    .map((node) => reason(node, "it must not be 0, which is root"));

const profiles = ["RuntimeDefault", "Localhost"];
const seccomp = (pod: Pod): readonly Reason[] => [
  ...notAmong(typesIn(pod, "seccompProfile"), profiles),
  ...inheritable(pod, ["seccompProfile", "type"], profiles),
];

/** Windows knows nothing of what the control is about, and the API server refuses such a pod that sets it. */
const exceptOnWindows =
  (find: Control["find"]): Control["find"] =>
  (pod) =>
    at(pod.spec, "os", "name").value === "windows" ? [] : find(pod);

const exceptInUserNamespace =
  (find: Control["find"]): Control["find"] =>
  (pod) =>
    isInUserNamespace(pod) ? [] : find(pod);

/** A control of the level restricted that reads otherwise from a version on. */
const changed = (
  control: Control,
  from: number,
  change: (find: Control["find"]) => Control["find"],
): Control[] => [
  { ...control, until: from },
  { ...control, from, find: change(control.find) },
];

/** The controls of the level restricted, which come on top of those of baseline. */
export const restricted: readonly Control[] = [
  ...changed(
    { name: "allowPrivilegeEscalation", level: "restricted", from: 8, find: escalation },
    25,
    exceptOnWindows,
  ),
  ...changed(
    {
      name: "capabilities_restricted",
      level: "restricted",
      from: 22,
      replaces: "capabilities_baseline",
      find: capabilities,
    },
    25,
    exceptOnWindows,
  ),
  { name: "procMount_restricted", level: "restricted", from: 35, replaces: "procMount", find: unmasked },
  {
    name: "restrictedVolumes",
    level: "restricted",
    from: 0,
    replaces: "hostPathVolumes",
    find: otherVolumes,
  },
  ...changed(
    { name: "runAsNonRoot", level: "restricted", from: 0, find: rootAllowed },
    35,
    exceptInUserNamespace,
  ),
  ...changed({ name: "runAsUser", level: "restricted", from: 23, find: rootUser }, 35, exceptInUserNamespace),
  ...changed(
    {
      name: "seccompProfile_restricted",
      level: "restricted",
      from: 19,
      replaces: "seccompProfile_baseline",
      find: seccomp,
    },
    25,
    exceptOnWindows,
  ),
];
