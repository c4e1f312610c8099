import { isCopied } from "../model/copied.ts";
import { isKept } from "../model/in-memory.ts";
import { isSecret, type Tracked } from "../model/state.ts";
import { takeOver } from "../read/cursor.ts";
import { fieldCursor, type TransformWork } from "./transform.ts";

/** The objects that a layer looks into for workloads; what a field does to the others is taken over. */
export function lookedInto(work: TransformWork, field: "replicas" | "images"): readonly Tracked[] {
  const known = work.state.filter((tracked) => !isFile(tracked));
  if (known.length < work.state.length) {
    const cursor = fieldCursor(work.root, field);
    takeOver(cursor, `the use of ${field} on objects that are kept as YAML`, cursor.place.file, true);
  }
  return known;
}

/** Whether a layer does not look into it: it is kept as YAML, and runs pods as far as anybody knows. */
const isFile = ({ current, declaration: { form } }: Tracked): boolean =>
  isKept(current) || (form.kind === "external" && !isSecret(current) && !isCopied(current));
