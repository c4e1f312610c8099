import { everyday } from "./everyday.ts";
import { extensions } from "./extensions.ts";
import type { KindRules, Kinds } from "./kind.ts";
import { network } from "./network.ts";
import { rare } from "./rare.ts";
import { workloads } from "./workloads.ts";

const kinds: Kinds = { ...everyday, ...workloads, ...network, ...extensions, ...rare };

/** What the API server asks of a kind; undefined for one that is not Kubernetes' own, or not in a stable version. */
export const kindRulesOf = (apiVersion: string, kind: string): KindRules | undefined =>
  Object.hasOwn(kinds, `${apiVersion}/${kind}`) ? kinds[`${apiVersion}/${kind}`] : undefined;

/** Kubernetes' own kinds, with their groups; the core group is empty. */
export const ownKinds = (): readonly { readonly group: string; readonly kind: string }[] =>
  Object.keys(kinds).map((key) => {
    const [kind = "", version = "", group = ""] = key.split("/").toReversed();
    return { group: version === "" ? "" : group, kind };
  });
