import { imageReference, refuseFurther, type ImageRecord } from "@atlas/compose";
import type { PodSpec } from "@atlas/crd-types";
import { driverProblem, type Connection } from "./connection.ts";
import { databaseUrl } from "./database-url.ts";
import { drivers, type Driver } from "./driver.ts";
import { mirrorIn, pullSecretsOf, refuseRegistry, type Registry } from "../registry.ts";
import { calledWith, refuseSettings, unknownSettings, wordProblem, type SettingsOf } from "../settings.ts";

/** The image of a dev database: state the version that the target database has. */
interface DevImage {
  /** The repository as its publisher names it; the driver's official one unless it is stated. */
  readonly name?: string;
  readonly mirror?: string;
  readonly version: string;
  readonly digest?: string;
}

type Scheduling = Pick<PodSpec, "imagePullSecrets" | "nodeSelector" | "priorityClassName" | "tolerations">;

/** What a dev database is to be. */
export type DevDatabaseSettings<D extends Driver> = {
  readonly image: DevImage;
  /**
   * Whether the target's URL names one schema (`search_path` of PostgreSQL, a database of MySQL, MariaDB and ClickHouse) or
   * all of them; the dev database must be alike.
   */
  readonly scope: "schema" | "database";
  /** Where the image is pulled from, in place of `image.mirror`, and with which Secrets. */
  readonly registry?: Registry;
  /** In place of the driver's own requests and limits. */
  readonly resources?: NonNullable<PodSpec["containers"][number]["resources"]>;
} & Scheduling &
  (D extends "sqlserver" ? { readonly licence: SqlServerLicence } : unknown);

/** What Microsoft asks to be said. */
interface SqlServerLicence {
  /** That the licence terms are accepted: https://go.microsoft.com/fwlink/?LinkId=746388 */
  readonly acceptEula: "Y";
  readonly edition: "Developer" | "Express" | "Standard" | "Enterprise" | "EnterpriseCore";
}

const licenceSettings: SettingsOf<SqlServerLicence> = { acceptEula: null, edition: null };
const devImageSettings: SettingsOf<DevImage> = { name: null, mirror: null, version: null, digest: null };
const devDatabaseSettings: SettingsOf<DevDatabaseSettings<"postgres">> = {
  image: devImageSettings,
  scope: null,
  registry: null,
  resources: null,
  imagePullSecrets: null,
  nodeSelector: null,
  priorityClassName: null,
  tolerations: null,
};

/** The fields `devURL` and `devDB` of an AtlasSchema or AtlasMigration. */
export interface DevDatabase {
  readonly devURL: string;
  readonly devDB: { readonly spec: PodSpec };
}

/** What makes a server of an image. */
interface Preset {
  readonly image: string;
  /** The user of the image that owns its data. */
  readonly user: number;
  readonly login: { readonly user: string; readonly password: string };
  readonly memory: { readonly request: string; readonly limit: string };
  readonly env: (isSchema: boolean) => Readonly<Record<string, string>>;
  readonly connection: (isSchema: boolean) => Omit<Connection<"postgres">, "host">;
  readonly capabilities?: readonly string[];
}

/** The database that a URL of one schema names. */
const dev = "dev";
// Nothing of anybody's is in the database, and its URL stands in the resource in any case.
const password = "dev-database-1-A";
const rootLogin = { user: "root", password };

/** Sources: the documentation of each image at https://hub.docker.com and https://mcr.microsoft.com. */
const presets: Readonly<Record<Driver, Preset>> = {
  postgres: {
    image: "postgres",
    user: 999,
    login: { user: "postgres", password },
    memory: { request: "128Mi", limit: "512Mi" },
    env: () => ({ POSTGRES_DB: dev, POSTGRES_PASSWORD: password }),
    connection: (isSchema) => ({
      database: dev,
      ...(isSchema && { schema: "public" }),
      parameters: { sslmode: "disable" },
    }),
  },
  mysql: {
    image: "mysql",
    user: 999,
    login: rootLogin,
    memory: { request: "512Mi", limit: "1Gi" },
    env: (isSchema) => ({ MYSQL_ROOT_PASSWORD: password, ...(isSchema && { MYSQL_DATABASE: dev }) }),
    connection: (isSchema) => ({ ...(isSchema && { database: dev }) }),
  },
  mariadb: {
    image: "mariadb",
    user: 999,
    login: rootLogin,
    memory: { request: "256Mi", limit: "1Gi" },
    env: (isSchema) => ({ MARIADB_ROOT_PASSWORD: password, ...(isSchema && { MARIADB_DATABASE: dev }) }),
    connection: (isSchema) => ({ ...(isSchema && { database: dev }) }),
  },
  sqlserver: {
    image: "mcr.microsoft.com/mssql/server",
    user: 10001,
    login: { user: "sa", password },
    // It does not start with less than 2 GB.
    memory: { request: "2Gi", limit: "3Gi" },
    env: () => ({ MSSQL_SA_PASSWORD: password }),
    connection: (isSchema) => ({
      parameters: { database: "master", ...(!isSchema && { mode: "database" }) },
    }),
    // Its RPC listens on port 135. SYS_PTRACE, which Pod Security refuses, is for dumps alone.
    capabilities: ["NET_BIND_SERVICE"],
  },
  clickhouse: {
    image: "clickhouse/clickhouse-server",
    user: 101,
    login: rootLogin,
    memory: { request: "512Mi", limit: "2Gi" },
    env: (isSchema) => ({
      CLICKHOUSE_USER: rootLogin.user,
      CLICKHOUSE_PASSWORD: password,
      ...(isSchema && { CLICKHOUSE_DB: dev }),
    }),
    connection: (isSchema) => ({ ...(isSchema && { database: dev }) }),
  },
};

