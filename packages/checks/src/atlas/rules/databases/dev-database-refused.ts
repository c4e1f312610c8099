import { found, type Rule } from "../../../findings/rule.ts";
import { admitted } from "../../../pod-security/admitted.ts";
import { namespaceOf } from "../../../objects/kubernetes-object.ts";
import { devDatabaseObject } from "../../dev-database.ts";
import { resourcesIn } from "../../target.ts";
import { devDatabasesIn } from "../../dev-databases.ts";

export const devDatabaseRefused: Rule = {
  code: "dev-database-refused",
  severity: "error",
  why: "The dev databases of SQL Server and ClickHouse ask for capabilities that Pod Security refuses at the levels baseline and restricted, and what a devDB states has to fit the level, too: the object stays at GettingDevDB.",
  fix: "state a devURL, or lower what the namespace enforces",
  link: "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
  find: (world) => [
    ...resourcesIn(world).flatMap((resource) => {
      const workload = devDatabaseObject(resource);
      const verdict = workload && admitted(workload, world.namespace(namespaceOf(resource)));
      if (verdict === undefined || verdict.allowed) return [];
      const [first] = verdict.because;
      const path = (first?.path ?? "").replace(/^spec\.template\.spec/, "spec.devDB.spec");
      const what = `the namespace enforces ${verdict.level}, which refuses this: ${first?.text ?? ""}`;
      return [
        found({ object: resource, path }, what, { fix: "give its containers what the level asks for" }),
      ];
    }),
    ...devDatabasesIn(world).flatMap(({ resource, node, workload }) => {
      const { allowed, level, because } = admitted(workload, world.namespace(namespaceOf(resource)));
      if (allowed) return [];
      const [first] = because;
      return [
        found(node, `the namespace enforces ${level}, which refuses the dev database: ${first?.text ?? ""}`),
      ];
    }),
  ],
};
