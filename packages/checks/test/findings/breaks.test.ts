import { refusals } from "../../src/api-server/rule/codes.ts";
import { check, explanations, type CheckOptions, type KubernetesObject, type RuleCode } from "@atlas/checks";
import { expect, test } from "vitest";
import { edited, type Edits } from "./edit.ts";
import { digests, sound } from "./sound.ts";

const manager = "spec.template.spec.containers[0]";
const annotation = 'spec.template.metadata.annotations["proxy.istio.io/config"]';
const [operator, web, policy, sidecar] = [
  "Deployment/atlas/operator",
  "Deployment/shop/web",
  "NetworkPolicy/atlas/default-deny",
  "Sidecar/atlas/operator",
];
const [schema, migration] = ["AtlasSchema/shop/orders", "AtlasMigration/shop/orders"];
const drain = '{"holdApplicationUntilProxyStarts": true}';
const hold = '{"terminationDrainDuration": "60s"}';
const releases = [
  {
    from: "v0.1.1",
    flags: ["leader-elect", "leader-election-id", "metrics-bind-address"],
    variables: ["PREWARM_DEVDB", "SKIP_VERCHECK"],
  },
  { from: "v0.7.11", status: ["atlasschemas.status.failed"] },
  { from: "v0.7.36", flags: ["namespace"], fields: ["atlasschemas.spec.later"] },
];
const validate = (object: KubernetesObject) =>
  "url" in (object as unknown as { spec: object }).spec
    ? [{ path: "spec", message: "the target database is stated 2 times" }]
    : [];
const migrationSumProblems = (files: Readonly<Record<string, string>>) =>
  "atlas.sum" in files ? [] : ["there is no atlas.sum"];
const options: CheckOptions = { releases, validate, migrationSumProblems };
const credentials = (scheme: string) => ({
  "spec.urlFrom": undefined,
  "spec.credentials": {
    scheme,
    host: "db.example.com",
    passwordFrom: { secretKeyRef: { name: "web", key: "token" } },
  },
});

const permission = (group: string, resource: string, ...verbs: string[]) => ({
  apiGroups: [group],
  resources: [resource],
  verbs,
});

