import { toJson } from "./json.ts";
import { definitionsUnder, kindsOf, type Model } from "./model.ts";
import { mapSubschemas, type Schema } from "./schema.ts";
import type { OutputFile } from "./write.ts";

/** The schemas as data, which the package's validator reads; smaller and quicker to load than code would be. */
export function emitValidators(model: Model, header: string): OutputFile {
  const kinds = kindsOf(model);
  const used = new Set(kinds.flatMap(({ schema }) => [...definitionsUnder(schema, model.definitions)]));
  const definitions = [...used]
    .toSorted()
    .map((name) => `  ${JSON.stringify(name)}: ${data(model.definitions[name] ?? {})},\n`);
  const schemas = kinds.map(
    ({ kind, apiVersion, schema }) => `  ${JSON.stringify(`${apiVersion}/${kind}`)}: ${data(schema)},\n`,
  );
  return {
    path: "src/generated/schemas.ts",
    content: `${header}
import type { Schema } from "../schema.ts";

/** Kubernetes' own definitions, by name. */
export const definitions: { readonly [name: string]: Schema } = {
${definitions.join("")}};

/** The kinds' schemas, by apiVersion and kind. */
export const schemas: { readonly [apiVersionAndKind: string]: Schema } = {
${schemas.join("")}};
`,
  };
}

function data(schema: Schema): string {
  return toJson(withoutDescription(schema));
}

function withoutDescription(schema: Schema): Schema {
  const { description: _description, ...rest } = schema;
  const reference = rest.$ref?.split("/").at(-1);
  return { ...mapSubschemas(rest, withoutDescription), ...(reference !== undefined && { $ref: reference }) };
}
