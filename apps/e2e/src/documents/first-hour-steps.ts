import { readFileSync } from "node:fs";
import { join } from "node:path";
import { writeNewerCrds } from "../operator/newer-crds.ts";
import type { Terminal } from "./terminal.ts";

/** Where the workspace is published. */
export const repository = "https://github.com/atlas-manifests/atlas-manifests.git";

/** What the steps are taken with. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The folder that the terminal starts in. */
  readonly home: string;
  /** The URL of a registry that anybody may publish to. */
  readonly registry: string;
}

/** Does what the README says, in its order, from the clone of the workspace to an application's own repository. */
export async function takeSteps({ terminal, home, registry }: Surroundings): Promise<void> {
  const workspace = join(home, "atlas-manifests");
  await start(terminal);
  await lookAround(terminal);
  await makeMistake(terminal);
  await makeEnvironment(terminal, versionIn(workspace));
  await explainValue(terminal);
  writeNewerCrds(workspace, join(home, "crds"));
  await upgradeRelease(terminal);
  await publishWorkspace(terminal, registry);
  await writeApplication(terminal);
}

/** The release that the image record states. */
function versionIn(workspace: string): string {
  const record = readFileSync(join(workspace, "packages/manifests/src/operator.ts"), "utf8");
  const [, version = ""] = /version: "([^"]+)"/.exec(record) ?? [];
  return version;
}

async function start({ type }: Terminal): Promise<void> {
  await type(`git clone ${repository}`);
  await type("cd atlas-manifests");
  await type("npx -y pnpm@12 run render");
  // In place of `pnpm run test`, which runs this walk, and so would come to no end. `.ci/run` types it as it stands.
  await type("pnpm exec nx run istio:unit");
}

async function lookAround({ type }: Terminal): Promise<void> {
  await type("pnpm exec atlas-render list");
  await type("pnpm exec nx run render:dev");
  await type("ls dist/manifests/dev");
  await type("head -8 dist/manifests/dev/kustomization.yaml");
}

async function makeMistake({ type, edit }: Terminal): Promise<void> {
  const patch = "packages/manifests/src/overlays/dev/patches/deployment.ts";
  edit(patch, "replicas: 2", "replicaz: 2");
  await type("pnpm exec atlas-render render dev", 2);
  await type("pnpm exec nx run render:dev", 1);
  edit(patch, "replicaz: 2", "replicas: 2");
  // Says that what was rendered before is still there.
  await type("pnpm exec atlas-render render dev --check");
}

async function makeEnvironment({ type }: Terminal, version: string): Promise<void> {
  const answers = `--namespace atlas-staging --kubernetes-version 1.34 --replicas 3 --version ${version}`;
  await type(`pnpm exec atlas-render new staging --from dev ${answers}`);
  await type("cat packages/manifests/src/overlays/staging/index.ts");
  await type("pnpm exec nx run render:staging");
}

async function explainValue({ type, edit }: Terminal): Promise<void> {
  const file = "packages/manifests/src/overlays/staging/index.ts";
  edit(
    file,
    'import { operator } from "../../operator.ts";\n',
    'import { deployment } from "../../base/deployment.ts";\nimport { operator } from "../../operator.ts";\n',
  );
  edit(
    file,
    "  patches: [patch(target, { metadata: { labels: { name: namespace } } })],\n",
    `  patches: [
    patch(target, { metadata: { labels: { name: namespace } } }),
    patch(deployment, { spec: { revisionHistoryLimit: 5 } }),
  ],
`,
  );
  await type("pnpm exec atlas-render explain staging Deployment/atlas-operator spec.revisionHistoryLimit");
}

/** To a release that will not come soon, whose digest is nobody's. */
async function upgradeRelease({ type }: Terminal): Promise<void> {
  const digest = `sha256:${"0123456789abcdef".repeat(4)}`;
  await type(`pnpm exec atlas-render upgrade v1.0.0 --digest ${digest} --crds ../crds/*.yaml`);
  // Type-checks and renders all that was changed by hand, too.
  await type("pnpm run render");
}

async function publishWorkspace({ type }: Terminal, url: string): Promise<void> {
  await type("pnpm exec changeset version");
  await type("pnpm run release:pack");
  const options = `--no-provenance --loglevel=warn --@atlas:registry=${url}`;
  await type(`pnpm exec node tools/release/src/main.ts dist/release ${options}`);
}

/** In a repository of its own, which knows the types from the registry alone. */
async function writeApplication({ type, save, edit }: Terminal): Promise<void> {
  await type("mkdir ../orders && cd ../orders");
  await type("npm init -y && npm pkg set type=module");
  await type("npm install @atlas/crd-types yaml");
  await type("npm install --save-dev typescript && npx tsc --init");
  save("orders.ts", applicationText);
  edit("orders.ts", "txMode:", "txmode:");
  await type("npx tsc --noEmit", 1);
  edit("orders.ts", "txmode:", "txMode:");
  await type("npx tsc --noEmit");
  await type("node orders.ts");
}

const applicationText = `import { secretKey, type AtlasSchema } from "@atlas/crd-types";
import { stringify } from "yaml";

const orders: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "orders" },
  spec: {
    urlFrom: secretKey("orders-database", "url"),
    schema: { sql: "CREATE TABLE orders (id bigint PRIMARY KEY);" },
    txMode: "file",
  },
};

console.log(stringify(orders).trim());
`;
