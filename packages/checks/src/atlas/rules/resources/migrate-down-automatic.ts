import { found, type Rule } from "../../../findings/rule.ts";
import { at, nodeOf } from "../../../objects/node.ts";

export const migrateDownAutomatic: Rule = {
  code: "migrate-down-automatic",
  severity: "warning",
  why: "When an older directory is applied, migrations are reverted, with the data that is in what they made, and nobody is asked.",
  fix: "take migrateDown out, or, of a remote directory, autoApprove alone; else say why it may be so as the reason to ignore this",
  link: "https://atlasgo.io/integrations/kubernetes/versioned",
  find: (world) =>
    world.of("db.atlasgo.io", "AtlasMigration").flatMap((object) => {
      const down = at(nodeOf(object), "spec", "protectedFlows", "migrateDown");
      const [isAllowed, approved] = [at(down, "allow"), at(down, "autoApprove")];
      if (isAllowed.value !== true || approved.value !== true) return [];
      return [found(approved, "migrations are reverted without anybody's approval")];
    }),
};
