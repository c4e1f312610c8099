import { fields, type Rule } from "../rule/rule.ts";
import { dns1035Label, isSubdomainOrEmpty } from "../value/names.ts";
import { formed } from "../value/text.ts";

/**
 * That objects are stored anew.
 *
 * Source: ValidateStorageVersionMigration in k8s.io/kubernetes/pkg/apis/storagemigration/validation.
 */
export const storageMigration: Rule = fields(
  {
    spec: fields(
      { resource: fields({ resource: formed(dns1035Label), group: isSubdomainOrEmpty }, "resource") },
      "resource",
    ),
  },
  "spec",
);
