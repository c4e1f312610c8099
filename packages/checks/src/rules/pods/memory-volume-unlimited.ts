import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, isThere } from "../../objects/node.ts";

export const memoryVolumeUnlimited: Rule = {
  code: "memory-volume-unlimited",
  severity: "warning",
  why: "A volume in memory counts as memory of the pod; without a sizeLimit it grows up to the pod's limit, or the node's memory.",
  fix: "state emptyDir.sizeLimit",
  link: "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
  find: (world) =>
    world.pods.flatMap(({ spec }) =>
      elements(at(spec, "volumes"))
        .map((volume) => at(volume, "emptyDir"))
        .filter((volume) => at(volume, "medium").value === "Memory" && !isThere(at(volume, "sizeLimit")))
        .map((volume) => found(at(volume, "sizeLimit"), "the volume in memory may grow without a limit")),
    ),
};
