import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { kubectlName, namespaceOf, type KubernetesObject } from "../../../objects/kubernetes-object.ts";
import { at, nodeOf, textAt, textsAt } from "../../../objects/node.ts";
import { wholeText } from "../../../objects/text.ts";
import { managedDatabase, manageTheSame, type ManagedDatabase } from "../../managed-database.ts";
import { hasOwnConfig } from "../../stated-source.ts";
import { resourcesIn } from "../../target.ts";

export const databaseManagedTwice: Rule = {
  code: "database-managed-twice",
  severity: "error",
  why: "An AtlasSchema drops what its desired state does not have, and an AtlasMigration takes only a database that is clean, or whose revisions are its own: of two for one schema of a database, each undoes or refuses what the other does.",
  fix: "manage it with one of them, give each a schema of its own, or leave the other's tables out with spec.exclude",
  link: "https://atlasgo.io/integrations/kubernetes/declarative",
  find: (world) => {
    const managed = resourcesIn(world).flatMap((object) => {
      // A configuration of its own may say which tables it is for.
      const database = hasOwnConfig(object) ? undefined : managedDatabase(world, object);
      return database ? [{ object, database }] : [];
    });
    return managed.flatMap((each, index) => ofOne(each, managed.slice(0, index)));
  },
};

interface Managed {
  readonly object: KubernetesObject;
  readonly database: ManagedDatabase;
}

function ofOne({ object, database }: Managed, earlier: readonly Managed[]): readonly Found[] {
  const other = earlier.find(
    (each) => manageTheSame(each.database, database) && !getAlong(each.object, object),
  );
  if (other === undefined) return [];
  const what = `it is for the same database as ${kubectlName(other.object)} in ${namespaceOf(other.object)}`;
  return [found(database.node, what)];
}

/** Whether two may share a schema: they want the same of it, or leave each other's tables and revisions alone. */
function getAlong(one: KubernetesObject, other: KubernetesObject): boolean {
  const [own, its] = [one, other].map((each) => at(nodeOf(each), "spec"));
  if (own === undefined || its === undefined) return true;
  if (one.kind === other.kind) {
    const field = one.kind === "AtlasSchema" ? "schema" : "dir";
    if (wholeText(at(own, field).value) === wholeText(at(its, field).value)) return true;
  }
  if (one.kind === "AtlasMigration" && other.kind === "AtlasMigration")
    return textAt(at(own, "revisionsSchema")) !== textAt(at(its, "revisionsSchema"));
  return [one, other].every((each) => each.kind === "AtlasMigration" || leavesOthersAlone(each));
}

/** Whether an AtlasSchema leaves some tables alone, or all of those that it does not know. */
const leavesOthersAlone = (object: KubernetesObject): boolean => {
  const spec = at(nodeOf(object), "spec");
  return (
    textsAt(at(spec, "exclude")).length > 0 || at(spec, "policy", "diff", "skip", "drop_table").value === true
  );
};
