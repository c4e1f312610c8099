import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { atlasRender, temporaryFolder } from "./command.ts";

/*
 * What the builders of this repository make is held against its own checks: over `dev`, at a release that knows every flag and
 * variable of the options, each as a person would state it. What is found of `dev` itself is not the builder's.
 */

const packages = new URL("../../../packages/", import.meta.url);
const sourceOf = (path: string): string => JSON.stringify(new URL(path, packages).href);

const prelude = `
import { component, define, overlay, patch } from ${sourceOf("compose/src/index.ts")};
import { authorizationPolicy, istiod, kubeDns, outbound, sidecar, strictMtls, telemetry } from ${sourceOf("istio/src/index.ts")};
import { secretKey } from ${sourceOf("crd-types/src/index.ts")};
import { operator } from ${sourceOf("manifests/src/index.ts")};
import { deployment } from ${sourceOf("manifests/src/base/index.ts")};
import { managerArgs, managerEnv } from ${sourceOf("manifests/src/manager.ts")};
import * as databases from ${sourceOf("manifests/src/databases/index.ts")};
import * as options from ${sourceOf("manifests/src/options/index.ts")};
import dev, { peerAuthentication, sidecar as devSidecar, telemetry as devTelemetry } from ${sourceOf("manifests/src/overlays/dev/index.ts")};

const release = { ...operator.image, name: operator.image.mirror, version: "v0.7.37", digest: "sha256:${"1".repeat(64)}" };
const shop = { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } };
const schema = (spec, metadata = {}) => define()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop", namespace: "atlas-operator", ...metadata },
  spec: { ...(!spec.credentials && { urlFrom: secretKey("shop-database", "url") }), schema: { sql: "CREATE TABLE orders (id int);" }, ...spec },
});
const secret = (url) => ({ apiVersion: "v1", kind: "Secret", metadata: { name: "shop-database", namespace: "atlas-operator" }, stringData: { url } });
const image = { version: "17.2" };
const started = (driver, scope, url, more = {}) => ({
  resources: [schema(databases.devDatabase(driver, { image, scope, ...more })), secret(url)],
});
export default overlay({ base: overlay({ base: dev, images: [release] }), ...(MORE) });
`;

const withOption = (option: string): string => `{ components: [options.${option}] }`;
const inPlaceOf = (own: string, builder: string): string =>
  `{ patches: [patch(${own}, null)], resources: [${builder}].flat() }`;
const access =
  '{ action: "ALLOW", rules: [{ from: [{ namespaces: ["web"] }], to: [{ ports: [8080] }] }, { to: [{ ports: [9090] }] }] }';

/** What is put over `dev`. */
const builders: Readonly<Record<string, string>> = {
  plain: "{}",
  scope: withOption(
    'scope({ image: release, namespaces: ["shop", "billing"], operatorNamespace: "atlas-operator" })',
  ),
  "least-privilege": withOption("leastPrivilege()"),
  instance: withOption(
    'instance({ image: release, name: "billing", labelSelector: "team=billing", crds: "owned" })',
  ),
  another: withOption(
    'instance({ image: release, name: "billing", labelSelector: "team=billing", crds: "of another" })',
  ),
  resources: withOption(
    'resources({ requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" }, tmp: "128Mi" })',
  ),
  "pod-monitor": withOption(
    'monitoring({ scrape: { by: "PodMonitor" }, labels: { release: "prometheus" } })',
  ),
  "pod-monitor-of-proxy": withOption('monitoring({ scrape: { by: "PodMonitor", from: "proxy" } })'),
  "service-monitor": withOption('monitoring({ scrape: { by: "ServiceMonitor" } })'),
  roles: withOption("rolesForPeople()"),
  persistence: withOption('persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteMany" })'),
  "custom-config": withOption("customConfig(release)"),
  proxy: withOption('proxy({ url: "http://proxy.example.com:3128", except: [".example.com"] })'),
  argocd: withOption('gitops("argocd")'),
  flux: withOption('gitops("flux")'),
  registry: withOption(
    'privateRegistry(release, { prefix: "registry.example.com/mirror", pullSecrets: ["registry"] })',
  ),
  manager: `{ patches: [patch(deployment, { spec: { template: { spec: { containers: { manager: {
      args: managerArgs(release, { "leader-elect": true, "zap-log-level": "error" }),
      env: { $add: managerEnv(release, { PREWARM_DEVDB: false }) },
    } } } } } })] }`,
  postgres: 'started("postgres", "schema", "postgres://u:p@db.example.com:5432/shop?search_path=public")',
  "postgres-all": 'started("postgres", "database", "postgres://u:p@db.example.com:5432/shop")',
  mysql: 'started("mysql", "schema", "mysql://u:p@db.example.com:3306/shop")',
  "mysql-all": 'started("mysql", "database", "mysql://u:p@db.example.com:3306/")',
  mariadb: 'started("mariadb", "schema", "mariadb://u:p@db.example.com:3306/shop")',
  sqlserver:
    'started("sqlserver", "schema", "sqlserver://u:p@db.example.com:1433?database=shop", { licence: { acceptEula: "Y", edition: "Developer" } })',
  "sqlserver-all":
    'started("sqlserver", "database", "sqlserver://u:p@db.example.com:1433?database=shop&mode=database", { licence: { acceptEula: "Y", edition: "Developer" } })',
  clickhouse: 'started("clickhouse", "schema", "clickhouse://u:p@db.example.com:9000/shop")',
  credentials: `{ resources: [schema({
      credentials: databases.databaseCredentials("postgres", { host: "db.example.com", database: "shop", schema: "public" }, { user: "atlas", password: secretKey("shop-database", "password") }),
      ...databases.devDatabase("postgres", { image, scope: "schema" }),
    }), { ...secret(""), stringData: { password: "x" } }] }`,
  "external-url": `{ crds: [databases.externalSecretCrd], resources: [
      schema(databases.devDatabase("postgres", { image, scope: "database" })),
      databases.externalDatabaseUrl({ name: "shop-database", namespace: "atlas-operator" }, "postgres", { host: "db.example.com", database: "shop" }, {
        store: { kind: "ClusterSecretStore", name: "vault" },
        user: { key: "shop/database", property: "user" },
        password: { key: "shop/database", property: "password" },
      }),
    ] }`,
  "dev-databases": `{ resources: [databases.allowDevDatabases("atlas-operator", ["postgres"]), databases.plainDevDatabases(["postgres"])] }`,
  mtls: inPlaceOf("peerAuthentication", "strictMtls(operator)"),
  "mtls-exceptions": inPlaceOf(
    "peerAuthentication",
    'strictMtls(operator, { exceptions: { 9090: "PERMISSIVE" } })',
  ),
  authorization: `{ resources: [authorizationPolicy(operator, ${access})] }`,
  telemetry: inPlaceOf(
    "devTelemetry",
    'telemetry(operator, { tracing: { provider: "otel-agent", samplingPercentage: 1 } })',
  ),
  outbound: inPlaceOf(
    "devSidecar",
    `outbound(operator, {
        destinations: [istiod, kubeDns,
          { mesh: "inside", host: "default/kubernetes.default.svc.cluster.local", ports: [{ port: 443, protocol: "TLS", targetPort: 6443 }], cidrs: ["192.0.2.16/28"] },
          { mesh: "inside", host: "stock/api.stock.svc.cluster.local", ports: [{ port: 80, protocol: "HTTP", targetPort: 8080 }], pods: { "app.kubernetes.io/name": "stock" } },
          { mesh: "outside", host: "./orders.db.example.com", ports: [{ port: 5432, protocol: "TCP" }], cidrs: ["192.0.2.0/28"] },
        ],
        unknownDestinations: "REGISTRY_ONLY",
      }).objects`,
  ),
};