/**
 * A dev database that the operator starts, in place of the one that it makes up: of the version of your target, from your
 * registry, with limits, and admitted by Pod Security's level `restricted`. Spread it into a spec. The operator puts the
 * pod's address in the place of the URL's host.
 *
 * @throws ComposeError for a registry whose prefix or Secrets have no name that there may be.
 *
 * @example
 * const schema = define<AtlasSchema>()({
 *   apiVersion: "db.atlasgo.io/v1alpha1",
 *   kind: "AtlasSchema",
 *   metadata: { name: "shop" },
 *   spec: {
 *     urlFrom: secretKey("shop", "url"),
 *     schema: { sql: "CREATE TABLE a (b int);" },
 *     ...devDatabase("postgres", { image: { version: "17.2" }, scope: "schema" }),
 *   },
 * });
 */
export function devDatabase<D extends Driver>(driver: D, settings: DevDatabaseSettings<D>): DevDatabase {
  refuseFurther(devDatabase, arguments);
  return calledWith(devDatabase, [driver, settings], () => {
    const known = { ...devDatabaseSettings, ...(driver === "sqlserver" && { licence: licenceSettings }) };
    refuseSettings(
      driverProblem(driver),
      ...unknownSettings(settings, known),
      wordProblem("scope", settings.scope, ["schema", "database"]),
    );
    const { image, scope, registry, resources, nodeSelector, priorityClassName, tolerations } = settings;
    if (registry !== undefined) refuseRegistry(registry);
    const imagePullSecrets = pullSecretsIn(settings);
    const preset = presets[driver];
    const { port } = drivers[driver];
    const isSchema = scope === "schema";
    const env = { ...preset.env(isSchema), ...licenceOf(settings) };
    const { request, limit } = preset.memory;
    return {
      devURL: databaseUrl<Driver>(
        driver,
        { host: "localhost", ...preset.connection(isSchema) },
        preset.login,
      ),
      devDB: {
        spec: {
          automountServiceAccountToken: false,
          containers: [
            {
              name: driver,
              image: imageReference(devImageOf(preset, image, registry)),
              env: Object.entries(env).map(([name, value]) => ({ name, value })),
              ports: [{ name: driver, containerPort: port }],
              // The images set a database up before they listen to others than themselves.
              startupProbe: { tcpSocket: { port: driver }, periodSeconds: 2, failureThreshold: 90 },
              resources: resources ?? {
                requests: { cpu: "100m", memory: request },
                limits: { memory: limit },
              },
              securityContext: {
                allowPrivilegeEscalation: false,
                capabilities: {
                  drop: ["ALL"],
                  ...(preset.capabilities !== undefined && { add: [...preset.capabilities] }),
                },
              },
            },
          ],
          securityContext: {
            runAsNonRoot: true,
            runAsUser: preset.user,
            seccompProfile: { type: "RuntimeDefault" },
          },
          ...(imagePullSecrets.length > 0 && { imagePullSecrets }),
          ...(nodeSelector !== undefined && { nodeSelector }),
          ...(priorityClassName !== undefined && { priorityClassName }),
          ...(tolerations !== undefined && { tolerations }),
        },
      },
    };
  });
}

const devImageOf = (preset: Preset, image: DevImage, registry: Registry | undefined): ImageRecord => {
  const record = { name: preset.image, ...image };
  return registry === undefined ? record : { ...record, mirror: mirrorIn(registry, record.name) };
};

const pullSecretsIn = ({ registry, imagePullSecrets = [] }: DevDatabaseSettings<"postgres">) => [
  ...(registry === undefined ? [] : pullSecretsOf(registry)),
  ...imagePullSecrets,
];

function licenceOf(settings: object): Record<string, string> {
  const { licence } = settings as { readonly licence?: SqlServerLicence };
  return licence === undefined ? {} : { ACCEPT_EULA: licence.acceptEula, MSSQL_PID: licence.edition };
}
