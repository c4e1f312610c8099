import { plainText } from "../objects/text.ts";
import type { World } from "../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, mapAt, nodeOf, textAt, type Node } from "../objects/node.ts";
import { selects } from "../objects/selector.ts";
import { containerStatuses } from "./held.ts";
import { symptom, type Symptom } from "./symptom.ts";

const workloadKinds = ["Deployment", "StatefulSet", "DaemonSet"];

/** What is wrong with workloads that are in the cluster, and with their pods. */
export const ofWorkloads = (live: World, names: ReadonlySet<string>): readonly Symptom[] =>
  workloadKinds.flatMap((kind) =>
    live
      .of("apps", kind)
      .filter((workload) => names.has(`${kind}/${namespaceOf(workload)}/${workload.metadata.name}`))
      .flatMap((workload) => workloadSymptoms(live, workload)),
  );

function workloadSymptoms(live: World, workload: KubernetesObject): readonly Symptom[] {
  const node = nodeOf(workload);
  const selector = at(node, "spec", "selector");
  const pods = live
    .of("", "Pod")
    .filter(
      (pod) =>
        namespaceOf(pod) === namespaceOf(workload) &&
        selects(selector, mapAt(at(nodeOf(pod), "metadata", "labels"))),
    );
  const { value: wanted = workload.kind === "DaemonSet" ? pods.length : 1 } = at(node, "spec", "replicas");
  const failure = conditionOf(node, "ReplicaFailure") ?? conditionOf(node, "Progressing", "False");
  const missing =
    typeof wanted === "number" && pods.length < wanted
      ? [
          symptom("pods-missing", workload, {
            path: "status.conditions",
            what: [`${pods.length} of ${wanted} pods are there`, failure && saidIn(failure)]
              .filter(Boolean)
              .join(": "),
            fix: "correct what the API server refuses: kubectl get events says it, and atlas-render check, before",
          }),
        ]
      : [];
  return [...missing, ...pods.flatMap(podSymptoms)];
}

/** The condition of a type, where it has a status. */
export const conditionOf = (object: Node, type: string, status = "True"): Node | undefined =>
  elements(at(object, "status", "conditions")).find(
    (each) => at(each, "type").value === type && at(each, "status").value === status,
  );

/** What a condition or a state says. */
export const saidIn = (node: Node): string =>
  [textAt(at(node, "reason")), textAt(at(node, "message"))].filter(Boolean).join(": ");

/** What to do about a reason for which a container waits. */
const waitRemedies: Readonly<Record<string, string>> = {
  CrashLoopBackOff: "read why it ended: kubectl logs --previous",
  ImagePullBackOff: "correct the image, or give the pods a Secret that may pull it",
  ErrImagePull: "correct the image, or give the pods a Secret that may pull it",
  InvalidImageName: "correct the image",
  CreateContainerConfigError: "make the ConfigMap, the Secret or the key that is named",
  CreateContainerError: "correct the command, or what is mounted",
  RunContainerError: "correct the command, or what is mounted",
};

function podSymptoms(pod: KubernetesObject): readonly Symptom[] {
  const node = nodeOf(pod);
  if (isThere(at(node, "metadata", "deletionTimestamp"))) return [];
  const waiting = containerStatuses(pod).flatMap((status) => {
    const state = at(status, "state", "waiting");
    const reason = textAt(at(state, "reason")) ?? "";
    const ended = at(status, "lastState", "terminated");
    if (!isThere(state) || ["", "ContainerCreating", "PodInitializing"].includes(reason)) return [];
    const last = isThere(ended) ? [`it ended with ${plainText(at(ended, "exitCode").value)}`] : [];
    const what = [`the container ${textAt(at(status, "name"))} waits: ${saidIn(state)}`, ...last].join(", ");
    return [
      symptom("pod-not-ready", pod, {
        path: state.path,
        what,
        fix: waitRemedies[reason] ?? "see kubectl describe pod",
      }),
    ];
  });
  if (waiting.length > 0) return waiting;
  const unscheduled = conditionOf(node, "PodScheduled", "False");
  if (unscheduled)
    return [
      symptom("pod-not-ready", pod, {
        path: unscheduled.path,
        what: `no node takes it: ${saidIn(unscheduled)}`,
        fix: "ask for less, or add nodes, tolerations or volumes that it waits for",
      }),
    ];
  const unready = conditionOf(node, "Ready", "False");
  if (unready === undefined || at(node, "status", "phase").value === "Succeeded") return [];
  return [
    symptom("pod-not-ready", pod, {
      path: unready.path,
      what: `it is not ready: ${saidIn(unready)}`,
      fix: "see which probe fails, and why: kubectl describe pod",
    }),
  ];
}

/** Services that have no ready pod behind them. */
export const ofServices = (live: World, names: ReadonlySet<string>): readonly Symptom[] =>
  live.of("", "Service").flatMap((service) => {
    const { name } = service.metadata;
    const selector = at(nodeOf(service), "spec", "selector");
    if (!names.has(`Service/${namespaceOf(service)}/${name}`) || fieldNodes(selector).length === 0) return [];
    const isReady = live
      .of("discovery.k8s.io", "EndpointSlice")
      .filter(
        (slice) =>
          namespaceOf(slice) === namespaceOf(service) &&
          at(nodeOf(slice), "metadata", "labels", "kubernetes.io/service-name").value === name,
      )
      .flatMap((slice) => elements(at(nodeOf(slice), "endpoints")))
      .some((endpoint) => at(endpoint, "conditions", "ready").value !== false);
    if (isReady) return [];
    return [
      symptom("no-endpoints", service, {
        path: selector.path,
        what: "no ready pod is behind it",
        fix: "see whether its pods are ready, and have the labels that it selects",
      }),
    ];
  });
