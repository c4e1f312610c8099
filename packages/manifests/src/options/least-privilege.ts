import { component, patch, refuseFurther, type Component } from "@atlas/compose";
import { clusterRole } from "../base/cluster-role.ts";
import { role } from "../base/role.ts";
import { atHome, everywhere, onlyUsed } from "./permissions.ts";

/** The lease alone: events in its own namespace are among what the ClusterRole allows. */
const leaseRules = atHome.filter(({ resources = [] }) => resources.includes("leases"));

/**
 * Takes from the operator what no release from v0.7.11 to v0.7.37 was seen to use, which is more than half of what upstream
 * grants it. {@link scope} does so by itself.
 *
 * @example
 * overlay({ base, components: [leastPrivilege()] });
 */
export function leastPrivilege(): Component {
  refuseFurther(leastPrivilege, arguments, "take it out: the option has no settings");
  return component({
    patches: [
      patch(clusterRole, { rules: onlyUsed(everywhere) }),
      patch(role, { rules: onlyUsed(leaseRules) }),
    ],
  });
}
