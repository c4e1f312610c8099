import { found, type Found, type Rule } from "../../../findings/rule.ts";
import type { ReleaseFacts, World } from "../../../findings/world.ts";
import { groupOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, isThere, nodeOf } from "../../../objects/node.ts";
import { comesBefore, operatorsIn } from "../../operator.ts";

export const unknownToRelease: Rule = {
  code: "unknown-to-release",
  severity: "error",
  why: "Of a kind or a field that a later release brings the operator that runs knows nothing: nobody reconciles the object, or what the field asks for is not done.",
  fix: "leave it out, or run a release that has it",
  link: "https://github.com/ariga/atlas-operator/releases",
  find: (world) => {
    const newest = newestIn(world);
    const { releases = [] } = world.knowledge;
    if (newest === undefined) return [];
    const later = releases.filter(({ from }) => comesBefore(newest, from));
    return world.objects
      .filter((object) => groupOf(object) === "db.atlasgo.io")
      .flatMap((object) => later.flatMap((release) => broughtBy(release, object, newest)));
  },
};

/** The latest release among the operators; undefined where none of them says its own. */
const newestIn = (world: World): string | undefined =>
  operatorsIn(world)
    .flatMap(({ version }) => version ?? [])
    .reduce<string | undefined>(
      (newest, version) => (newest === undefined || comesBefore(newest, version) ? version : newest),
      undefined,
    );

/** What of an object a release brings. */
function broughtBy(
  { from, kinds = [], fields = [] }: ReleaseFacts,
  object: KubernetesObject,
  newest: string,
): readonly Found[] {
  const plural = `${object.kind.toLowerCase()}s`;
  const node = nodeOf(object);
  const since = `which is there since ${from}`;
  if (kinds.includes(plural))
    return [found(at(node, "kind"), `${newest} does not know the kind ${object.kind}, ${since}`)];
  return fields.flatMap((field) => {
    const [of, ...path] = field.split(".");
    const value = at(node, ...path);
    if (of !== plural || !isThere(value)) return [];
    return [found(value, `${newest} does not know the field ${path.join(".")}, ${since}`)];
  });
}
