import { demandFields } from "../problems/first-argument.ts";
import type { ExternalObject } from "../kubernetes/object.ts";

/**
 * Names an object whose text lies in the file `source`.
 *
 * @throws {ComposeError} where what names it is no object of fields.
 * @example
 * external(
 *   { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "rules" } },
 *   new URL("./rules.yaml", import.meta.url),
 * );
 */
export function external(named: Omit<ExternalObject, "source">, source: URL): ExternalObject {
  demandFields(external, arguments, "external({ apiVersion, kind, metadata }, new URL(…))", true);
  const {
    apiVersion,
    kind,
    metadata: { name, namespace },
    size,
  } = named;
  const metadata = { name, ...(namespace !== undefined && { namespace }) };
  return { apiVersion, kind, metadata, source, ...(size !== undefined && { size }) };
}
