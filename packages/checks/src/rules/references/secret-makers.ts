import type { World } from "../../findings/world.ts";
import { at, elements, textAt, textsAt } from "../../objects/node.ts";
import { containersOf, type Pod } from "../../objects/pod.ts";
import { grantsOf } from "../../rbac/bound.ts";
import { allows } from "../../rbac/rule.ts";

/**
 * Whether pods among the objects may make a Secret when they run, as a Job that makes certificates does: they may create Secrets
 * in the namespace, and are a Job, have that permission for their own namespace alone, or name the Secret. An operator that may
 * do so in every namespace makes no Secret that it is not told of.
 */
export const mayBeMadeByPods = (world: World, namespace: string, name: string): boolean =>
  world.pods.some((pod) => {
    const grants = grantsOf(world, pod).filter(
      (grant) =>
        (grant.namespace ?? namespace) === namespace &&
        grant.rules()?.some((rule) => allows(rule, { verb: "create", resource: "secrets", namespace })),
    );
    if (grants.length === 0) return false;
    const isOfNamespace = grants.some((grant) => grant.namespace !== undefined);
    return isOfNamespace || ["Job", "CronJob"].includes(pod.object.kind) || saysName(pod, name);
  });

/** Whether a word or a variable of a pod's containers has the name in it. */
function saysName(pod: Pod, name: string): boolean {
  const escaped = name.replaceAll(/[.\\]/g, String.raw`\$&`);
  const form = new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`);
  return containersOf(pod).some((container) =>
    [
      ...textsAt(at(container, "command")),
      ...textsAt(at(container, "args")),
      ...elements(at(container, "env")).flatMap((each) => textAt(at(each, "value")) ?? []),
    ].some((text) => form.test(text)),
  );
}
