import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { define, overlay, type KubernetesObject, type Layer } from "@atlas/compose";
import type { AtlasMigration, AtlasSchema } from "@atlas/crd-types";
import { gitops } from "@atlas/manifests/options";
import { temporaryFolder } from "@atlas/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { deliveryCrds } from "../../src/foreign-crds/delivery-crds.ts";
import { environments as known, objectsOf } from "../checks/option-cases.ts";
import { atlasRender } from "./atlas-render.ts";
import { isExisting, kubectl, quietly, request } from "./cluster.ts";
import { servedResources } from "./discovery.ts";
import { ensureNamespace, established, removed } from "./live.ts";

const repo = "https://git.example.com/platform.git";
const databases = `[
  { apiVersion: "db.atlasgo.io/v1alpha1", kind: "AtlasSchema", metadata: { name: "shop" },
    spec: { url: "sqlite://file?mode=memory", schema: { sql: "CREATE TABLE a (id int);" } } },
  { apiVersion: "autoscaling/v2", kind: "HorizontalPodAutoscaler", metadata: { name: "web" },
    spec: { maxReplicas: 3, scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: "atlas-operator" } } },
]`;
const option = `components: [gitops("argocd", "flux")]`;
const modules: Readonly<Record<string, string>> = {
  dev: `export default overlay({ base: dev, ${option} });`,
  shop: `export default overlay({ base: dev, cluster: "shop", resources: ${databases}, ${option} });`,
  production: `export default fleet({ rows: [{ cluster: "eu" }, { cluster: "us" }], name: ({ cluster }) => cluster,
    overlay: ({ cluster }) => overlay({ base: dev, cluster, ${option} }) });`,
};

/** A folder of environments. */
function environments(): string {
  const folder = temporaryFolder("gitops-");
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "example", type: "module" }));
  const imports = `import { overlay } from "@atlas/compose"; import { fleet } from "@atlas/compose/fleet";
import { gitops } from "@atlas/manifests/options"; import dev from "@atlas/manifests/overlays/dev";`;
  for (const [name, text] of Object.entries(modules)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "index.ts"), `${imports}\n${text}\n`);
  }
  return folder;
}

const objectsIn = (yaml: string): KubernetesObject[] =>
  parseAllDocuments(yaml).map((document) => document.toJS());

interface Application extends KubernetesObject {
  readonly spec: Readonly<Record<string, unknown>>;
}
const isApplication = (object: KubernetesObject): object is Application => object.kind === "Application";

/** The Application with the source hydrator that the README shows. */
function hydrated(application: Application): Application {
  const readme = readFileSync(new URL("../../../render/README.md", import.meta.url), "utf8");
  const [, shown = ""] = /```yaml\n(spec:\n {2}sourceHydrator:[^]*?)```/.exec(readme) ?? [];
  const { spec }: { spec: object } = parse(shown);
  const { source: _, ...rest } = application.spec;
  return { ...application, spec: { ...rest, ...spec } };
}

