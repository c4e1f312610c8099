import { withExpressions } from "./expressions.ts";
import type { Scale } from "../runtime/scale.ts";
import type { KindSchema } from "../runtime/validator.ts";
import { isObject, type Json, type Schema, wordIn } from "./schema.ts";

/** What a validator has to know of a kind in one version. */
export function kindSchemaOf(
  { group, scope, kind }: { readonly group: string; readonly scope: string; readonly kind: string },
  version: Json,
  schema: Schema,
): KindSchema {
  const subresources = isObject(version["subresources"]) ? version["subresources"] : {};
  const scale = isObject(subresources["scale"]) ? scaleOf(subresources["scale"]) : undefined;
  return {
    apiVersion: `${group}/${wordIn(version, "name")}`,
    kind,
    scope,
    hasStatus: subresources["status"] !== undefined,
    ...(scale !== undefined && { scale }),
    schema: withExpressions(schema) as KindSchema["schema"],
  };
}

function scaleOf(scale: Json): Scale {
  const pathOf = (key: string): string[] => {
    const path = scale[key];
    return typeof path === "string" ? path.split(".").filter(Boolean) : [];
  };
  return {
    specReplicas: pathOf("specReplicasPath"),
    statusReplicas: pathOf("statusReplicasPath"),
    labelSelector: pathOf("labelSelectorPath"),
  };
}
