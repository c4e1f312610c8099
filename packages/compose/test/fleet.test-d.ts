import { base, overlay, type Layer } from "@atlas/compose";
import { fleet } from "@atlas/compose/fleet";

const shared = base({ resources: [] });
const layer = (..._given: (string | number)[]): Layer => overlay({ base: shared });

// The rows of a typed table have its type.
const table = [
  { cluster: "a", region: "eu", replicas: 3 },
  { cluster: "b", region: "us" },
];
fleet({
  rows: table,
  name: ({ cluster, region }) => `${cluster}-${region}`,
  overlay: ({ cluster, replicas = 1 }) => layer(cluster, replicas),
});
fleet({
  rows: table,
  // @ts-expect-error a field that no row has
  name: ({ clutser }) => `${clutser}`,
  overlay: () => shared,
});
// @ts-expect-error the rows of a file need fields
fleet({ rows: new URL("file:///clusters.yaml"), name: () => "a", overlay: () => shared });
// @ts-expect-error no name
fleet({ rows: table, overlay: () => shared });
// @ts-expect-error a layer is given, not a promise of one
fleet({ rows: table, name: () => "a", overlay: () => Promise.resolve(shared) });

// Fields say what the rows of a file hold.
fleet({
  rows: new URL("file:///clusters.yaml"),
  fields: { cluster: "string", region: ["eu", "us"], "replicas?": "integer", "paused?": "boolean" },
  name: ({ cluster, region }) => `${cluster}-${region satisfies "eu" | "us"}`,
  overlay({ replicas, paused }) {
    // @ts-expect-error a row may lack it
    layer(replicas satisfies number);
    return layer(replicas ?? 1, paused ? 1 : 0);
  },
});
fleet({
  rows: new URL("file:///clusters.yaml"),
  fields: { cluster: "string", region: ["eu", "us"] },
  // @ts-expect-error a field that is not among them
  name: ({ clutser }) => `${clutser}`,
  overlay({ region }) {
    // @ts-expect-error a word that is not among them
    return region === "ue" ? shared : layer(region);
  },
});
// @ts-expect-error a type that there is not
fleet({ rows: [], fields: { replicas: "int" }, name: () => "a", overlay: () => shared });

// And so do the rows of a table that has fields.
fleet({
  rows: [{ region: "eu" }, { region: "us", replicas: 2 }],
  fields: { region: ["eu", "us"], "replicas?": "integer" },
  name: ({ region }) => region,
  overlay: ({ replicas = 1 }) => layer(replicas),
});
// @ts-expect-error a value of another type
fleet({ rows: [{ region: 1 }], fields: { region: "string" }, name: () => "a", overlay: () => shared });
// @ts-expect-error a misspelt field
fleet({ rows: [{ regoin: "eu" }], fields: { region: "string" }, name: () => "a", overlay: () => shared });
// @ts-expect-error a field is missing
fleet({ rows: [{}], fields: { region: "string" }, name: () => "a", overlay: () => shared });
