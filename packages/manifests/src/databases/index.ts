export type { Connection } from "./connection.ts";
export { databaseCredentials, type LoginFrom } from "./credentials.ts";
export { databaseUrl, type Login } from "./database-url.ts";
export { allowDevDatabases, plainDevDatabases } from "./dev-database-access.ts";
export { devDatabase, type DevDatabase, type DevDatabaseSettings } from "./dev-database.ts";
export type { Driver } from "./driver.ts";
export {
  externalDatabaseUrl,
  externalSecretCrd,
  type ExternalLogin,
  type ExternalSecret,
} from "./external-secret.ts";
