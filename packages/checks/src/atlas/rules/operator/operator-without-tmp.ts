import { plainText } from "../../../objects/text.ts";
import { found, type Rule } from "../../../findings/rule.ts";
import { at, elements, isThere, textAt, type Node } from "../../../objects/node.ts";
import { operatorsIn } from "../../operator.ts";

export const operatorWithoutTmp: Rule = {
  code: "operator-without-tmp",
  severity: "error",
  why: 'The operator makes a folder in /tmp for every reconcile; with a read-only root and nothing writable there, every one fails with "read-only file system", while both probes stay green.',
  fix: "mount an emptyDir at /tmp",
  link: "https://github.com/ariga/atlas-operator",
  find: (world) =>
    operatorsIn(world).flatMap(({ container, pod }) => {
      const root = at(container, "securityContext", "readOnlyRootFilesystem");
      const isWritable = elements(at(container, "volumeMounts")).some(
        (mount) =>
          plainText(at(mount, "mountPath").value).replace(/(.)\/+$/, "$1") === "/tmp" &&
          at(mount, "readOnly").value !== true &&
          isWritableVolume(pod.spec, textAt(at(mount, "name"))),
      );
      if (root.value !== true || isWritable) return [];
      return [found(root, "the root is read-only, and nothing writable is mounted at /tmp")];
    }),
};

/** Volumes that kubelet fills in, which nobody may write to. */
const filledIn = ["configMap", "secret", "projected", "downwardAPI", "image"];

const isWritableVolume = (spec: Node, name: string | undefined): boolean => {
  const volume = elements(at(spec, "volumes")).find((each) => at(each, "name").value === name);
  if (volume === undefined) return true;
  return (
    !filledIn.some((source) => isThere(at(volume, source))) &&
    at(volume, "persistentVolumeClaim", "readOnly").value !== true
  );
};
