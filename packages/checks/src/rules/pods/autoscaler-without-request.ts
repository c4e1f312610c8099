import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { groupOf, kubectlName, namespaceOf, type KubernetesObject } from "../../objects/kubernetes-object.ts";
import { at, elements, isThere, nodeOf, textAt, type Node } from "../../objects/node.ts";
import type { Pod } from "../../objects/pod.ts";

export const autoscalerWithoutRequest: Rule = {
  code: "autoscaler-without-request",
  severity: "error",
  why: "Utilisation is a share of what the containers of a pod ask for: where one of them asks for none, the metric can never be computed, and nothing is scaled by it.",
  fix: "state the request of each container, or scale by an averageValue",
  link: "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#support-for-resource-metrics",
  find: (world) => [
    ...world
      .of("autoscaling", "HorizontalPodAutoscaler")
      .flatMap((scaler) => ofScaler(world, scaler, sharesOfMetrics)),
    ...world.of("keda.sh", "ScaledObject").flatMap((scaler) => ofScaler(world, scaler, sharesOfTriggers)),
  ],
};

/** A share that is asked for: of which resource, and of which container where it is not of all. */
interface Utilization {
  readonly node: Node;
  readonly resource: string;
  readonly container?: Node;
}

function ofScaler(
  world: World,
  scaler: KubernetesObject,
  sharesIn: (spec: Node) => readonly Utilization[],
): readonly Found[] {
  const spec = at(nodeOf(scaler), "spec");
  const target = at(spec, "scaleTargetRef");
  const [name, kind = "Deployment", apiVersion = "apps/v1"] = ["name", "kind", "apiVersion"].map((field) =>
    textAt(at(target, field)),
  );
  const group = groupOf({ apiVersion, kind, metadata: { name: "" } });
  const pod = world
    .podsIn(namespaceOf(scaler))
    .find(({ object }) => object.kind === kind && object.metadata.name === name && groupOf(object) === group);
  return pod === undefined ? [] : sharesIn(spec).flatMap((share) => ofShare(world, pod, share));
}

/** Without metrics, the API server sets 80% of the processors that are asked for. */
function sharesOfMetrics(spec: Node): readonly Utilization[] {
  const metrics = at(spec, "metrics");
  if (elements(metrics).length === 0) {
    const stated = at(spec, "targetCPUUtilizationPercentage");
    return [{ node: isThere(stated) ? stated : metrics, resource: "cpu" }];
  }
  return elements(metrics).flatMap((metric): readonly Utilization[] => {
    const [whole, one] = [at(metric, "resource"), at(metric, "containerResource")];
    const source = isThere(whole) ? whole : one;
    const resource = textAt(at(source, "name"));
    if (resource === undefined || !isShare(source)) return [];
    return [{ node: source, resource, ...(source === one && { container: at(one, "container") }) }];
  });
}

/** In v2beta1, the share is a field of its own. */
const isShare = (source: Node): boolean =>
  isThere(at(source, "target", "averageUtilization")) || isThere(at(source, "targetAverageUtilization"));

/** Source: https://keda.sh/docs/latest/scalers/cpu/ */
const sharesOfTriggers = (spec: Node): readonly Utilization[] =>
  elements(at(spec, "triggers")).flatMap((trigger) => {
    const resource = textAt(at(trigger, "type")) ?? "";
    const type = textAt(at(trigger, "metricType")) ?? textAt(at(trigger, "metadata", "type"));
    if (!["cpu", "memory"].includes(resource) || type !== "Utilization") return [];
    const container = at(trigger, "metadata", "containerName");
    return [{ node: trigger, resource, ...(isThere(container) && { container }) }];
  });

/** Source: calculatePodRequests in k8s.io/kubernetes/pkg/controller/podautoscaler/replica_calculator.go */
function ofShare(world: World, pod: Pod, { node, resource, container }: Utilization): readonly Found[] {
  const containers = stayingContainers(pod);
  const name = container && textAt(container);
  const meant = name === undefined ? containers : containers.filter((each) => containerName(each) === name);
  const workload = kubectlName(pod.object);
  if (container && name !== undefined && meant.length === 0) {
    const fix = `state one of ${containers.map(containerName).join(", ")}`;
    return [
      found(container, `${workload} has no container ${name} whose ${resource} could be measured`, { fix }),
    ];
  }
  const isGivenToAll =
    (name === undefined && isGiven(pod.spec, resource)) || isByDefault(world, pod.namespace, resource);
  const without = isGivenToAll ? [] : meant.filter((each) => !isGiven(each, resource));
  if (without.length === 0) return [];
  const which = without.map(containerName).join(" and ");
  return [found(node, `it scales by a share of ${resource}, and ${which} of ${workload} asks for none`)];
}

const containerName = (container: Node): string => textAt(at(container, "name")) ?? "";

/** The containers that run as long as the pod: its own, and those beside them. */
const stayingContainers = ({ spec }: Pod): readonly Node[] => [
  ...elements(at(spec, "containers")),
  ...elements(at(spec, "initContainers")).filter((each) => at(each, "restartPolicy").value === "Always"),
];

/** A limit is the request, too, where none is stated. */
const isGiven = (holder: Node, resource: string): boolean =>
  ["requests", "limits"].some((list) => isThere(at(holder, "resources", list, resource)));

/** Whether a LimitRange gives a request to containers that state none: by its own default, or by one of its bounds. */
const isByDefault = (world: World, namespace: string, resource: string): boolean =>
  world
    .of("", "LimitRange")
    .filter((each) => namespaceOf(each) === namespace)
    .flatMap((each) => elements(at(nodeOf(each), "spec", "limits")))
    .filter((limit) => at(limit, "type").value === "Container")
    .some((limit) =>
      ["defaultRequest", "default", "min", "max"].some((list) => isThere(at(limit, list, resource))),
    );
