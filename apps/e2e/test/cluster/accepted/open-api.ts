/** A schema of an OpenAPI document, as far as random values are made by it. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/** A document of one group and version. */
export interface Document {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Where an API server serves the document of a group and version. */
export const documentPath = (apiVersion: string): string =>
  apiVersion.includes("/") ? `/openapi/v3/apis/${apiVersion}` : `/openapi/v3/api/${apiVersion}`;

/** The schema of a kind. */
export function schemaOf({ components }: Document, apiVersion: string, kind: string): Schema | undefined {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return Object.values(components.schemas).find((schema) =>
    schema["x-kubernetes-group-version-kind"]?.some(
      (each) => each.group === group && each.version === version && each.kind === kind,
    ),
  );
}

/** A schema, or the one that it points to, with the last part of that one's name. */
export function resolved(schema: Schema, document: Document): readonly [schema: Schema, name: string] {
  const pointer = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (pointer === undefined) return [schema, ""];
  const name = pointer.slice("#/components/schemas/".length);
  return [document.components.schemas[name] ?? {}, name.slice(name.lastIndexOf(".") + 1)];
}