interface Found {
  readonly severity: string;
  readonly code: string;
  readonly subject: string;
  readonly object?: { readonly kind: string; readonly name: string };
  readonly what: string;
}

const folder = temporaryFolder();
writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "builders", type: "module" }));
for (const [name, more] of Object.entries(builders)) {
  mkdirSync(join(folder, name));
  writeFileSync(
    join(folder, name, "index.ts"),
    prelude.replace("MORE", () => more),
  );
}

const said = ({ severity, code, object, what }: Found): string =>
  `${severity} ${code} ${object?.kind}: ${what}`;

/** What is found of the builders' objects: the Secrets beside them are of this test. */
const foundIn = (json: string): readonly Found[] =>
  (JSON.parse(json) as readonly Found[]).filter(({ object }) => object?.kind !== "Secret");

describe("what the builders make", () => {
  test("renders without a warning", () => {
    const output = ["--output", temporaryFolder(), "--findings", "json"];
    const { stdout, stderr } = atlasRender("render", "--strict", "--environments", folder, ...output);
    expect([stderr, foundIn(stdout).map(said)]).toEqual(["", []]);
  });

  test("brings no finding", () => {
    const { stdout, stderr } = atlasRender("check", "--environments", folder, "--format", "json");
    const found = foundIn(stdout);
    const ofDev = new Set(found.filter(({ subject }) => subject === "plain").map(said));
    const own = found.filter((each) => !ofDev.has(said(each)));
    expect(own.map((each) => `${each.subject}: ${said(each)}`)).toEqual([]);
    expect([stderr, ofDev.size > 0]).toEqual(["", true]);
  });
});

describe("two environments of one cluster, each with an operator", () => {
  const both = temporaryFolder();
  writeFileSync(join(both, "package.json"), JSON.stringify({ name: "builders", type: "module" }));
  const one = (name: string, more: string): void => {
    mkdirSync(join(both, name));
    const layer = `{ cluster: "eu", namespace: "${name}", namePrefix: "${name}-", components: [${more}] }`;
    writeFileSync(
      join(both, name, "index.ts"),
      prelude.replace("MORE", () => layer),
    );
  };
  const instance =
    'options.instance({ image: release, name: "c", labelSelector: "team=c", crds: "of another" })';
  one("a", "");
  one("b", "");
  one("c", instance);
  one("d", instance.replace('"c"', '"d"').replace("team=c", "team=d"));
  const overlaps = (...names: string[]): readonly string[] => {
    const { stdout } = atlasRender("check", ...names, "--environments", both, "--format", "json");
    const found: readonly Found[] = JSON.parse(stdout);
    return found
      .filter(({ code }) => code === "operators-overlap")
      .map(({ subject, what }) => `${subject}: ${what}`);
  };

  test("that reconcile the same objects", () => {
    const what =
      "Deployment/a-atlas-operator of a in a reconciles the same AtlasSchema and AtlasMigration objects";
    expect(overlaps("a", "b")).toEqual([`b: ${what}`]);
  });

  test("that are told apart by labels", () => {
    expect(overlaps("c", "d")).toEqual([]);
  });
});
