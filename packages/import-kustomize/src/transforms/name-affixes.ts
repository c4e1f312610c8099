import { keepsName } from "@atlas/compose";
import { child, withoutPlaceholder, textIn } from "../read/cursor.ts";
import { leaveOut, transform, type SourceTransform } from "./transform.ts";

const sourceAffix = (field: "namePrefix" | "nameSuffix"): SourceTransform => ({
  field,
  saidBy: [field],
  phase: "names",
  read(root) {
    const affix = textIn(withoutPlaceholder(child(root, field)));
    if (affix === undefined) return undefined;
    return (work) => {
      if (work.state.some(({ current }) => !keepsName(current)))
        return transform(work, field, { [field]: affix });
      leaveOut(work, field, `"${affix}"`, `${field} ${affix}`);
      return undefined;
    };
  },
});

export const sourcePrefix: SourceTransform = sourceAffix("namePrefix");
export const sourceSuffix: SourceTransform = sourceAffix("nameSuffix");
