import { found, type Rule } from "../../findings/rule.ts";
import { imageOf } from "../../objects/image.ts";
import { containersOf } from "../../objects/pod.ts";

export const imageVersionUnknown: Rule = {
  code: "image-version-unknown",
  severity: "warning",
  why: "Of an image by its digest alone nobody can read which version runs, and one by no tag, or by latest, changes by itself.",
  fix: "state the version's tag, and the digest beside it",
  link: "https://kubernetes.io/docs/concepts/containers/images/#image-names",
  find: (world) =>
    world.pods.flatMap((pod) =>
      containersOf(pod).flatMap((container) => {
        const image = imageOf(container);
        if (image === undefined) return [];
        const { node, tag, digest } = image;
        if (tag === undefined && digest !== undefined)
          return [found(node, "its version is unknown: it is stated by digest alone")];
        if (digest === undefined && (tag === undefined || tag === "latest"))
          return [found(node, "its version is whatever is newest when the pod starts")];
        return [];
      }),
    ),
};
