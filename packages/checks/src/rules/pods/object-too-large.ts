import { found, type Rule } from "../../findings/rule.ts";
import { nodeOf } from "../../objects/node.ts";

/** What all annotations of an object may come to, in bytes. */
const most = 262_144;

export const objectTooLarge = {
  code: "object-too-large",
  severity: "warning",
  why: "kubectl apply keeps the object in an annotation of itself, and the API server refuses annotations of more than 262,144 bytes.",
  fix: "apply it with kubectl apply --server-side, which needs no annotation",
  link: "https://kubernetes.io/docs/reference/using-api/server-side-apply/",
  find: (world) =>
    world.objects.flatMap((object) => {
      const size = sizeOf(object);
      if (size <= most) return [];
      const bytes = size.toLocaleString("en");
      return [found(nodeOf(object), `it has ${bytes} bytes as JSON: kubectl apply is refused`)];
    }),
} as const satisfies Rule;

const sizeOf = (object: object): number => new TextEncoder().encode(JSON.stringify(object, exact)).length;

/** Numbers beyond what is read exactly everywhere may be bigints. */
const exact = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? Number(value) : value);
