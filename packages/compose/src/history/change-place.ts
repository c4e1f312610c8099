import type { Statement } from "../layers/content.ts";
import { isFor, isRecords } from "../transforms/annotations.ts";
import { isImageOf } from "../transforms/image.ts";
import { segmentsOf } from "../patches/json-pointer.ts";
import type { Patch } from "../patches/patch.ts";
import { follow, namesIn } from "../value/path.ts";
import { contentOfCall, placeOf, type Place } from "../problems/places.ts";
import { isObject, type Plain } from "../value/plain.ts";
import { placeOfStated } from "../problems/stated.ts";
import { statedPatch } from "../layers/patch-places.ts";
import { isNamed, type Entry } from "../transforms/entry.ts";

/** What has become of a value. */
interface Changed {
  readonly path: string;
  readonly fields: readonly string[];
  readonly before: Plain | undefined;
  readonly after: Plain | undefined;
}

/** Where the part of a statement is written that has changed a value of an object. */
export function placeOfChange(change: Changed, statement: Statement, entry: Entry): Place | undefined {
  const { by, says, index = 0 } = statement;
  const patch = says === "patch" ? by.patches[index] : undefined;
  const generator = by.generators[index];
  if (says === "object") return placeOfStated(entry.stated, change.fields);
  if (patch) return placeOfStated(statedPatch(patch, by), fieldsInBody(patch, change));
  if (generator && says === "generator")
    return placeOf(generator, fieldsInOptions(contentOfCall(generator), change));
  if (says === "name hash") return placeOf(generator);
  return placeOf(by, follow(by, fieldsInLayer(change, statement, entry)));
}

/** The fields of a patch's body that set a value: of a list of operations, the last whose pointer leads to it. */
function fieldsInBody({ body }: Patch, { path, fields }: Changed): string[] {
  if (!Array.isArray(body)) return follow(body, namesIn(path) ?? []);
  const index = body.findLastIndex((operation: unknown) => {
    const pointer = isObject(operation) ? segmentsOf(operation["path"]) : undefined;
    return pointer?.every((segment, depth) => segment === fields[depth] || segment === "-");
  });
  return index < 0 ? [] : [String(index), "value"];
}

/** The fields of a generator's options that a value of its object is made of. */
function fieldsInOptions(options: unknown, { fields }: Changed): string[] {
  const [first = "", ...rest] = fields;
  const ways = isContent(first)
    ? [["literals", ...rest], ["files", ...rest], ["env"]]
    : [first === "metadata" ? rest : [first]];
  return ways.find((way) => follow(options, way).length === way.length) ?? [];
}

const isContent = (field: string): boolean => ["data", "binaryData", "stringData"].includes(field);

/** The fields of a layer that a transform takes a value from. */
function fieldsInLayer(
  { fields, before, after }: Changed,
  { by, says }: Statement,
  entry: Entry,
): readonly string[] {
  const name = fields.at(-1) ?? "";
  const indexed = (index: number, ...inner: readonly string[]): string[] =>
    index < 0 ? [says] : [says, String(index), ...inner];
  if (says === "name") return [by.namePrefix === undefined ? "nameSuffix" : "namePrefix"];
  if (says === "references") return [];
  if (says === "annotations") {
    const { annotations } = by;
    if (!isRecords(annotations)) return [says, name];
    return indexed(
      annotations.findIndex((record) => isFor(entry.object, record) && Object.hasOwn(record.pairs, name)),
      "pairs",
      name,
    );
  }
  if (says === "labels")
    return indexed(
      by.labels.findLastIndex(({ pairs }) => pairs[name] === after),
      "pairs",
      name,
    );
  if (says === "replicas")
    return indexed(
      by.replicas.findLastIndex(({ name: workload }) => isNamed(entry, workload)),
      "count",
    );
  if (says === "images") return indexed(by.images.findIndex((record) => isImageOf(record, before)));
  return [says];
}