/** What breaks the sound environment in the way that each rule is for. */
const breaks: Record<RuleCode, Edits> = {
  "volume-blocks-rollout": {
    "HorizontalPodAutoscaler/shop/web": undefined,
    "PersistentVolumeClaim/shop/web": { "spec.accessModes": ["ReadWriteOncePod"] },
    [web]: { "spec.replicas": 1 },
  },
  "volume-not-shared": { "PersistentVolumeClaim/shop/web": { "spec.accessModes": ["ReadWriteOnce"] } },
  "memory-volume-too-large": {
    [operator]: { "spec.template.spec.volumes[0].emptyDir.sizeLimit": "1Gi" },
  },
  "mesh-policies-overlap": {},
  "operator-command-mistaken": { [operator]: { [`${manager}.command`]: ["manager"] } },
  "volume-claim-missing": { "PersistentVolumeClaim/shop/web": undefined },
  "config-map-missing": { "ConfigMap/shop/migrations": undefined },
  "key-missing": { "ConfigMap/shop/web": { data: { LVL: "warn" } } },
  "role-missing": { "RoleBinding/atlas/operator": { "roleRef.name": "other" } },
  "scale-target-missing": {
    "HorizontalPodAutoscaler/shop/web": { "spec.scaleTargetRef.kind": "StatefulSet" },
  },
  "secret-in-plain-text": {},
  "secret-value-mistaken": { "Secret/shop/web": { "stringData.token": "hunter2\n" } },
  "service-host-missing": {
    [web]: { [`${manager}.env[1]`]: { name: "DATABASE", value: "postgres.data.svc:5433" } },
  },
  "policy-rules-unused": {
    "NetworkPolicy/data/postgres": { "spec.policyTypes": ["Ingress"], "spec.egress": [{}] },
  },
  "mount-path-relative": { [operator]: { [`${manager}.volumeMounts[0].mountPath`]: "tmp" } },
  "capability-unknown": {
    [operator]: { [`${manager}.securityContext.capabilities.add`]: ["CAP_NET_BIND_SERVICE"] },
  },
  "host-network-dns": {
    "Namespace/shop": { "metadata.labels": {} },
    [web]: {
      "spec.template.spec.hostNetwork": true,
      [`${manager}.env[1]`]: { name: "DATABASE", value: "postgres.data.svc:5432" },
    },
  },
  "ingress-host-without-rule": {
    "Ingress/shop/web": {
      "spec.defaultBackend": undefined,
      "spec.tls": [{ hosts: ["shp.example.com"], secretName: "web" }],
      "spec.rules": [
        {
          host: "shop.example.com",
          http: {
            paths: [
              {
                path: "/",
                pathType: "Prefix",
                backend: { service: { name: "web", port: { name: "http" } } },
              },
            ],
          },
        },
      ],
    },
  },
  "argument-with-space": { [web]: { [`${manager}.args`]: ["--port 8080"] } },
  "placeholder-left": { [web]: { [`${manager}.env[1]`]: { name: "REGION", value: "CHANGEME" } } },
  "root-not-allowed": {
    [operator]: {
      [`${manager}.securityContext.runAsUser`]: 0,
    },
  },
  "schedule-every-minute": {},
  "spread-selects-others": {
    [web]: {
      "spec.template.spec.topologySpreadConstraints": [
        {
          maxSkew: 1,
          topologyKey: "kubernetes.io/hostname",
          whenUnsatisfiable: "ScheduleAnyway",
          labelSelector: { matchLabels: { app: "web" } },
        },
      ],
    },
  },
  "variable-not-expanded": {
    [web]: {
      [`${manager}.env[1]`]: { name: "URL", value: "http://$(HOST)" },
      [`${manager}.env[2]`]: { name: "HOST", value: "shop.example.com" },
    },
  },
  "secret-missing": { "Secret/shop/web": undefined },
  "service-account-missing": { "ServiceAccount/shop/web": undefined },
  "service-missing": { "Service/shop/web": undefined },
  "service-port-missing": { "Service/shop/web": { "spec.ports[0].targetPort": "htp" } },
  "subject-missing": { "ClusterRoleBinding/operator": { "subjects[0].namespace": "default" } },
  "autoscaler-without-request": { "HorizontalPodAutoscaler/shop/web": { "spec.metrics": undefined } },
  "budget-blocks-drain": { "PodDisruptionBudget/atlas/operator": { "spec.minAvailable": 2 } },
  "budget-selects-nothing": {
    "PodDisruptionBudget/atlas/operator": { "spec.selector.matchLabels": { app: "operator" } },
  },
  "mesh-selects-nothing": {
    "PeerAuthentication/atlas/operator": { "spec.selector.matchLabels": { app: "operator" } },
  },
  "namespace-left-behind": {
    "Namespace/shop": { 'metadata.labels["kubernetes.io/metadata.name"]': "shop-old" },
  },
  "policy-selects-nothing": { "NetworkPolicy/shop/web": { "spec.podSelector.matchLabels": { app: "web" } } },
  "service-selects-nothing": { "Service/shop/web": { "spec.selector": { app: "web" } } },
  "image-records-disagree": {
    [web]: { [`${manager}.image`]: `registry.example.com/web:v0.7.12@${digests.operator}` },
  },
  "image-version-unknown": { [web]: { [`${manager}.image`]: `registry.example.com/web@${digests.web}` } },
  "injection-needs-cni": {
    "Namespace/atlas": { 'metadata.labels["pod-security.kubernetes.io/enforce"]': "baseline" },
  },
  "memory-unlimited": { [web]: { [`${manager}.resources`]: undefined } },
  "memory-volume-unlimited": {
    [operator]: { "spec.template.spec.volumes[0].emptyDir.sizeLimit": undefined },
  },
  "pod-not-admitted": { [web]: { "spec.template.spec.hostPID": true } },
  "probe-port-missing": { [operator]: { [`${manager}.readinessProbe.httpGet.port`]: "helth" } },
  "amount-mistaken": { [web]: { [`${manager}.resources.limits.cpu`]: "500Mi" } },
  "image-reference-malformed": {
    [web]: { [`${manager}.image`]: `registry.example.com/Web:1.2.3@${digests.web}` },
  },
  "memory-too-small": { [web]: { [`${manager}.resources`]: { limits: { memory: "128k" } } } },
  "permission-unknown": { "ClusterRole/operator": { "rules[9]": permission("", "pod", "get") } },
  "token-missing": {
    [web]: { "spec.template.spec.automountServiceAccountToken": false },
    "ClusterRoleBinding/operator": {
      "subjects[1]": { kind: "ServiceAccount", name: "web", namespace: "shop" },
    },
  },
  "volume-medium-unknown": { [operator]: { "spec.template.spec.volumes[0].emptyDir.medium": "memory" } },
  "egress-without-api-server": { [policy]: { "spec.egress[4]": { to: [{ podSelector: {} }] } } },
  "egress-without-dns": { [policy]: { "spec.egress[0].ports": [{ port: 5353, protocol: "TCP" }] } },
  "egress-without-mesh": { [policy]: { "spec.egress[1].ports": [{ port: 15010 }] } },
  "isolation-one-way": { [policy]: { "spec.policyTypes": ["Ingress"] } },
  "metrics-in-plain-text": {
    [operator]: { 'spec.template.metadata.annotations["prometheus.istio.io/merge-metrics"]': "false" },
    [policy]: { "spec.ingress": [{}] },
  },
  "metrics-not-admitted": { [policy]: { "spec.ingress": [{ ports: [{ port: 8080 }] }] } },
  "server-first-protocol": { "Service/data/mysql": { "spec.ports[0].name": "database" } },
  "operator-flag-unknown": { [operator]: { [`${manager}.args`]: ["--leader-elect", "--namespace=atlas"] } },
  "policy-port-missing": { "NetworkPolicy/shop/web": { "spec.ingress[0].ports[0].port": "htpp" } },
  "policies-disagree": {
    "NetworkPolicy/shop/web": {
      "spec.policyTypes": ["Ingress", "Egress"],
      "spec.egress": [
        { to: [{ namespaceSelector: {} }], ports: [{ port: 53 }, { port: 53, protocol: "UDP" }] },
        {
          to: [
            { namespaceSelector: {}, podSelector: { matchLabels: { "app.kubernetes.io/name": "postgres" } } },
          ],
          ports: [{ port: 5432 }],
        },
      ],
    },
  },
  "operator-not-running": { [operator]: { "spec.replicas": 0 } },
  "operator-permission-missing": { "Role/atlas/operator": { "rules[0].verbs": ["get", "create"] } },
  "operator-permission-unneeded": {
    "Role/atlas/operator": { "rules[0].verbs": ["get", "create", "update", "delete"] },
  },
  "operator-proxy-drain": { [operator]: { [annotation]: drain } },
  "operator-proxy-start": { [operator]: { [annotation]: hold } },
  "operator-variable-unknown": { [operator]: { [`${manager}.env[0].name`]: "PREWARM_DEV_DB" } },
  "operator-without-election": { [operator]: { [`${manager}.args`]: ["--leader-elect=false"] } },
  "operator-metrics-unanswered": { [operator]: { [`${manager}.args[1]`]: "--metrics-bind-address=:9090" } },
  "operator-probe-unanswered": { [operator]: { [`${manager}.readinessProbe.httpGet.port`]: 8888 } },
  "operator-value-refused": { [operator]: { [`${manager}.env[0].value`]: "yes" } },
  "operator-without-token": { "ServiceAccount/atlas/operator": { automountServiceAccountToken: false } },
  "operators-overlap": {},
  "operator-without-tmp": { [operator]: { [`${manager}.volumeMounts`]: undefined } },
  "version-check-off": { [operator]: { [`${manager}.env[1]`]: { name: "SKIP_VERCHECK", value: "false" } } },
  "atlas-object-refused": { [schema]: { "spec.url": "" } },
  "config-not-allowed": { [schema]: { "spec.config": "env {}", "spec.envName": "k8s" } },
  "cloud-token-missing": { [migration]: { "spec.dir": { remote: { name: "shop" } } } },
  "config-environment-missing": {
    [operator]: { [`${manager}.env[1]`]: { name: "ALLOW_CUSTOM_CONFIG", value: "true" } },
    [schema]: { "spec.config": "env {}" },
  },
  "migrate-down-refused": { [migration]: { "spec.protectedFlows.migrateDown.allow": true } },
  "migration-sum-mismatch": { "ConfigMap/shop/migrations": { data: { "1.sql": "" } } },
  "migrate-down-automatic": {
    [migration]: { "spec.protectedFlows.migrateDown": { allow: true, autoApprove: true } },
  },
  "password-inline": { [migration]: { "spec.devURL": "postgres://a:b@c/d", "spec.devURLFrom": undefined } },
  "secret-reference-unnamed": { [schema]: { "spec.cloud.tokenFrom.secretKeyRef": { key: "token" } } },
  "unknown-to-release": { [schema]: { "spec.later": true } },
  "value-stated-twice": { [schema]: { "spec.devURL": "postgres://c/d" } },
  "database-managed-twice": { [schema]: { "spec.exclude": undefined } },
  "database-unreachable": { [sidecar]: { "spec.egress[0].hosts": ["istio-system/*"] } },
  "crd-of-another-release": {
    "CustomResourceDefinition/atlasschemas.db.atlasgo.io": {
      "spec.versions[0].schema.openAPIV3Schema.properties.status.properties": {},
    },
  },
  "database-url-mistaken": { "Secret/shop/database": { "stringData.url": "postgress://postgres.data/shop" } },
  "dev-database-mismatch": { "Secret/shop/database": { "stringData.dev": "mysql://db.example.com/dev" } },
  "dev-database-missing": {
    [schema]: { ...credentials("redshift"), "spec.devURLFrom": undefined },
  },
  "dev-database-refused": {
    [operator]: {
      [`${manager}.env`]: [{ name: "MSSQL_ACCEPT_EULA" }, { name: "MSSQL_PID" }],
    },
    [schema]: { ...credentials("sqlserver"), "spec.devURLFrom": undefined },
  },
  "dev-database-unlisted": {
    [sidecar]: { "spec.outboundTrafficPolicy.mode": "REGISTRY_ONLY" },
    [schema]: { "spec.devURLFrom": undefined },
  },
  "dev-database-unpinned": { [schema]: { "spec.devURLFrom": undefined } },
  "dev-database-unreachable": {
    "NetworkPolicy/shop/web": { "spec.podSelector": {}, "spec.ingress": [{ ports: [{ port: 8080 }] }] },
    [schema]: { "spec.devURLFrom": undefined },
  },
  "sqlserver-licence-missing": {
    "Namespace/shop": { "metadata.labels": {} },
    [schema]: { ...credentials("sqlserver"), "spec.devURLFrom": undefined },
  },
  "ignore-unused": {
    "ConfigMap/shop/web": {
      "metadata.annotations": { "checks.atlas-manifests/ignore-object-too-large": "it grows" },
    },
  },
  "ignore-without-reason": {
    [web]: {
      'metadata.annotations["checks.atlas-manifests/ignore-memory-unlimited"]': " ",
      [`${manager}.resources`]: undefined,
    },
  },
};

