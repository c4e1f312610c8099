import { found, type Rule } from "../../findings/rule.ts";
import { at, elements, textAt } from "../../objects/node.ts";

export const volumeMediumUnknown: Rule = {
  code: "volume-medium-unknown",
  severity: "error",
  why: "The API server takes any medium, and the kubelet only those it knows: the pod stays in ContainerCreating.",
  fix: "write Memory, HugePages, or leave the medium out for the disk of the node",
  link: "https://kubernetes.io/docs/concepts/storage/volumes/#emptydir",
  find: (world) =>
    world.pods.flatMap(({ spec }) =>
      elements(at(spec, "volumes")).flatMap((volume) => {
        const medium = at(volume, "emptyDir", "medium");
        const text = textAt(medium);
        if (text === undefined || knownMedium.test(text)) return [];
        const meant = ["Memory", "HugePages"].find(
          (each) => each.toLowerCase() === text.toLowerCase().trim(),
        );
        const fix = meant === undefined ? {} : { fix: `did you mean "${meant}"?` };
        return [found(medium, `the kubelet knows no medium ${JSON.stringify(text)}`, fix)];
      }),
    ),
};

const knownMedium = /^(?:Memory|HugePages(?:-.+)?)?$/;
