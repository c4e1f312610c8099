import { plainText } from "../../objects/text.ts";
import { oneWhole, quantityOf } from "../../api-server/value/quantity.ts";
import { found, type Found, type Rule } from "../../findings/rule.ts";
import type { World } from "../../findings/world.ts";
import { at, elements, isThere, nodeOf, type Node } from "../../objects/node.ts";
import { amountsOf, sizesOf } from "./amounts.ts";

export const amountMistaken: Rule = {
  code: "amount-mistaken",
  severity: "error",
  why: "A quantity in a unit that is not of its resource is valid and means something else: 512m of memory is half a byte, 500Mi of cpu half a billion cores.",
  fix: "write memory in bytes, as 512Mi, and cpu in cores, as 500m",
  link: "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#resource-units-in-kubernetes",
  find: (world) => [
    ...world.pods.flatMap((pod) => [
      ...amountsOf(pod).flatMap(({ node, name }) =>
        name === "cpu" ? ofCores(node) : isOfBytes(name) ? ofBytes(node) : [],
      ),
      ...sizesOf(pod).flatMap(ofBytes),
    ]),
    ...claimSpecs(world).flatMap((claim) =>
      ["requests", "limits"]
        .map((list) => at(claim, "resources", list, "storage"))
        .flatMap((node) => [...ofBytes(node), ...ofDisk(node)]),
    ),
  ],
};

const isOfBytes = (name: string): boolean =>
  name === "memory" || name === "ephemeral-storage" || name.startsWith("hugepages-");

/** The claims, and those that StatefulSets make. */
const claimSpecs = (world: World): readonly Node[] => [
  ...world.of("", "PersistentVolumeClaim").map((claim) => at(nodeOf(claim), "spec")),
  ...world
    .of("apps", "StatefulSet")
    .flatMap((set) => elements(at(nodeOf(set), "spec", "volumeClaimTemplates")))
    .map((claim) => at(claim, "spec")),
];

function ofBytes(node: Node): readonly Found[] {
  const amount = isThere(node) ? quantityOf(node.value) : undefined;
  if (amount === undefined || amount % oneWhole === 0n) return [];
  const text = plainText(node.value);
  const fix = text.endsWith("m") ? { fix: `did you mean "${text.slice(0, -1)}Mi"?` } : {};
  return [found(node, `${JSON.stringify(node.value)} is a part of a byte`, fix)];
}

/** What no file system fits into: a number whose unit is missing. */
const leastDisk = 1_048_576n * oneWhole;

function ofDisk(node: Node): readonly Found[] {
  const amount = isThere(node) ? quantityOf(node.value) : undefined;
  if (amount === undefined || amount <= 0n || amount >= leastDisk || amount % oneWhole !== 0n) return [];
  const text = plainText(node.value);
  const fix = /^\d+$/.test(text) ? { fix: `did you mean "${text}Gi"?` } : {};
  return [found(node, `${JSON.stringify(node.value)} is ${amount / oneWhole} bytes`, fix)];
}

/** More cores than any machine has. */
const mostCores = 4096n * oneWhole;

function ofCores(node: Node): readonly Found[] {
  const amount = quantityOf(node.value);
  if (amount === undefined) return [];
  const text = plainText(node.value);
  if (!/[KMGTPE]i?$/.test(text) && amount < mostCores) return [];
  const [, digits] = /^(\d+)(?:[kKMGTPE]i?)?$/.exec(text) ?? [];
  const fix = digits === undefined ? {} : { fix: `did you mean "${digits}m"?` };
  return [found(node, `${JSON.stringify(node.value)} is ${amount / oneWhole} cores`, fix)];
}
