import { pendingReasons } from "../../health/model.ts";

/** The label of the operator's controllers, one a kind. */
export const controllers = 'controller=~"atlas.*"';

/** What kube-state-metrics makes of the conditions of a resource: 1 where one is True. */
export const condition = "atlas_condition";

/** The labels that tell a resource, not those of what is scraped, which are the exporter's own. */
export const resourceLabels = "customresource_kind, resource_namespace, resource";

/** A Ready condition with a reason that is a failure's. */
export const failingCondition = `${condition}{type="Ready", reason!~"${pendingReasons.join("|")}"}`;

/** A Ready condition, but of a resource that waits for a person. */
export const unready = `${condition}{type="Ready", reason!="ApprovalPending"}`;

/** Whether a process leads, by the name of its lease. */
export const leads = (lease: string): string => `leader_election_master_status{name="${lease}"}`;
