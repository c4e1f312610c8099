import { at, elements, fieldNodes, isThere, textAt, type Node } from "../objects/node.ts";
import { containersOf, type Pod } from "../objects/pod.ts";
import { plainText } from "../objects/text.ts";
import type { Operator } from "./operator.ts";

/** Why nobody may write to a folder, and what says so. */
interface FolderProblem {
  readonly node: Node;
  readonly what: string;
}

/**
 * Why a container may not make something in a folder of its own: what is mounted there, or above it, or else its root, is
 * read-only, or the folder is not there. Undefined where it may, or nobody can tell.
 */
export function writableFolder(
  { pod, container }: Pick<Operator, "pod" | "container">,
  folder: string,
): FolderProblem | undefined {
  const path = stepsTo(folder);
  const mount = mountAbove(container, path);
  if (mount !== undefined) return ofMount(pod, mount, path);
  const root = at(container, "securityContext", "readOnlyRootFilesystem");
  if (root.value !== true) return undefined;
  return { node: root, what: `the root is read-only, and nothing writable is mounted at ${folder}` };
}

/** The steps of a path, as the system takes them. */
function stepsTo(path: string): readonly string[] {
  const steps: string[] = [];
  for (const step of path.split("/")) {
    if (step === "..") steps.pop();
    else if (step !== "" && step !== ".") steps.push(step);
  }
  return steps;
}

const mountPath = (mount: Node): readonly string[] => stepsTo(plainText(at(mount, "mountPath").value));

/** What is mounted at a folder, or nearest above it. */
function mountAbove(container: Node, path: readonly string[]): Node | undefined {
  const above = elements(at(container, "volumeMounts")).filter((mount) =>
    mountPath(mount).every((step, index) => step === path[index]),
  );
  return above.toSorted((one, other) => mountPath(one).length - mountPath(other).length).at(-1);
}

/** Volumes that kubelet fills in, which nobody may write to. */
const filledInVolumes = ["configMap", "secret", "projected", "downwardAPI", "image"];

function ofMount(pod: Pod, mount: Node, path: readonly string[]): FolderProblem | undefined {
  const place = at(mount, "mountPath");
  const where = plainText(place.value);
  const readOnly = at(mount, "readOnly");
  if (readOnly.value === true) return { node: readOnly, what: `what is mounted at ${where} is read-only` };
  const name = textAt(at(mount, "name"));
  const volume = elements(at(pod.spec, "volumes")).find((each) => at(each, "name").value === name);
  if (volume === undefined) return undefined;
  const filled = filledInVolumes.find((source) => isThere(at(volume, source)));
  if (filled !== undefined)
    return { node: place, what: `at ${where} a ${filled} is mounted, which nobody may write to` };
  const source = readOnlySource(volume);
  if (source !== undefined) return { node: source, what: `what is mounted at ${where} is read-only` };
  const isBelow = path.length > mountPath(mount).length;
  if (!isBelow || !isThere(at(volume, "emptyDir")) || isSharedVolume(pod, name)) return undefined;
  return {
    node: place,
    what: `the emptyDir at ${where} is empty, and nobody makes /${path.join("/")} in it`,
  };
}

/** What says of whatever is mounted that it is only to be read. */
const readOnlySource = (volume: Node): Node | undefined =>
  fieldNodes(volume)
    .map(([, source]) => at(source, "readOnly"))
    .find(({ value }) => value === true);

/** Whether other containers have a volume as well, and may make folders in it. */
const isSharedVolume = (pod: Pod, name: string | undefined): boolean =>
  containersOf(pod).filter((container) =>
    elements(at(container, "volumeMounts")).some((mount) => at(mount, "name").value === name),
  ).length > 1;