/** Another operator, with a lease of its own, that reconciles what the first one does. */
const second = edited(sound, { [operator]: { [`${manager}.args[1]`]: "--leader-election-id=second" } })
  .filter(({ kind, metadata }) => kind === "Deployment" && metadata.namespace === "atlas")
  .map((each) => ({ ...each, metadata: { ...each.metadata, name: "second" } }));

/** What is broken by more than values of the sound environment. */
const added: Partial<Record<RuleCode, readonly KubernetesObject[]>> = {
  "schedule-every-minute": [
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "nightly", namespace: "data" },
      spec: {
        schedule: "* 3 * * *",
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: "Never",
                containers: [
                  { name: "job", image: "postgres:17.2", resources: { limits: { memory: "64Mi" } } },
                ],
              },
            },
          },
        },
      },
    } as KubernetesObject,
  ],
  "operators-overlap": second,
  "mesh-policies-overlap": edited(sound, {
    "PeerAuthentication/data/strict": { "spec.mtls.mode": "PERMISSIVE" },
  })
    .filter(({ metadata: { name } }) => name === "strict")
    .map((each) => ({ ...each, metadata: { ...each.metadata, name: "permissive" } })),
};

/** What comes along: where the operator starts a dev database, it does so from an image without a version. */
const besides: Partial<Record<RuleCode, readonly RuleCode[]>> = {
  "dev-database-refused": ["dev-database-unpinned"],
  "dev-database-unlisted": ["dev-database-unpinned"],
  "dev-database-unreachable": ["dev-database-unpinned"],
  "sqlserver-licence-missing": ["dev-database-unpinned"],
  "ignore-without-reason": ["memory-unlimited"],
  "isolation-one-way": ["policy-rules-unused"],
};

test("of what is sound, nothing is found", () => {
  expect(check(sound, options)).toEqual([]);
});

test.each(Object.entries(breaks))("%s is found alone of what is broken that way", (code, edits) => {
  const isCommitted = code === "secret-in-plain-text";
  const objects = [...edited(sound, edits), ...(added[code as RuleCode] ?? [])];
  const codes = check(objects, { ...options, isCommitted }).map((finding) => finding.code);
  expect([...new Set(codes)].toSorted()).toEqual([code, ...(besides[code as RuleCode] ?? [])].toSorted());
});

test("every code is broken, has a sentence, a fix and a source, and fits into an annotation", () => {
  // What the API server refuses has tests of its own.
  const all = [...Object.keys(breaks), ...Object.keys(refusals)].toSorted();
  expect(explanations.map(({ code }) => code).toSorted()).toEqual(all);
  for (const { code, why, fix, link } of explanations) {
    expect(`ignore-${code}`.length, code).toBeLessThanOrEqual(63);
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)+$/);
    expect([why.endsWith("."), fix.endsWith("."), link.startsWith("https://")], code).toEqual([
      true,
      false,
      true,
    ]);
  }
});
