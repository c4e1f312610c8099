import { refuseFurther } from "@atlas/compose";
import { illFormed, refuse, urlParts, type Connection, type UrlParts } from "./connection.ts";
import type { Driver } from "./driver.ts";
import { calledWith, unknownSettings, type SettingsOf } from "../settings.ts";

/** Who asks a database. */
export interface Login {
  readonly user: string;
  readonly password?: string;
}

/**
 * The URL of a database, with every part encoded: a password may have any character. It has the password in plain sight:
 * put it into a Secret and refer to it with `urlFrom`, or let {@link databaseCredentials} keep the parts apart.
 *
 * @throws ComposeError for a parameter that a field states, too, and for a text that no URL can have.
 * @see https://atlasgo.io/concepts/url
 *
 * @example
 * databaseUrl("postgres", { host: "db.shop.svc", database: "shop", schema: "public" }, { user: "atlas", password: "a@b/c" });
 * // "postgres://atlas:a%40b%2Fc@db.shop.svc:5432/shop?search_path=public"
 */
export function databaseUrl<D extends Driver>(driver: D, connection: Connection<D>, login: Login): string {
  refuseFurther(databaseUrl, arguments);
  return calledWith(databaseUrl, [driver, connection, login], () => {
    refuse(unknownSettings(login, loginSettings));
    const { user, password } = login;
    // Nothing of a password is said.
    refuse([...illFormed("user", user), ...illFormed("password", password)]);
    const userinfo = [user, ...(password === undefined ? [] : [password])].map(encoded).join(":");
    return joined(driver, urlParts(driver, connection), userinfo);
  });
}

const loginSettings: SettingsOf<Login> = { user: null, password: null };

/** A URL around a text that says who asks, which is encoded already. */
export function joined(
  driver: Driver,
  { host, port, database, parameters }: UrlParts,
  userinfo: string,
): string {
  const query = Object.entries(parameters)
    .map((pair) => pair.map(encoded).join("="))
    .join("&");
  const path = database === undefined ? "" : `/${encoded(database)}`;
  return `${driver}://${userinfo}@${host}:${port}${path}${query === "" ? "" : `?${query}`}`;
}

/** Everything but what RFC 3986 calls unreserved; `encodeURIComponent` leaves what marks an end to some readers. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
