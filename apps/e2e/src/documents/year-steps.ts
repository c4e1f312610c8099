import { cpSync } from "node:fs";
import { basename, join } from "node:path";
import { deliveryCrds } from "../foreign-crds/delivery-crds.ts";
import { writeRelease, writeReleaseOfNewKinds } from "../operator/release-of-new-kinds.ts";
import type { Terminal, Typed } from "./terminal.ts";

/** What the steps are taken with. */
export interface YearSurroundings {
  readonly terminal: Terminal;
  /** A folder for what does not belong into the workspace, which lies in it. */
  readonly home: string;
  readonly workspace: string;
}

/** Digests that are nobody's. */
const digest = (letters: string): string => `sha256:${letters.repeat(16)}`;
const stable = `v0.7.37 --digest ${digest("0a1b")} --crds ../releases/v0.7.37/kustomization.yaml`;
const newer = `v0.8.0 --digest ${digest("2c3d")} --crds ../releases/v0.8.0/kustomization.yaml`;
const atlasRenderCommand = "pnpm exec atlas-render";
/** A CRD that was just made has no conditions yet, on which kubectl gives up. */
const established = `timeout 60 sh -c 'until kubectl wait --for=condition=Established crd --all; do sleep 1; done'`;
const repo = "https://git.example.com/platform.git";

/** What a platform team does in a year, one step after the other, in a clone and a cluster of its own. */
export async function takeYear(surroundings: YearSurroundings): Promise<void> {
  const { workspace, home, terminal } = surroundings;
  writeRelease(workspace, join(home, "releases/v0.7.37"));
  writeReleaseOfNewKinds(workspace, join(home, "releases/v0.8.0"));
  await installInTwoScopes(terminal);
  await takeRelease(terminal);
  await rollBack(terminal);
  await addOperator(terminal);
  await beAlerted(terminal);
  await audit(terminal);
  for (const file of await deliveryCrds()) cpSync(file, join(home, "crds-of-tools", basename(file)));
  await handOver(terminal);
}

/**
 * Holds what the last command printed.
 *
 * @throws Error when it does not say this, or says what it should not.
 */
function expectSaid({ transcript }: Terminal, said: RegExp, unsaid?: RegExp): void {
  const last = transcript.findLast((event): event is Typed => "command" in event);
  if (!last || !said.test(last.output)) throw new Error(`"${last?.command}" does not say ${said}`);
  if (unsaid?.test(last.output)) throw new Error(`"${last.command}" says ${unsaid}`);
}

const overlayModule = (name: string): string => `packages/manifests/src/overlays/${name}/index.ts`;
const accountModule = (namespace: string, name = "atlas-operator"): string =>
  `--as system:serviceaccount:${namespace}:${name}`;

const platform = `import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";

/** One operator for all namespaces of the cluster. */
export default overlay({ base, namespace: "atlas-platform" });
`;

const shop = `import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";
import { operator } from "../../operator.ts";
import { scope } from "../../options/scope.ts";

/** An operator that sees the namespace of one team. */
export default overlay({
  base: overlay({ base, namespace: "atlas-shop", cluster: "eu" }),
  components: [scope({ image: operator.image, namespaces: ["shop"], operatorNamespace: "atlas-shop" })],
});
`;

async function installInTwoScopes(terminal: Terminal): Promise<void> {
  const { type, save } = terminal;
  await type(`${atlasRenderCommand} upgrade ${stable}`);
  save(overlayModule("platform"), platform);
  save(overlayModule("shop"), shop);
  await type(`${atlasRenderCommand} render platform shop`);
  await type("for name in atlas-platform atlas-shop shop billing; do kubectl create namespace $name; done");
  await type("kubectl apply --server-side -k dist/manifests/platform");
  await type(`kubectl auth can-i list secrets --namespace billing ${accountModule("atlas-platform")}`);
  expectSaid(terminal, /^yes$/m);
  // The same cluster, with the other scope.
  await type("kubectl delete -k dist/manifests/platform");
  await type("kubectl apply --server-side -k dist/manifests/shop");
  await type(established);
  await type(`kubectl auth can-i list secrets --namespace shop ${accountModule("atlas-shop")}`);
  expectSaid(terminal, /^yes$/m);
  await type(`kubectl auth can-i list secrets --namespace billing ${accountModule("atlas-shop")}`, 1);
  expectSaid(terminal, /^no$/m);
  await type('git add --all && git commit --quiet --message "Two scopes"');
}

