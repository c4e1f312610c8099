import { printedNeed, type Assumption, type Need } from "../assumptions/assumption.ts";
import { worldOf, findObject, type World } from "../findings/world.ts";
import { namespaceOf, ofKind } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, mapAt, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Level } from "../pod-security/control.ts";
import { kindKey, type Live } from "./live.ts";
import { symptom, type Symptom } from "./symptom.ts";

/** Whether a need is met; a text says why nobody knows. */
type NeedAnswer = boolean | string;

/** What the cluster does not have of what is assumed of it. */
export function notHeld(assumptions: readonly Assumption[], live: Live): readonly Symptom[] {
  const world = worldOf(live.objects);
  return assumptions.flatMap(({ need, because }) => {
    const answer = isMet(need, world, live);
    const [first] = because;
    if (answer === true || first?.object === undefined) return [];
    const { object, path } = first;
    const said = printedNeed(need);
    return answer === false
      ? [
          symptom("assumption-not-held", object, {
            path,
            what: `the cluster has not: ${said}`,
            fix: remedy(need),
          }),
        ]
      : [
          symptom("assumption-not-known", object, {
            path,
            what: `nobody knows whether the cluster has ${said}: ${answer}`,
            fix: "look for it by hand",
          }),
        ];
  });
}

const remedy = ({ code }: Need): string =>
  ({
    object: "make it first, or correct the reference",
    kind: "install its CustomResourceDefinition",
    namespaces: "label a namespace so, or correct the selector",
    pods: "see to it that they run with these labels, or correct the selector",
    "default-class": "name a class, or mark one as the default",
    "pod-security": "change the namespace's label, or the pods",
    "istio-injector": "install Istio with this revision, or correct the label",
    "istio-cni": "install Istio's CNI plugin",
    "mesh-provider": "add it to extensionProviders of the mesh",
    "network-policies": "install a network plugin that enforces them",
    "kubernetes-version": "upgrade the cluster",
  })[code];

function isMet(need: Need, world: World, live: Live): NeedAnswer {
  switch (need.code) {
    case "object":
      return isObjectMet(need, world, live);
    case "kind":
      return live.unread.get(kindKey(need.group, need.kind))?.isServed !== false;
    case "namespaces":
      return (
        whyUnread(live, "", "Namespace") ??
        world.of("", "Namespace").some((each) => hasSelectedLabels(each, need.selector))
      );
    case "pods":
      return whyUnread(live, "", "Pod") ?? world.of("", "Pod").some((pod) => isPodMeant(pod, need, world));
    case "default-class":
      return whyUnread(live, need.group, need.kind) ?? world.of(need.group, need.kind).some(isDefault);
    case "pod-security":
      return levels.indexOf(enforced(world, need.namespace)) <= levels.indexOf(need.level);
    case "istio-injector":
      return (
        whyUnread(live, admission, webhooks) ??
        world.of(admission, webhooks).some((each) => isInjector(each, need.revision))
      );
    case "istio-cni":
      return (
        whyUnread(live, "apps", "DaemonSet") ??
        world.of("apps", "DaemonSet").some(({ metadata }) => metadata.name.startsWith("istio-cni"))
      );
    case "mesh-provider":
      return whyUnread(live, "", "ConfigMap") ?? hasProvider(world, need.name);
    case "network-policies":
      return "no object says it of a network plugin";
    default:
      return live.version === undefined
        ? "it does not say its version"
        : isAtLeast(live.version, need.version);
  }
}

/** From what lets everything through to what lets least. */
const levels: readonly Level[] = ["privileged", "baseline", "restricted"];

const admission = "admissionregistration.k8s.io";
const webhooks = "MutatingWebhookConfiguration";

/** Why a kind could not be read; undefined where it could. */
const whyUnread = ({ unread }: Live, group: string, kind: string): string | false | undefined => {
  const found = unread.get(kindKey(group, kind));
  return found && (found.isServed ? found.said : false);
};

function isObjectMet(need: Extract<Need, { code: "object" }>, world: World, live: Live): NeedAnswer {
  const unread = whyUnread(live, need.group, need.kind);
  if (unread !== undefined) return unread;
  const object = findObject(world, need.group, need.kind, need.name, need.namespace);
  if (object === undefined) return false;
  const keys = new Set(
    ["data", "binaryData"].flatMap((field) => fieldNodes(at(nodeOf(object), field)).map(([key]) => key)),
  );
  return (need.keys ?? []).every((key) => keys.has(key));
}

type LiveObject = Live["objects"][number];
const liveLabels = (object: LiveObject): ReadonlyMap<string, string> =>
  mapAt(at(nodeOf(object), "metadata", "labels"));

/** Whether an object has the labels of a selector as it is printed. */
function hasSelectedLabels(object: LiveObject, selector: string): boolean {
  const labels = liveLabels(object);
  return selector.split(/,(?![^(]*\))/).every((part) => {
    const [, name = "", operator, list = ""] = /^(\S+) (in|notin) \((.*)\)$/.exec(part) ?? [];
    if (operator !== undefined)
      return list.split(",").includes(labels.get(name) ?? "\0") === (operator === "in");
    if (part.startsWith("!")) return !labels.has(part.slice(1));
    const equals = part.indexOf("=");
    return equals < 0 ? labels.has(part) : labels.get(part.slice(0, equals)) === part.slice(equals + 1);
  });
}

function isPodMeant(pod: LiveObject, need: Extract<Need, { code: "pods" }>, world: World): boolean {
  if (!hasSelectedLabels(pod, need.selector)) return false;
  if (need.namespace !== undefined) return namespaceOf(pod) === need.namespace;
  const own = world.namespace(namespaceOf(pod));
  return need.namespaces === undefined || (own !== undefined && hasSelectedLabels(own, need.namespaces));
}

const isDefault = (object: LiveObject): boolean =>
  fieldNodes(at(nodeOf(object), "metadata", "annotations")).some(
    ([name, { value }]) => /^(?:storage|ingress)class\..*is-default-class$/.test(name) && value === "true",
  );

function enforced(world: World, name: string): Level {
  const own = world.namespace(name);
  const level = own && textAt(at(nodeOf(own), "metadata", "labels", "pod-security.kubernetes.io/enforce"));
  return levels.find((each) => each === level) ?? "privileged";
}

const isInjector = (object: LiveObject, revision: string): boolean => {
  const own = liveLabels(object);
  return own.get("app") === "sidecar-injector" && (own.get("istio.io/rev") ?? "default") === revision;
};

function hasProvider(world: World, name: string): NeedAnswer {
  const mesh = ofKind(world.objects, "", "ConfigMap").find(
    ({ metadata }) => metadata.namespace === "istio-system" && /^istio(?:$|-)/.test(metadata.name),
  );
  const text = mesh && at(nodeOf(mesh), "data", "mesh");
  if (text === undefined || !isThere(text)) return "the mesh's configuration is not in istio-system";
  return [...(textAt(text) ?? "").matchAll(/\bname:\s*["']?([\w.-]+)/g)].some(([, own]) => own === name);
}

const isAtLeast = (version: string, least: string): boolean => {
  const [[major = 0, minor = 0], [other = 0, its = 0]] = [version, least].map((each) =>
    each.split(".").map(Number),
  ) as [number[], number[]];
  return major > other || (major === other && minor >= its);
};

/** What a pod says of its containers, those that initialise it first. */
export const containerStatuses = (pod: LiveObject): readonly Node[] =>
  ["initContainerStatuses", "containerStatuses"].flatMap((field) =>
    elements(at(nodeOf(pod), "status", field)),
  );
