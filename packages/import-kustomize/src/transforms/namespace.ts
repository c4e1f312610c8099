import { isClusterScoped } from "@atlas/compose";
import { customKindsOfState, type Tracked } from "../model/state.ts";
import { child, withoutPlaceholder, textIn } from "../read/cursor.ts";
import { leaveOut, transform, type SourceTransform } from "./transform.ts";

export const sourceNamespace: SourceTransform = {
  field: "namespace",
  saidBy: ["namespace"],
  phase: "names",
  read(root) {
    const namespace = textIn(withoutPlaceholder(child(root, "namespace")));
    if (namespace === undefined) return undefined;
    return (work) => {
      if (isMoving(work.state)) return transform(work, "namespace", { namespace });
      leaveOut(work, "namespace", `the namespace "${namespace}"`, `the namespace ${namespace}`);
      return undefined;
    };
  },
};

/** Whether there is an object that a namespace moves. */
function isMoving(state: readonly Tracked[]): boolean {
  const customKinds = customKindsOfState(state);
  return state.some(
    ({ current }) =>
      !isClusterScoped(current, customKinds) || (current.kind === "Namespace" && current.apiVersion === "v1"),
  );
}
