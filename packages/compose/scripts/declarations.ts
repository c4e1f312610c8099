import { globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

/** An interface or another type of kubernetes-types. */
export interface Declaration {
  /** Its fields, and their types as they are written; undefined where it is no interface. */
  readonly fields?: ReadonlyMap<string, string>;
  /** The fields without which nothing is of it. */
  readonly required?: ReadonlySet<string>;
  /** `apps/v1/Deployment`, where it is the kind of an object. */
  readonly id?: string | undefined;
}

const folder = dirname(fileURLToPath(import.meta.resolve("kubernetes-types/package.json")));

/** What kubernetes-types declares, by module (`core/v1`) and name. */
export const declarations: ReadonlyMap<string, ReadonlyMap<string, Declaration>> = new Map(
  globSync("*/v*.d.ts", { cwd: folder })
    .toSorted()
    .map((file) => [file.replaceAll("\\", "/").slice(0, -".d.ts".length), declarationsIn(file)] as const),
);

function declarationsIn(file: string): ReadonlyMap<string, Declaration> {
  const text = readFileSync(`${folder}/${file}`, "utf8");
  const types = [...text.matchAll(/^export type (\w+) =/gm)].map(([, name = ""]): [string, Declaration] => [
    name,
    {},
  ]);
  const interfaces = [...text.matchAll(/^export interface (\w+) \{\n([^]*?)^\}/gm)].map(
    ([, name = "", body = ""]): [string, Declaration] => {
      const written = [...body.matchAll(/^ {4}(?:readonly )?"?([\w$-]+)"?(\??): (.*)$/gm)];
      const fields = new Map(written.map(([, field = "", , type = ""]) => [field, type]));
      const required = new Set(written.flatMap(([, field = "", mark]) => (mark === "" ? [field] : [])));
      const [apiVersion, kind] = ["apiVersion", "kind"].map(
        (field) => /^"([^"]+)";$/.exec(fields.get(field) ?? "")?.[1],
      );
      const isObject = fields.get("metadata") === "ObjectMeta;" && apiVersion !== undefined;
      return [
        name,
        { fields, required, ...(isObject && kind !== undefined && { id: `${apiVersion}/${kind}` }) },
      ];
    },
  );
  return new Map([...types, ...interfaces]);
}