describe.skipIf(isExisting)("what tools read", () => {
  const namespaces = ["argocd", "flux-system"];
  let files: readonly string[];
  let paths: ReadonlyMap<string, string>;
  const folder = environments();
  const written = (...args: readonly string[]): Promise<string> =>
    atlasRender("gitops", "--environments", folder, "--repo", repo, ...args);

  beforeAll(async () => {
    files = await deliveryCrds();
    expect(files).toHaveLength(4);
    for (const file of files) await quietly("apply", "--server-side", "--filename", file);
    for (const name of namespaces) await quietly("create", "namespace", name);
    await established();
    paths = new Map(
      (await servedResources()).map(({ apiVersion, kind, root, resource }) => [
        `${apiVersion} ${kind}`,
        `${root} ${resource}`,
      ]),
    );
  });
  afterAll(async () => {
    for (const file of files) await removed("--filename", file);
    for (const name of namespaces) await removed("namespace", name);
  });

  /** Why the API server would not keep an object, by the CRD of the tool. */
  async function refusalOf(object: KubernetesObject): Promise<string | undefined> {
    const [root = "", resource = ""] = (paths.get(`${object.apiVersion} ${object.kind}`) ?? "").split(" ");
    const path = `${root}/namespaces/${object.metadata.namespace}/${resource}?dryRun=All&fieldValidation=Strict`;
    const { status, body } = await request("POST", path, object);
    return status === 201 ? undefined : `${status} ${body.message}`;
  }

  test.each([
    ["Argo CD", ["--argocd"], ["Application", "ApplicationSet", "Application"]],
    ["Argo CD, by commit", ["--argocd", "dev", "--revision", "a".repeat(40)], ["Application"]],
    [
      "Flux, of one cluster",
      ["--flux", "dev", "--depends-on", "mesh/istio"],
      ["GitRepository", "Kustomization"],
    ],
    [
      "Flux, of another",
      ["--flux", "shop", "--revision", "refs/tags/v1"],
      ["GitRepository", "Kustomization"],
    ],
    [
      "Flux, of a row",
      ["--flux", "production/eu", "--revision", "a".repeat(40)],
      ["GitRepository", "Kustomization"],
    ],
  ])("is taken by the CRDs of %s", async (_what, args, kinds) => {
    const objects = objectsIn(await written(...args));
    expect(objects.map(({ kind }) => kind)).toEqual(kinds);
    expect(await Promise.all(objects.map(refusalOf))).toEqual(kinds.map(() => undefined));
  });

  test("has all that there is to say", async () => {
    const [, kustomization] = objectsIn(await written("--flux", "shop"));
    expect(kustomization).toMatchObject({
      spec: { healthCheckExprs: [{}], ignore: [{ paths: ["/spec/replicas"] }] },
    });
    const [shop] = objectsIn(await written("--argocd", "shop"));
    expect(shop).toMatchObject({
      spec: {
        ignoreDifferences: expect.arrayContaining([
          {
            group: "apps",
            kind: "Deployment",
            name: "atlas-operator",
            namespace: "atlas-operator",
            jsonPointers: ["/spec/replicas"],
          },
        ]),
      },
    });
  });

  async function application(): Promise<Application> {
    const found = objectsIn(await written("--argocd", "dev")).find(isApplication);
    if (!found) throw new Error("there is no Application");
    return found;
  }

  test("is refused with a field that there is not", async () => {
    const object = await application();
    expect(await refusalOf({ ...object, spec: { ...object.spec, prune: true } } as Application)).toContain(
      'unknown field "spec.prune"',
    );
  });

  test("may have the source hydrator that the README shows", async () => {
    const object = hydrated(await application());
    expect(object).toHaveProperty("spec.sourceHydrator.drySource.path", "deploy/dev");
    expect(await refusalOf(object)).toBeUndefined();
  });
});

const schema = define<AtlasSchema>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "shop" },
  spec: { url: "sqlite://file?mode=memory", schema: { sql: "CREATE TABLE a (id int);" } },
});
const migration = define<AtlasMigration>()({
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasMigration",
  metadata: { name: "shop" },
  spec: { url: "sqlite://file?mode=memory", dir: { configMapRef: { name: "migrations" } } },
});

const waveOf = ({ metadata }: KubernetesObject): number => {
  const { annotations }: { name: string; annotations?: Record<string, string> } = metadata;
  return Number(annotations?.["argocd.argoproj.io/sync-wave"] ?? "0");
};

const applied = (file: string) => kubectl("apply", "--server-side", "--validate=strict", "--filename", file);

describe.skipIf(isExisting).each(known)("%s in the waves of Argo CD", (_name, layer: Layer, namespace) => {
  const objects = objectsOf(
    overlay({ base: layer, resources: [schema, migration], components: [gitops("argocd")] }),
  );
  const waves = [...Map.groupBy(objects, waveOf)].toSorted(([a], [b]) => a - b).map(([, wave]) => wave);
  const folder = temporaryFolder("waves-");
  const files = waves.map((wave, index) => {
    const file = join(folder, `${index}.json`);
    writeFileSync(file, JSON.stringify({ apiVersion: "v1", kind: "List", items: wave }));
    return file;
  });
  let removeNamespace: () => Promise<void>;
  beforeAll(async () => {
    const rendered = temporaryFolder("waves-");
    writeFileSync(join(rendered, "kustomization.yaml"), JSON.stringify({ resources: ["all.json"] }));
    writeFileSync(
      join(rendered, "all.json"),
      JSON.stringify({ apiVersion: "v1", kind: "List", items: objects }),
    );
    removeNamespace = await ensureNamespace(rendered, namespace);
  });
  afterAll(async () => {
    for (const file of files.toReversed()) await removed("--filename", file);
    await removeNamespace();
  });

  test("cannot begin with a later wave", async () => {
    expect(files).toHaveLength(3);
    expect((await applied(files[2] ?? "")).stderr).toMatch(
      /no matches for kind "Atlas|could not find the requested resource \(patch atlas/,
    );
  });

  test("is accepted wave by wave", async () => {
    for (const file of files) {
      expect(await applied(file)).toMatchObject({ exitCode: 0, stderr: "" });
      await established();
    }
  });
});
