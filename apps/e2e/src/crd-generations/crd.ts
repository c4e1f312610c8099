/** A structural schema, as far as it is looked at here. */
export interface WidgetSchema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  readonly nullable?: boolean;
  readonly properties?: { readonly [name: string]: WidgetSchema };
  readonly required?: readonly string[];
  readonly items?: WidgetSchema;
  readonly additionalProperties?: WidgetSchema | boolean;
  readonly "x-kubernetes-int-or-string"?: boolean;
  readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
  readonly "x-kubernetes-embedded-resource"?: boolean;
  readonly "x-kubernetes-list-type"?: string;
  readonly [keyword: string]: unknown;
}

interface Version {
  readonly name: string;
  readonly storage: boolean;
  readonly schema: { readonly openAPIV3Schema: WidgetSchema };
  readonly [field: string]: unknown;
}

/** A CustomResourceDefinition of one version, as a cluster takes it. */
export interface WidgetCrd {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec: {
    readonly group: string;
    readonly scope: string;
    readonly names: { readonly kind: string; readonly plural: string };
    readonly versions: readonly Version[];
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** The version that objects are stored in. */
export function storedVersion({ metadata, spec }: WidgetCrd): Version {
  const version = spec.versions.find(({ storage }) => storage);
  if (version) return version;
  throw new Error(`${metadata.name} has no version to store objects in`);
}

export const storedSchema = (crd: WidgetCrd): WidgetSchema => storedVersion(crd).schema.openAPIV3Schema;

/** A CRD whose version to store has another schema. */
export function withSchema(crd: WidgetCrd, change: (schema: WidgetSchema) => WidgetSchema): WidgetCrd {
  const versions = crd.spec.versions.map((version) =>
    version.storage
      ? { ...version, schema: { openAPIV3Schema: change(version.schema.openAPIV3Schema) } }
      : version,
  );
  return { ...crd, spec: { ...crd.spec, versions } };
}
