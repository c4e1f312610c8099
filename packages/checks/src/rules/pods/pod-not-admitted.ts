import { found, type Rule } from "../../findings/rule.ts";
import { admitted } from "../../pod-security/admitted.ts";

export const podNotAdmitted: Rule = {
  code: "pod-not-admitted",
  severity: "error",
  why: "Pod Security admission refuses the pods that break the level of their namespace; the workload itself is accepted, and makes none.",
  fix: "change the field, or the level that the namespace enforces",
  link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  find: (world) =>
    world.pods.flatMap((pod) => {
      const { allowed, level, because } = admitted(pod.object, world.namespace(pod.namespace));
      if (allowed) return [];
      return because
        .filter(({ object }) => object === pod.object)
        .map(({ path, text }) =>
          found({ object: pod.object, path }, `the namespace enforces ${level}: ${text}`),
        );
    }),
};
