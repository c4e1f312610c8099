/** An environment of a consumer's own, in a repository that `init` started: it patches the base's objects by reference. */
export const staging: Readonly<Record<string, string>> = {
  "index.ts": `import { overlay, patch } from "@atlas/compose";
import { base, operator } from "@atlas/manifests";
import { deployment, podDisruptionBudget } from "@atlas/manifests/base";
import { orders } from "./orders.ts";

const quiet = patch(deployment, {
  spec: {
    replicas: 3,
    template: { spec: { containers: { manager: { args: ["--leader-elect", "--zap-log-level=error"] } } } },
  },
});

export default overlay({
  base,
  namespace: "databases",
  resources: [orders],
  patches: [quiet, patch(podDisruptionBudget, { spec: { maxUnavailable: 1 } })],
  images: [{ ...operator.image, name: operator.image.mirror, mirror: "registry.example.com/atlas-operator" }],
});
`,
  "orders.ts": `import { secretKey, type AtlasSchema } from "@atlas/crd-types";

export const orders: AtlasSchema = {
  apiVersion: "db.atlasgo.io/v1alpha1",
  kind: "AtlasSchema",
  metadata: { name: "orders" },
  spec: {
    urlFrom: secretKey("orders-database", "url"),
    schema: { sql: "CREATE TABLE orders (id int NOT NULL, PRIMARY KEY (id));" },
    policy: { lint: { destructive: { error: true } } },
  },
};
`,
};

/** A module in which each line with the comment `refused` must not compile, and no other. */
export const mistakes = `import { patch } from "@atlas/compose";
import { secretKey, type AtlasSchema } from "@atlas/crd-types";
import { sidecar } from "@atlas/istio";
import { deployment } from "@atlas/manifests/base";

const head = { apiVersion: "db.atlasgo.io/v1alpha1", kind: "AtlasSchema", metadata: { name: "shop" } } as const;
const urlFrom = secretKey("shop-database", "url");
const schema = { sql: "" };
export const right: AtlasSchema = { ...head, spec: { urlFrom, schema } };
export const misspelt: AtlasSchema = { ...head, spec: { urlFrom, schema, txmode: "all" } }; // refused
export const noTarget: AtlasSchema = { ...head, spec: { schema } }; // refused
export const twoTargets: AtlasSchema = { ...head, spec: { url: "sqlite://shop.db", urlFrom, schema } }; // refused
export const noState: AtlasSchema = { ...head, spec: { urlFrom } }; // refused
export const wrongType: AtlasSchema = { ...head, spec: { urlFrom, schema, backoffLimit: "3" } }; // refused
export const field = patch(deployment, { spec: { replicaz: 3 } }); // refused
export const container = patch(deployment, { spec: { template: { spec: { containers: { manger: {} } } } } }); // refused
export const host = sidecar({ name: "shop", labels: { app: "shop" } }, { hosts: ["istiod"] }); // refused
`;
