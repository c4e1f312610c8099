import { found, type Rule } from "../../../findings/rule.ts";
import { devDatabaseOf, isAutomatic } from "../../dev-database.ts";
import { mayHaveVariable, operatorsIn } from "../../operator.ts";
import { resourcesIn, databaseTarget } from "../../target.ts";

const variables = ["MSSQL_ACCEPT_EULA", "MSSQL_PID"];

export const sqlserverLicenceMissing: Rule = {
  code: "sqlserver-licence-missing",
  severity: "error",
  why: "The dev database that the operator starts for SQL Server takes edition and consent from the operator's own variables, and does not start without them.",
  fix: "set MSSQL_ACCEPT_EULA and MSSQL_PID on the operator, or state a devURL",
  link: "https://atlasgo.io/integrations/kubernetes/operator",
  find: (world) => {
    const [operator] = operatorsIn(world);
    const missing = operator ? variables.filter((name) => !mayHaveVariable(operator, name)) : [];
    if (missing.length === 0) return [];
    return resourcesIn(world).flatMap((object) => {
      const target = databaseTarget(world, object);
      if (target?.driver !== "sqlserver" || !isAutomatic(object) || !devDatabaseOf(target.driver)) return [];
      return [found(target.node, `the operator among the objects has no ${missing.join(" and no ")}`)];
    });
  },
};