const drift = `apiVersion: db.atlasgo.io/v1alpha1
kind: AtlasDriftCheck
metadata:
  name: shop
  namespace: shop
spec:
  targetRef: { name: shop }
  interval: 10m
`;

async function takeRelease(terminal: Terminal): Promise<void> {
  const { type, save } = terminal;
  save("../drift.yaml", drift);
  await type("kubectl apply --server-side --filename ../drift.yaml", 1);
  await type(`${atlasRenderCommand} upgrade ${newer}`);
  expectSaid(terminal, /AtlasDriftCheck \S+: added/);
  await type(`${atlasRenderCommand} render shop`);
  await type("kubectl apply --server-side -k dist/manifests/shop");
  await type(established);
  await type("kubectl apply --server-side --filename ../drift.yaml");
  await type(
    `kubectl auth can-i update atlasdriftchecks.db.atlasgo.io --subresource status --namespace shop ${accountModule("atlas-shop")}`,
  );
  expectSaid(terminal, /^yes$/m);
}

async function rollBack(terminal: Terminal): Promise<void> {
  const { type } = terminal;
  await type(`${atlasRenderCommand} upgrade ${stable}`);
  await type("git status --short packages");
  expectSaid(terminal, /^$/);
  await type(`${atlasRenderCommand} render shop`);
  await type("kubectl apply --server-side -k dist/manifests/shop");
  // Only people decide that objects go.
  await type("kubectl get atlasdriftchecks --namespace shop --output name");
  expectSaid(terminal, /atlasdriftcheck\.db\.atlasgo\.io\/shop/);
  await type(
    "kubectl delete crd atlasdriftchecks.db.atlasgo.io atlassecurityscans.db.atlasgo.io atlassecurityreports.db.atlasgo.io",
  );
  await type("kubectl diff --server-side -k dist/manifests/shop");
}

const billing = `import { overlay } from "@atlas/compose";
import base from "../../base/index.ts";
import { operator } from "../../operator.ts";
import { scope } from "../../options/scope.ts";

/** A second operator in the same cluster. */
export default overlay({
  base: overlay({ base, namespace: "atlas-billing", cluster: "eu" }),
  components: [scope({ image: operator.image, namespaces: ["billing"], operatorNamespace: "atlas-billing" })],
});
`;

async function addOperator(terminal: Terminal): Promise<void> {
  const { type, save, edit } = terminal;
  await type("kubectl create namespace atlas-billing");
  save(overlayModule("billing"), billing);
  await type(`${atlasRenderCommand} gitops shop billing --flux --repo ${repo}`, 2);
  expectSaid(terminal, /billing and shop are for one cluster, and both have CustomResourceDefinition/);
  edit(
    overlayModule("billing"),
    "  components: [scope(",
    '  components: [instance({ image: operator.image, name: "billing", crds: "of another" }), scope(',
  );
  edit(
    overlayModule("billing"),
    'import { scope } from "../../options/scope.ts";\n',
    'import { instance } from "../../options/instance.ts";\nimport { scope } from "../../options/scope.ts";\n',
  );
  await type(`${atlasRenderCommand} render billing`);
  await type("kubectl apply --server-side -k dist/manifests/billing");
  await type(
    "kubectl get deployments --all-namespaces --output custom-columns='NAME:.metadata.name,ARGS:.spec.template.spec.containers[0].args'",
  );
  expectSaid(terminal, /atlas-operator-billing.*billing\.5220c287\.atlasgo\.io/);
}

const failing = `rule_files: [rules.json]
tests:
  - interval: 1m
    input_series:
      - series: atlas_condition{customresource_kind="AtlasSchema",resource_namespace="shop",resource="orders",type="Ready",reason="Migrating"}
        values: 0x60
      - series: leader_election_master_status{namespace="atlas-shop",pod="a",name="5220c287.atlasgo.io"}
        values: 1x60
    promql_expr_test:
      - expr: count by (alertname) (ALERTS{alertstate="firing"})
        eval_time: 6m
        exp_samples: [{ labels: '{alertname="AtlasResourceFailing"}', value: 1 }]
`;

