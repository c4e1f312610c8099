import { refuseFurther } from "@atlas/compose";
import { refuse, urlParts, type Connection } from "./connection.ts";
import { joined } from "./database-url.ts";
import type { Driver } from "./driver.ts";
import {
  objectField,
  foreignDefinition,
  listOf,
  textField,
  type ForeignDefinition,
} from "../foreign-definition.ts";
import { calledWith, unknownSettings, type SettingsOf } from "../settings.ts";

/** Where External Secrets finds a value. */
interface RemoteKey {
  readonly key: string;
  readonly property?: string;
}

/** What is read from a secret store, and which. */
export interface ExternalLogin {
  readonly store: { readonly kind: "SecretStore" | "ClusterSecretStore"; readonly name: string };
  readonly user: RemoteKey;
  readonly password: RemoteKey;
  /** How often it is read again. */
  readonly refreshInterval?: string;
}

/** An ExternalSecret of External Secrets 0.16 or later. */
export interface ExternalSecret {
  readonly apiVersion: "external-secrets.io/v1";
  readonly kind: "ExternalSecret";
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec: {
    readonly refreshInterval: string;
    readonly secretStoreRef: ExternalLogin["store"];
    readonly target: {
      readonly name: string;
      readonly template: { readonly engineVersion: "v2"; readonly data: { readonly url: string } };
    };
    readonly data: readonly { readonly secretKey: "user" | "password"; readonly remoteRef: RemoteKey }[];
  };
}

/**
 * What is known here of the kind ExternalSecret, for the `crds` of a layer that has one: its fields are then looked at, without
 * External Secrets' own CustomResourceDefinition. It is not rendered.
 *
 * @example
 * overlay({ base, crds: [externalSecretCrd], resources: [externalDatabaseUrl(…)] });
 */
export const externalSecretCrd: ForeignDefinition = foreignDefinition({
  group: "external-secrets.io",
  version: "v1",
  kind: "ExternalSecret",
  plural: "externalsecrets",
  spec: objectField(
    {
      refreshInterval: textField,
      secretStoreRef: objectField({ kind: textField, name: textField }),
      target: objectField({ name: textField, template: objectField({}, { open: true }) }, { open: true }),
      data: listOf(
        objectField(
          {
            secretKey: textField,
            remoteRef: objectField(
              { key: textField, property: textField },
              { required: ["key"], open: true },
            ),
          },
          { required: ["secretKey", "remoteRef"], open: true },
        ),
      ),
    },
    { open: true },
  ),
});

/**
 * An ExternalSecret that makes a Secret with the key `url`, of a user and a password in a secret store: refer to it with
 * `urlFrom: secretKey(name, "url")`. Its template encodes both as {@link databaseUrl} does. List {@link externalSecretCrd}
 * among the `crds` of the layer.
 *
 * @see https://external-secrets.io/latest/guides/templating/
 *
 * @example
 * externalDatabaseUrl({ name: "shop-database" }, "postgres", { host: "db.shop.svc", database: "shop" }, {
 *   store: { kind: "ClusterSecretStore", name: "vault" },
 *   user: { key: "shop/database", property: "user" },
 *   password: { key: "shop/database", property: "password" },
 * });
 */
export function externalDatabaseUrl<D extends Driver>(
  metadata: { readonly name: string; readonly namespace?: string },
  driver: D,
  connection: Connection<D>,
  login: ExternalLogin,
): ExternalSecret {
  refuseFurther(externalDatabaseUrl, arguments);
  return calledWith(externalDatabaseUrl, [metadata, driver, connection, login], () => {
    refuse(unknownSettings(login, externalLoginSettings));
    const { store, user, password, refreshInterval = "1h" } = login;
    const url = joined(
      driver,
      urlParts(driver, connection),
      ["user", "password"].map(encodedField).join(":"),
    );
    return {
      apiVersion: "external-secrets.io/v1",
      kind: "ExternalSecret",
      metadata,
      spec: {
        refreshInterval,
        secretStoreRef: store,
        target: { name: metadata.name, template: { engineVersion: "v2", data: { url } } },
        data: [
          { secretKey: "user", remoteRef: user },
          { secretKey: "password", remoteRef: password },
        ],
      },
    };
  });
}

const remoteKey: SettingsOf<RemoteKey> = { key: null, property: null };
const storeSettings: SettingsOf<ExternalLogin["store"]> = { kind: null, name: null };
const externalLoginSettings: SettingsOf<ExternalLogin> = {
  store: storeSettings,
  user: remoteKey,
  password: remoteKey,
  refreshInterval: null,
};

// Go's urlquery writes a space as "+", which means a plus where it says who asks.
const encodedField = (field: string): string => `{{ .${field} | urlquery | replace "+" "%20" }}`;
