import { refuseFurther } from "@atlas/compose";
import type { Credentials } from "@atlas/crd-types";
import { refuse, urlParts, type Connection } from "./connection.ts";
import type { Driver } from "./driver.ts";
import { calledWith, unknownSettings, type SettingsOf } from "../settings.ts";

/** A key of a Secret, as `secretKey` makes it. */
interface SecretKey {
  readonly secretKeyRef: { readonly name: string; readonly key: string };
}

/** Who asks, each stated or read from a Secret of the resource's namespace. */
export interface LoginFrom {
  readonly user: string | SecretKey;
  readonly password: SecretKey;
}

/**
 * The target database in parts, for `spec.credentials`: the operator encodes each, so that the Secret has the password as it
 * is.
 *
 * @example
 * databaseCredentials("postgres", { host: "db.shop.svc", database: "shop", schema: "public" }, {
 *   user: "atlas",
 *   password: secretKey("shop", "password"),
 * });
 */
export function databaseCredentials<D extends Driver>(
  driver: D,
  connection: Connection<D>,
  login: LoginFrom,
): Credentials {
  refuseFurther(databaseCredentials, arguments);
  return calledWith(databaseCredentials, [driver, connection, login], () => {
    refuse(unknownSettings(login, loginFromSettings));
    const { user, password } = login;
    const { host, port, database, parameters } = urlParts(driver, connection);
    return {
      scheme: driver,
      host,
      port,
      ...(typeof user === "string" ? { user } : { userFrom: user }),
      passwordFrom: password,
      ...(database !== undefined && { database }),
      ...(Object.keys(parameters).length > 0 && { parameters }),
    };
  });
}

const loginFromSettings: SettingsOf<LoginFrom> = { user: null, password: null };