async function beAlerted(terminal: Terminal): Promise<void> {
  const { type, save, edit } = terminal;
  edit(
    overlayModule("shop"),
    "  components: [scope(",
    '  components: [monitoring({ scrape: { by: "PodMonitor" } }), scope(',
  );
  edit(
    overlayModule("shop"),
    'import { scope } from "../../options/scope.ts";\n',
    'import { monitoring } from "../../options/monitoring/monitoring.ts";\nimport { scope } from "../../options/scope.ts";\n',
  );
  await type(`${atlasRenderCommand} render shop`);
  const rule = "dist/manifests/shop/prometheusrule.monitoring.coreos.com_atlas-operator.yaml";
  await type(
    `node --print 'JSON.stringify(require("yaml").parse(fs.readFileSync("${rule}", "utf8")).spec)' > ../rules.json`,
  );
  save("../alert.yaml", failing);
  await type("promtool test rules ../alert.yaml");
  expectSaid(terminal, /SUCCESS/);
}

async function audit(terminal: Terminal): Promise<void> {
  const { type, edit } = terminal;
  await type(`${atlasRenderCommand} who-can platform delete secrets`);
  expectSaid(terminal, /ServiceAccount\/atlas-operator in atlas-platform: everywhere/);
  edit(
    overlayModule("platform"),
    'namespace: "atlas-platform" });',
    'namespace: "atlas-platform", components: [leastPrivilege()] });',
  );
  edit(
    overlayModule("platform"),
    'import base from "../../base/index.ts";\n',
    'import base from "../../base/index.ts";\nimport { leastPrivilege } from "../../options/least-privilege.ts";\n',
  );
  await type(`${atlasRenderCommand} who-can platform delete secrets`);
  expectSaid(terminal, /^nobody can delete secrets/);
  await type(`${atlasRenderCommand} who-can shop delete secrets --format json`);
  expectSaid(terminal, /"permitted": \[\]/);
  await type(`kubectl auth can-i delete secrets --namespace shop ${accountModule("atlas-shop")}`, 1);
  expectSaid(terminal, /^no$/m);
}

/** What of a branch is the team's own, and stays. */
const pipeline = "kind: pipeline\n";

async function handOver(terminal: Terminal): Promise<void> {
  const { type, save, edit } = terminal;
  const gitops = `${atlasRenderCommand} gitops shop billing --repo ${repo} --revision rendered --path deploy`;
  await type(`${gitops} --argocd`, 2);
  expectSaid(terminal, /manifests\/gitops-unguarded/);
  for (const name of ["shop", "billing"]) {
    edit(overlayModule(name), "  components: [", '  components: [gitops("argocd", "flux"), ');
    edit(
      overlayModule(name),
      'import { scope } from "../../options/scope.ts";\n',
      'import { gitops } from "../../options/gitops.ts";\nimport { scope } from "../../options/scope.ts";\n',
    );
  }
  // A branch that begins with nothing.
  await type('git branch rendered $(git commit-tree -m "Begin" $(git hash-object -w -t tree /dev/null))');
  await type("git worktree add --quiet ../rendered rendered");
  save("../rendered/pipeline.yaml", pipeline);
  for (const again of [false, true]) {
    await type(`${atlasRenderCommand} render shop billing --output ../rendered/deploy`);
    await type(`${gitops} --argocd --output ../rendered/applications`);
    await type(`${gitops} --flux --depends-on prometheus --output ../rendered/flux`);
    await type("git -C ../rendered add --all");
    await type("git -C ../rendered diff --cached --quiet", again ? 0 : 1);
    if (!again) await type("git -C ../rendered commit --quiet --message 'Render shop and billing'");
  }
  await type("ls ../rendered ../rendered/flux/eu");
  expectSaid(terminal, /pipeline\.yaml/);
  await receive(terminal);
}

/** What Argo CD and Flux would find in the cluster. */
async function receive(terminal: Terminal): Promise<void> {
  const { type } = terminal;
  await type("kubectl apply --server-side --filename ../crds-of-tools");
  await type(established);
  await type("kubectl create namespace argocd && kubectl create namespace flux-system");
  await type("kubectl apply --server-side --validate=strict --filename ../rendered/applications");
  await type(
    "kubectl get applications --namespace argocd --output custom-columns='NAME:.metadata.name,PATH:.spec.source.path,CLUSTER:.spec.destination.name'",
  );
  expectSaid(terminal, /atlas-operator-billing +deploy\/billing +eu/);
  await type("kubectl apply --server-side --validate=strict --filename ../rendered/flux/eu");
  await type(
    "kubectl get kustomizations --namespace flux-system --output custom-columns='NAME:.metadata.name,PATH:.spec.path,AFTER:.spec.dependsOn[*].name'",
  );
  expectSaid(terminal, /atlas-operator-billing +\.\/deploy\/billing +prometheus,atlas-operator-shop/);
}
