import { component, patch, refuseFurther, type Component, type Problem } from "@atlas/compose";
import { crds } from "../base/crds.ts";
import { managerArgs } from "../manager.ts";
import type { KnowsFlag } from "../manager-types.ts";
import { addArguments } from "./arguments.ts";
import { leaseOf } from "../lease.ts";
import { selectorProblem } from "../label-selector.ts";
import {
  calledWith,
  labelNameProblem,
  refuseSettings,
  settingProblem,
  unknownSettings,
  wordProblem,
  type SettingsOf,
} from "../settings.ts";

/** What tells one operator of a cluster from another. */
export interface InstanceSettings<V extends string> {
  /** The record of the image that runs: from v0.7.36 on the manager can be told its lease and its objects. */
  readonly image: KnowsFlag<V, "leader-election-id" | "label-selector">;
  /** What its objects, its lease and its pods are named after. */
  readonly name: string;
  /**
   * The labels of the AtlasSchema and AtlasMigration objects that are its own, as `kubectl --selector` takes them. Without,
   * tell the operators apart by namespaces with {@link scope}: an object that two of them reconcile is never at rest.
   */
  readonly labelSelector?: string;
  /** Whether the CRDs are rendered with it. One operator of a cluster has them, the others need its release or an earlier. */
  readonly crds: "owned" | "of another";
}

/**
 * One of several operators in a cluster: its objects, its lease and its pods have names and labels of their own, and the
 * CRDs, of which a cluster has one, stay with the operator that owns them.
 *
 * @throws ComposeError for a release without the flags, where no compiler saw it, and for a name or a label selector that is
 *   none.
 *
 * @example
 * overlay({
 *   base,
 *   namespace: "atlas-billing",
 *   images: [release],
 *   components: [
 *     instance({ image: release, name: "billing", labelSelector: "team=billing", crds: "of another" }),
 *   ],
 * });
 */
export function instance<const V extends string>(settings: InstanceSettings<V>): Component {
  refuseFurther(instance, arguments);
  return calledWith(instance, [settings], () => {
    refuseSettings(...unknownSettings(settings, instanceSettings));
    const { image, name, labelSelector, crds: owner } = settings;
    refuseSettings(
      labelNameProblem("name", name, "part of a name"),
      malformedSelector(labelSelector),
      wordProblem("crds", owner, ["owned", "of another"]),
    );
    const { version }: { readonly version: string } = image;
    const flags = {
      "leader-election-id": leaseOf(name),
      ...(labelSelector !== undefined && { "label-selector": labelSelector }),
    };
    const isOwner = owner === "owned";
    return component({
      nameSuffix: `-${name}`,
      labels: [{ pairs: { "app.kubernetes.io/instance": name }, selectors: true }],
      patches: [
        addArguments(managerArgs({ version }, flags)),
        ...(isOwner ? [] : crds.map((crd) => patch(crd, null))),
      ],
      ...(!isOwner && { crds }),
    });
  });
}

const instanceSettings: SettingsOf<InstanceSettings<string>> = {
  image: null,
  name: null,
  labelSelector: null,
  crds: null,
};

/** An empty one selects what every other operator does, too. */
function malformedSelector(given: string | undefined): Problem | undefined {
  if (given === undefined) return undefined;
  if (given.trim() === "")
    return settingProblem("labelSelector", given, "selects every object", "leave it out, or name a label");
  const problem = selectorProblem(given);
  return problem === undefined
    ? undefined
    : settingProblem(
        "labelSelector",
        given,
        `is not a label selector: ${problem}`,
        "write it as team=billing,env in (dev,test)",
      );
}
