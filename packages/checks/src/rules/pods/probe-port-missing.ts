import { plainText } from "../../objects/text.ts";
import { found, type Found, type Rule } from "../../findings/rule.ts";
import { findObject, type World } from "../../findings/world.ts";
import { injectionIn } from "../../mesh/injection.ts";
import { proxyPort } from "../../mesh/proxy-port.ts";
import { nearestName } from "../../objects/near.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, textsAt, type Node } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";
import { usesIn } from "../references/uses.ts";

export const probePortMissing: Rule = {
  code: "probe-port-missing",
  severity: "error",
  why: "A probe of a port at which the container does not listen always fails: the pod never gets ready, or is restarted again and again.",
  fix: "name a port of the container",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#use-a-named-port",
  find: (world) =>
    world.pods.flatMap((pod) =>
      [...elements(at(pod.spec, "containers")), ...elements(at(pod.spec, "initContainers"))].flatMap(
        (container) =>
          probedPorts(container).flatMap((port) => {
            const number = numberAt(port);
            return number === undefined
              ? ofName(container, port)
              : ofNumber({ world, pod, container }, port, number);
          }),
      ),
    ),
};

/** The ports that probes of a container ask, at the pod itself. */
const probedPorts = (container: Node): readonly Node[] =>
  ["readinessProbe", "livenessProbe", "startupProbe"].flatMap((probe) =>
    ["httpGet", "tcpSocket", "grpc"]
      .map((handler) => at(container, probe, handler))
      .filter((handler) => !isThere(at(handler, "host")))
      .map((handler) => at(handler, "port")),
  );

function numberAt(port: Node): number | undefined {
  if (typeof port.value === "number") return port.value;
  const text = textAt(port) ?? "";
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function ofName(container: Node, port: Node): readonly Found[] {
  const name = textAt(port);
  const names = elements(at(container, "ports")).flatMap((each) => textAt(at(each, "name")) ?? []);
  if (name === undefined || names.includes(name)) return [];
  const near = nearestName(name, names);
  const fix = near === undefined ? "give the container's port this name" : `did you mean "${near}"?`;
  return [found(port, `no port of the container is named ${JSON.stringify(name)}`, { fix })];
}

interface Probed {
  readonly world: World;
  readonly pod: Pod;
  readonly container: Node;
}

const numberOf = (port: Node): unknown => at(port, "containerPort").value;

/**
 * A container may listen at ports that it does not declare, and most images have one for probes. One that nowhere says a word of
 * the port that is probed, and declares one that differs by a slip of the hand, most likely does not listen there.
 */
function ofNumber(probed: Probed, port: Node, number: number): readonly Found[] {
  const { world, pod, container } = probed;
  const own = elements(at(container, "ports")).map(numberOf);
  const ofOthers = containersOf(pod).flatMap((each) => elements(at(each, "ports")).map(numberOf));
  if (own.length === 0 || ofOthers.includes(number) || isMentioned(probed, number)) return [];
  if (proxyPort(number) !== undefined && injectionIn(world, pod).injected) return [];
  const near = own.map(plainText).find((declared) => isSlip(String(number), declared));
  if (near === undefined) return [];
  return [
    found(
      port,
      `the container declares ${own.map(plainText).join(", ")}, and nothing in it says that it listens at ${number}`,
      {
        severity: "warning",
        fix: `did you mean ${near}? Otherwise declare this one among its ports`,
      },
    ),
  ];
}

/**
 * Whether a number is another with two digits swapped, a digit too many or too few, or a wrong one within: the last digit tells
 * ports beside each other apart, and the first one those of one service with and without privileges.
 */
function isSlip(text: string, meant: string): boolean {
  if (Math.abs(text.length - meant.length) === 1) {
    const [longer, shorter] = text.length > meant.length ? [text, meant] : [meant, text];
    return longer.split("").some((_, index) => longer.slice(0, index) + longer.slice(index + 1) === shorter);
  }
  if (text.length !== meant.length) return false;
  const wrong = text.split("").flatMap((digit, index) => (digit === meant[index] ? [] : [index]));
  const [first = 0, second] = wrong;
  if (wrong.length === 2)
    return second === first + 1 && text[first] === meant[second] && text[second] === meant[first];
  return wrong.length === 1 && first > 0 && first < text.length - 1;
}

function isMentioned(probed: Probed, number: number): boolean {
  const form = new RegExp(`(?<!\\d)${number}(?!\\d)`);
  return textsBeside(probed).some((text) => form.test(text));
}

/** What may say at which port a container listens: its words, its variables, annotations, and the files that it is given. */
function textsBeside({ world, pod, container }: Probed): readonly string[] {
  const objects = usesIn(world)
    .filter(({ node }) => node.object === pod.object)
    .flatMap(({ kind, name, namespace }) => findObject(world, "", kind, name, namespace) ?? []);
  return [
    ...textsAt(at(container, "command")),
    ...textsAt(at(container, "args")),
    ...elements(at(container, "env")).flatMap((each) => textAt(at(each, "value")) ?? []),
    ...fieldNodes(at(pod.metadata, "annotations")).flatMap(([, each]) => textAt(each) ?? []),
    ...objects.flatMap((object) =>
      ["data", "stringData"].flatMap((field) =>
        fieldNodes(at(nodeOf(object), field)).flatMap(([, each]) => textAt(each) ?? []),
      ),
    ),
  ];
}
