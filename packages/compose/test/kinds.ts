import { builtInKinds as kindsOfTable, type BuiltInKind } from "../src/kubernetes/schema.ts";

export type Kind = BuiltInKind;

/** The kinds of the field table. */
export const builtInKinds: readonly Kind[] = kindsOfTable();

/** Whether the API server only answers objects of the kind and keeps none; Kustomize takes them all for namespaced. */
export const isAnswered = ({ kind }: Kind): boolean =>
  /Review$|^TokenRequest$|^Eviction$|^Binding$|^Scale$/.test(kind);
