import type { Rule } from "../../findings/rule.ts";
import { at, elements, textAt } from "../../objects/node.ts";
import { dangling } from "./dangling.ts";

export const volumeClaimMissing: Rule = {
  code: "volume-claim-missing",
  severity: "warning",
  why: "A pod whose PersistentVolumeClaim is not there stays Pending.",
  fix: "add the PersistentVolumeClaim, or correct its name",
  link: "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#claims-as-volumes",
  find: (world) =>
    world.pods.flatMap(({ namespace, spec }) =>
      elements(at(spec, "volumes")).flatMap((volume) => {
        const node = at(volume, "persistentVolumeClaim", "claimName");
        const name = textAt(node);
        if (name === undefined) return [];
        return dangling(
          world,
          node,
          { group: "", kind: "PersistentVolumeClaim", name, namespace },
          "the pod stays Pending",
        );
      }),
    ),
};
