import { overlay, type Layer } from "@atlas/compose";
import { fleet } from "@atlas/compose/fleet";
import { strategicMerge } from "@atlas/compose/patches";
import { operator } from "@atlas/manifests";

// The built dev, whose sixteen objects kubectl builds as well.
const { default: dev }: { default: Layer } = await import(
  new URL("overlays/dev/index.js", import.meta.resolve("@atlas/manifests")).href
);
const deployment = { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: operator.name } };

/** As many environments as the benchmark asks for, each with a namespace, replicas and an annotation of its own. */
export default fleet({
  rows: Array.from({ length: Number(process.env["ENVIRONMENTS"] ?? 1000) }, (_, index) => ({
    cluster: `cluster-${index}`,
    replicas: 2 + (index % 5),
  })),
  name: ({ cluster }) => cluster,
  overlay: ({ cluster, replicas }) =>
    overlay({
      base: dev,
      namespace: `atlas-${cluster}`,
      patches: [
        strategicMerge(deployment, {
          spec: { replicas, template: { metadata: { annotations: { "example.com/cluster": cluster } } } },
        }),
      ],
    }),
});
