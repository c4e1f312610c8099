import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";

type ReleaseSchema = Readonly<Record<string, unknown>>;

const stringSchema: ReleaseSchema = { type: "string" };
const booleanSchema: ReleaseSchema = { type: "boolean" };
const textListSchema: ReleaseSchema = { type: "array", items: stringSchema };
const objectSchema = (properties: ReleaseSchema, required: readonly string[] = []): ReleaseSchema => ({
  type: "object",
  properties,
  ...(required.length > 0 && { required }),
});
const reference = objectSchema({ name: stringSchema }, ["name"]);

/** The specs of the kinds that v0.8.0 adds, after upstream's public description of them. */
const specs: Readonly<Record<string, ReleaseSchema>> = {
  AtlasDriftCheck: objectSchema(
    {
      targetRef: reference,
      interval: { ...stringSchema, default: "5m" },
      timeout: { ...stringSchema, default: "5m" },
      suspend: booleanSchema,
      onDrift: { ...stringSchema, enum: ["Report", "Fail"] },
      exclude: textListSchema,
    },
    ["targetRef"],
  ),
  AtlasSecurityScan: objectSchema(
    {
      schedule: stringSchema,
      targetRef: objectSchema(
        { kind: { ...stringSchema, enum: ["AtlasSchema", "AtlasMigration"] }, name: stringSchema },
        ["kind", "name"],
      ),
      policy: objectSchema({ failOn: stringSchema }),
    },
    ["targetRef"],
  ),
  AtlasSecurityReport: objectSchema({
    findings: { type: "array", items: objectSchema({ grade: stringSchema, message: stringSchema }) },
  }),
};

/** An interval of at least a minute, said as a rule: its validator needs a library that evaluates CEL. */
export const intervalRule: ReleaseSchema = {
  "x-kubernetes-validations": [{ rule: "duration(self) >= duration('1m')", message: "must be at least 1m" }],
};

function crdOf(kind: string, spec: ReleaseSchema): object {
  const plural = `${kind.toLowerCase()}s`;
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.db.atlasgo.io` },
    spec: {
      group: "db.atlasgo.io",
      names: { kind, listKind: `${kind}List`, plural, singular: kind.toLowerCase() },
      scope: "Namespaced",
      versions: [
        {
          name: "v1alpha1",
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: {
            openAPIV3Schema: objectSchema({
              apiVersion: stringSchema,
              kind: stringSchema,
              metadata: { type: "object" },
              spec,
              status: objectSchema({ observedGeneration: { type: "integer", format: "int64" } }),
            }),
          },
        },
      ],
    },
  };
}

/**
 * Writes `config/crd` of a release as v0.8.0 is described to be: the kinds of a workspace with `prewarmDevDB` and
 * `policy.drift`, and three new ones, with the list that names their files.
 *
 * @param interval what the schema of AtlasDriftCheck's interval says more.
 * @returns the list, and the files that it names.
 * @see https://github.com/ariga/atlas-operator for the layout
 */
export function writeReleaseOfNewKinds(
  workspace: string,
  folder: string,
  interval: ReleaseSchema = {},
): NewRelease {
  return writeCrds(folder, [
    ...plurals.map((plural) => withNewFields(workspace, plural)),
    ...Object.entries(specs).map(([kind, spec]) =>
      crdOf(kind, kind === "AtlasDriftCheck" ? withInterval(spec, interval) : spec),
    ),
  ]);
}

/** Writes `config/crd` of a release that has the kinds of a workspace as they are. */
export const writeRelease = (workspace: string, folder: string): NewRelease =>
  writeCrds(
    folder,
    plurals.map((plural) => parse(readFileSync(releasedCrdFile(workspace, plural), "utf8"))),
  );

const plurals = ["atlasschemas", "atlasmigrations"];
const releasedCrdFile = (workspace: string, plural: string): string =>
  join(workspace, "packages/crd-types/manifests", `${plural}.db.atlasgo.io.yaml`);

/** The list of a release's CRDs, and the files that it names. */
interface NewRelease {
  readonly list: string;
  readonly files: readonly string[];
}

function writeCrds(folder: string, crds: readonly object[]): NewRelease {
  mkdirSync(join(folder, "bases"), { recursive: true });
  const names = crds.map((crd) => {
    const name = `bases/db.atlasgo.io_${String(parse(stringify(crd)).spec.names.plural)}.yaml`;
    writeFileSync(join(folder, name), stringify(crd, { aliasDuplicateObjects: false }));
    return name;
  });
  const list = join(folder, "kustomization.yaml");
  writeFileSync(list, stringify({ resources: names }));
  return { list, files: names.map((name) => join(folder, name)) };
}

function withNewFields(workspace: string, plural: string): object {
  const crd = parse(readFileSync(releasedCrdFile(workspace, plural), "utf8"));
  const { properties } = crd.spec.versions[0].schema.openAPIV3Schema.properties.spec;
  properties.prewarmDevDB = booleanSchema;
  if (plural === "atlasmigrations")
    properties.policy = objectSchema({
      drift: objectSchema({
        onError: { ...stringSchema, enum: ["FAIL", "CONTINUE"], default: "FAIL" },
        exclude: textListSchema,
      }),
    });
  return crd;
}

function withInterval(spec: ReleaseSchema, more: ReleaseSchema): ReleaseSchema {
  const properties = { ...(spec["properties"] as Record<string, ReleaseSchema>) };
  return { ...spec, properties: { ...properties, interval: { ...properties["interval"], ...more } } };
}
