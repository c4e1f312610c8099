import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { findObject, type World } from "../../../findings/world.ts";
import { namespaceOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, isThere, mapAt, nodeOf, textAt, type Node } from "../../../objects/node.ts";
import { directoryKind } from "../../stated-source.ts";

export const migrationSumMismatch: Rule = {
  code: "migration-sum-mismatch",
  severity: "error",
  why: "Atlas holds a migration directory against its atlas.sum before it applies anything: without one, or with one of other files, the object stays NotReady with a checksum error.",
  fix: "run atlas migrate hash in the directory, and take its files and its atlas.sum over as they are",
  link: "https://atlasgo.io/concepts/migration-directory-integrity",
  find: (world) => {
    const directories = world
      .of("db.atlasgo.io", "AtlasMigration")
      .flatMap((each) => directoryOf(world, each) ?? []);
    const once = directories.filter(
      (one, index) =>
        directories.findIndex((other) => other.object === one.object && other.path === one.path) === index,
    );
    return once.flatMap((directory) => sumMismatches(world, directory));
  },
};

/** The files of a migration, where they are among the objects; what a ConfigMap has as binary, the operator does not see. */
function directoryOf(world: World, object: KubernetesObject): Node | undefined {
  if (directoryKind(object) !== "cluster") return undefined;
  const dir = at(nodeOf(object), "spec", "dir");
  const local = at(dir, "local");
  if (isThere(local)) return local;
  const name = textAt(at(dir, "configMapRef", "name")) ?? "";
  const configMap = findObject(world, "", "ConfigMap", name, namespaceOf(object));
  return configMap && at(nodeOf(configMap), "data");
}

function sumMismatches({ knowledge: { migrationSumProblems } }: World, directory: Node): readonly Found[] {
  const files = mapAt(directory);
  const isMigration = [...files.keys()].some((name) => name.endsWith(".sql"));
  if (isMigration && !files.has("atlas.sum")) return [found(directory, "there is no atlas.sum")];
  return (migrationSumProblems?.(Object.fromEntries(files)) ?? []).map((what) => found(directory, what));
}
