import { patch } from "@atlas/compose";
import { podDisruptionBudget as target } from "../../../base/pod-disruption-budget.ts";

export const podDisruptionBudget = patch(target, { spec: { maxUnavailable: 1 } });
