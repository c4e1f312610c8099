import { assumptions, type AssumptionOptions } from "../assumptions/assumptions.ts";
import { findObject, worldOf, type World } from "../findings/world.ts";
import { groupOf, namespaceOf, type KubernetesObject } from "../objects/kubernetes-object.ts";
import { at, nodeOf, textAt } from "../objects/node.ts";
import { notHeld } from "./held.ts";
import { kindKey, type Live } from "./live.ts";
import { ofLeases, ofResources } from "./resources.ts";
import { symptom, type Symptom } from "./symptom.ts";
import { ofServices, ofWorkloads } from "./workloads.ts";

/**
 * What is wrong in a cluster that objects were applied to, and what to do: what it lacks of what they assume, what was not
 * applied, workloads without pods, pods that wait, Services with nobody behind them, an operator that does not lead, and its
 * objects that are not Ready.
 *
 * @example
 * symptoms(objects, live).map(({ code, what }) => `${code}: ${what}`);
 * // ["resource-not-ready: it is not Ready: GettingDevDB: …"]
 */
export function symptoms(
  objects: readonly KubernetesObject[],
  live: Live,
  options: AssumptionOptions = {},
): readonly Symptom[] {
  const [rendered, there] = [worldOf(objects), worldOf(live.objects)];
  const names = new Set(objects.map(symptomName));
  return [
    ...notHeld(assumptions(objects, options), live),
    ...notApplied(objects, there, live),
    ...ofWorkloads(there, names),
    ...ofServices(there, names),
    ...ofLeases(rendered, there, live.now),
    ...ofResources(there),
    ...ofEvents(there, names, live.now),
  ];
}

const symptomName = (object: KubernetesObject): string =>
  `${object.kind}/${namespaceOf(object)}/${object.metadata.name}`;

const notApplied = (
  objects: readonly KubernetesObject[],
  there: World,
  { unread }: Live,
): readonly Symptom[] =>
  objects.flatMap((object) => {
    const group = groupOf(object);
    const { name, namespace } = object.metadata;
    if (unread.has(kindKey(group, object.kind))) return [];
    const found = findObject(there, group, object.kind, name, namespace);
    return found
      ? []
      : [symptom("not-applied", object, { what: "it is not in the cluster", fix: "apply what is rendered" })];
  });

/** Events of the last hour about what was applied. */
const ofEvents = (there: World, names: ReadonlySet<string>, now: number): readonly Symptom[] =>
  there.of("", "Event").flatMap((event) => {
    const node = nodeOf(event);
    const about = at(node, "involvedObject");
    const [kind, name, namespace = "default"] = ["kind", "name", "namespace"].map((field) =>
      textAt(at(about, field)),
    );
    const seen = ["lastTimestamp", "eventTime"].map((field) => textAt(at(node, field))).find(Boolean) ?? "";
    const isRecent = now - Date.parse(seen) < 3_600_000;
    if (at(node, "type").value !== "Warning" || !isRecent || !names.has(`${kind}/${namespace}/${name}`))
      return [];
    const what = `${kind}/${name}: ${textAt(at(node, "reason"))}: ${textAt(at(node, "message"))}`;
    return [symptom("warning-event", event, { what, fix: "correct what it names" })];
  });
