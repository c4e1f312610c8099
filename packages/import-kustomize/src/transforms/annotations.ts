import { child, pairs } from "../read/cursor.ts";
import { transform, type SourceTransform } from "./transform.ts";

export const sourceAnnotations: SourceTransform = {
  field: "annotations",
  saidBy: ["commonAnnotations"],
  phase: "marks",
  read(root) {
    const annotations = pairs(child(root, "commonAnnotations"));
    if (Object.keys(annotations).length === 0) return undefined;
    return (work) => transform(work, "commonAnnotations", { annotations });
  },
};
