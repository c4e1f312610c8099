import type { LabelRecord } from "@atlas/compose";
import {
  child,
  elementCursors,
  withoutPlaceholder,
  flag,
  pairs,
  takeOver,
  type Cursor,
} from "../read/cursor.ts";
import { onlyFields } from "../read/fields.ts";
import { transform, type SourceTransform } from "./transform.ts";

export const sourceLabels: SourceTransform = {
  field: "labels",
  saidBy: ["labels", "commonLabels"],
  phase: "marks",
  read(root) {
    const labels = labelRecords(root);
    if (labels.length === 0) return undefined;
    const field = child(root, "labels") ? "labels" : "commonLabels";
    return (work) => transform(work, field, { labels });
  },
};

/** The labels of a kustomization, `commonLabels` last, as Kustomize has it. */
function labelRecords(root: Cursor): LabelRecord[] {
  const labels = elementCursors(root, "labels").map((cursor): LabelRecord => {
    onlyFields(cursor, ["pairs", "includeSelectors", "includeTemplates", "fields"]);
    const fields = child(cursor, "fields");
    if (fields) takeOver(fields, "an entry of labels with fields of its own");
    return {
      pairs: pairs(withoutPlaceholder(child(cursor, "pairs"))),
      ...(flag(child(cursor, "includeTemplates")) && { templates: "all" as const }),
      ...(flag(child(cursor, "includeSelectors")) && { selectors: "all" as const }),
    };
  });
  const common = pairs(withoutPlaceholder(child(root, "commonLabels")));
  return [...labels, { pairs: common, selectors: "all" as const }].filter(
    (record) => Object.keys(record.pairs).length > 0,
  );
}
