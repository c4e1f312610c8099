import type { Rule } from "../../findings/rule.ts";
import { databaseManagedTwice } from "./databases/database-managed-twice.ts";
import { databaseUnreachable } from "./databases/database-unreachable.ts";
import { databaseUrlMistaken } from "./databases/database-url-mistaken.ts";
import { devDatabaseMismatch } from "./databases/dev-database-mismatch.ts";
import { devDatabaseMissing } from "./databases/dev-database-missing.ts";
import { devDatabaseRefused } from "./databases/dev-database-refused.ts";
import { devDatabaseUnlisted } from "./databases/dev-database-unlisted.ts";
import { devDatabaseUnpinned } from "./databases/dev-database-unpinned.ts";
import { devDatabaseUnreachable } from "./databases/dev-database-unreachable.ts";
import { sqlserverLicenceMissing } from "./databases/sqlserver-licence-missing.ts";
import { crdOfAnotherRelease } from "./operator/crd-of-another-release.ts";
import { operatorCommandMistaken } from "./operator/operator-command-mistaken.ts";
import { operatorFlagUnknown } from "./operator/operator-flag-unknown.ts";
import { operatorNotRunning } from "./operator/operator-not-running.ts";
import { operatorPermissionMissing } from "./operator/operator-permission-missing.ts";
import { operatorPermissionUnneeded } from "./operator/operator-permission-unneeded.ts";
import { operatorProxyDrain } from "./operator/operator-proxy-drain.ts";
import { operatorProxyStart } from "./operator/operator-proxy-start.ts";
import { operatorVariableUnknown } from "./operator/operator-variable-unknown.ts";
import { operatorWithoutElection } from "./operator/operator-without-election.ts";
import { operatorWithoutTmp } from "./operator/operator-without-tmp.ts";
import { versionCheckOff } from "./operator/version-check-off.ts";
import { atlasObjectRefused } from "./resources/atlas-object-refused.ts";
import { cloudTokenMissing } from "./resources/cloud-token-missing.ts";
import { configEnvironmentMissing } from "./resources/config-environment-missing.ts";
import { configNotAllowed } from "./resources/config-not-allowed.ts";
import { migrateDownAutomatic } from "./resources/migrate-down-automatic.ts";
import { migrateDownRefused } from "./resources/migrate-down-refused.ts";
import { migrationSumMismatch } from "./resources/migration-sum-mismatch.ts";
import { passwordInline } from "./resources/password-inline.ts";
import { secretReferenceUnnamed } from "./resources/secret-reference-unnamed.ts";
import { unknownToRelease } from "./resources/unknown-to-release.ts";
import { valueStatedTwice } from "./resources/value-stated-twice.ts";
import { operatorMetricsUnanswered } from "./operator/operator-metrics-unanswered.ts";
import { operatorProbeUnanswered } from "./operator/operator-probe-unanswered.ts";
import { operatorValueRefused } from "./operator/operator-value-refused.ts";
import { operatorsOverlap } from "./operator/operators-overlap.ts";
import { operatorWithoutToken } from "./operator/operator-without-token.ts";

/** What is wrong with the operator and with its own objects, a file each. */
export const atlasRules: readonly Rule[] = [
  crdOfAnotherRelease,
  operatorCommandMistaken,
  operatorFlagUnknown,
  operatorMetricsUnanswered,
  operatorNotRunning,
  operatorPermissionMissing,
  operatorPermissionUnneeded,
  operatorProbeUnanswered,
  operatorProxyDrain,
  operatorProxyStart,
  operatorValueRefused,
  operatorVariableUnknown,
  operatorWithoutElection,
  operatorWithoutTmp,
  operatorWithoutToken,
  operatorsOverlap,
  versionCheckOff,
  atlasObjectRefused,
  cloudTokenMissing,
  configEnvironmentMissing,
  configNotAllowed,
  migrateDownAutomatic,
  migrateDownRefused,
  migrationSumMismatch,
  passwordInline,
  secretReferenceUnnamed,
  unknownToRelease,
  valueStatedTwice,
  databaseManagedTwice,
  databaseUnreachable,
  databaseUrlMistaken,
  devDatabaseMismatch,
  devDatabaseMissing,
  devDatabaseRefused,
  devDatabaseUnlisted,
  devDatabaseUnpinned,
  devDatabaseUnreachable,
  sqlserverLicenceMissing,
];
