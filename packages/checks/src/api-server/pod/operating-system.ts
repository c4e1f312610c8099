import { at, hasFields, isSet, textAt, valueAt, type RulePlace } from "../rule/place.ts";
import type { Look } from "../rule/rule.ts";

/*
 * What pods of an operating system do not have, and what they need.
 *
 * Source: validateLinux, validateWindows, validateWindowsHostProcessPod and validateHostUsers in
 * k8s.io/kubernetes/pkg/apis/core/validation.
 */

const notOnWindows = {
  pod: ["hostUsers", "hostPID", "hostIPC", "shareProcessNamespace", "resources"],
  podContext: [
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "sysctls",
    "runAsUser",
    "runAsGroup",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "seLinuxChangePolicy",
  ],
  context: [
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
  ],
};

/** What is off by default up to a version, and left out before anybody looks at it. */
const offBefore = new Map([
  ["hostUsers", 33],
  ["procMount", 33],
  ["resources", 34],
  ["seLinuxChangePolicy", 33],
  ["supplementalGroupsPolicy", 33],
]);

/** What an operating system rules out of a pod and its containers. */
export function operatingSystem(pod: RulePlace, containers: readonly RulePlace[], look: Look): void {
  const system = textAt(valueAt(pod.value, "os"), "name");
  const contexts = containers.map((container) => at(container, "securityContext"));
  const context = at(pod, "securityContext");
  if (system === "linux")
    for (const place of [context, ...contexts])
      withoutFieldsOf(place, ["windowsOptions"], "a pod of Linux", look);
  if (system === "windows") {
    withoutFieldsOf(pod, notOnWindows.pod, "a pod of Windows", look);
    withoutFieldsOf(context, notOnWindows.podContext, "a pod of Windows", look);
    for (const place of contexts) withoutFieldsOf(place, notOnWindows.context, "a pod of Windows", look);
  }
  hostProcess(pod, contexts, look);
}

function withoutFieldsOf(
  place: RulePlace,
  names: readonly string[],
  of: string,
  { minor, report }: Look,
): void {
  if (!hasFields(place.value)) return;
  for (const name of names) {
    if (minor < (offBefore.get(name) ?? 0)) continue;
    const value = valueAt(place.value, name);
    const isLeftOut = value === undefined || ((name === "hostPID" || name === "hostIPC") && value === false);
    if (!isLeftOut && !(Array.isArray(value) && value.length === 0 && name === "sysctls"))
      report(at(place, name), "operating-system-field", `${name} is not for ${of}`, "take it out");
  }
}

const isHostProcess = (context: unknown): unknown =>
  valueAt(valueAt(context, "windowsOptions"), "hostProcess");

/** Processes of a node of Windows make up a whole pod, in the network of the node. */
function hostProcess(pod: RulePlace, contexts: readonly RulePlace[], { report }: Look): void {
  const ofPod = isHostProcess(valueAt(pod.value, "securityContext"));
  const ofContainers = contexts.map(({ value }) => isHostProcess(value));
  for (const [index, of] of ofContainers.entries())
    if (of !== undefined && ofPod !== undefined && of !== ofPod)
      report(
        contexts[index] ?? pod,
        "host-process-mixed",
        "hostProcess differs from that of the pod",
        "state it once",
      );
  const count = ofContainers.filter((of) => (of ?? ofPod) === true).length;
  if (count === 0) return;
  if (count !== contexts.length)
    report(
      pod,
      "host-process-mixed",
      "some containers are processes of the node, and others are not",
      "make all of them so",
    );
  if (!isSet(pod.value, "hostNetwork"))
    report(
      at(pod, "hostNetwork"),
      "host-process-network",
      "processes of the node are in its network",
      "set hostNetwork: true",
    );
}

/** What pods with users of their own do not share with the node. */
export function ownUsers(pod: RulePlace, containers: readonly RulePlace[], look: Look): void {
  // Users of their own are off by default up to 1.32.
  if (look.minor < 33) return;
  const hasOwn = valueAt(pod.value, "hostUsers") === false;
  if (hasOwn)
    for (const name of ["hostNetwork", "hostPID", "hostIPC"])
      if (isSet(pod.value, name))
        look.report(
          at(pod, name),
          "host-users",
          `${name} goes with the users of the node, and hostUsers is false`,
          "take one out",
        );
  if (hasOwn && look.minor < 35)
    for (const container of containers)
      if (isSet(container.value, "volumeDevices"))
        look.report(
          at(container, "volumeDevices"),
          "host-users",
          "raw devices go with the users of the node, and hostUsers is false",
          "take one out",
        );
  for (const container of containers) {
    const context = at(container, "securityContext");
    if (!hasOwn && valueAt(context.value, "procMount") === "Unmasked")
      look.report(
        at(context, "procMount"),
        "host-users",
        "an unmasked /proc is for pods with users of their own",
        "set hostUsers: false",
      );
  }
}
