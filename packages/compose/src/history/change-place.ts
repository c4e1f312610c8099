import type { Statement } from "../layers/content.ts";
import { segmentsOf } from "../patches/json-pointer.ts";
import type { Patch } from "../patches/patch.ts";
import { follow, namesIn } from "../value/path.ts";
import { contentOfCall, placeOf, type Place } from "../problems/places.ts";
import { isObject } from "../value/plain.ts";
import { placeOfStated } from "../problems/stated.ts";
import { statedPatch } from "../layers/patch-places.ts";
import type { Entry } from "../transforms/entry.ts";
import type { ChangedValue } from "../transforms/transform.ts";
import { transformContent, transforms } from "../transforms/transforms.ts";

/** What has become of a value. */
interface Changed extends ChangedValue {
  readonly path: string;
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
function fieldsInLayer(change: Changed, { by, says }: Statement, entry: Entry): readonly string[] {
  if (says === "name") return [by.namePrefix === undefined ? "nameSuffix" : "namePrefix"];
  if (says === "references") return [];
  const transform = transforms.find(({ field }) => field === says);
  return [says, ...(transform?.origin(transformContent(by), change, entry) ?? [])];
}
