import { found, type Rule } from "../../findings/rule.ts";
import { findObject } from "../../findings/world.ts";
import { nearestName } from "../../objects/near.ts";
import { at, fieldNodes, nodeOf, textAt } from "../../objects/node.ts";
import { keyUsesIn } from "./uses.ts";

export const keyMissing: Rule = {
  code: "key-missing",
  severity: "error",
  why: "A ConfigMap or a Secret without the key that is asked for is as good as none: a container does not start, and an AtlasSchema or AtlasMigration stays NotReady.",
  fix: "add the key, or correct its name",
  link: "https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/",
  find: (world) =>
    keyUsesIn(world).flatMap(({ kind, name, namespace, keys, isOptional, otherwise }) => {
      const object = findObject(world, "", kind, name, namespace);
      if (isOptional || keys.length === 0 || object === undefined) return [];
      const there = ["data", "binaryData", "stringData"].flatMap((field) =>
        fieldNodes(at(nodeOf(object), field)).map(([key]) => key),
      );
      // One without any is filled by somebody else, as those that a controller injects a bundle into.
      if (there.length === 0) return [];
      return keys
        .filter((key) => !there.includes(textAt(key) ?? ""))
        .map((key) => {
          const near = nearestName(textAt(key) ?? "", there);
          const fix = near === undefined ? `one of: ${there.join(", ")}` : `did you mean "${near}"?`;
          return found(
            key,
            `${kind}/${name} has no key ${JSON.stringify(textAt(key))}: ${otherwise.replace(" until it is there", "")}`,
            { fix },
          );
        });
    }),
};
