import { isObject } from "./plain.ts";

/**
 * The items of a list, as `kubectl get --output json` writes several objects in one; undefined for what is no list.
 *
 * In a list of one kind, as the API server itself writes it, items state neither apiVersion nor kind. Like kubectl, this
 * fills them in, in the items themselves: give it what was just read.
 *
 * @example
 * listItems({ apiVersion: "v1", kind: "ConfigMapList", items: [{ metadata: { name: "a" } }] });
 * // [{ apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } }]
 */
export function listItems(value: unknown): readonly unknown[] | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, items } = value;
  if (typeof kind !== "string" || !kind.endsWith("List") || !Array.isArray(items)) return undefined;
  const ofItems = kind.slice(0, -"List".length);
  if (ofItems === "" || typeof apiVersion !== "string") return items;
  for (const item of items)
    if (isObject(item) && !isStated(item["apiVersion"]) && !isStated(item["kind"]))
      Object.assign(item, { apiVersion, kind: ofItems });
  return items;
}

const isStated = (value: unknown): boolean => value !== undefined && value !== null && value !== "";
