import { apiFields } from "../src/api-fields.ts";

/** A kind of Kubernetes' own. */
export interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
}

const groupNames =
  "admissionregistration apiextensions apiregistration authentication authorization certificates coordination discovery events flowcontrol.apiserver internal.apiserver networking node rbac.authorization resource scheduling storage storagemigration";
const groups = new Map(groupNames.split(" ").map((name) => [name.split(".")[0], `${name}.k8s.io`]));

/** The kinds of the field table: what has an apiVersion, a kind and the metadata of an object. */
export const builtInKinds: readonly Kind[] = apiFields
  .trim()
  .split("\n")
  .map((line) => line.split(" "))
  .filter((fields) =>
    ["apiVersion", "kind", "metadata:meta.v1.ObjectMeta"].every((field) => fields.includes(field)),
  )
  .map(([name = ""]) => {
    const [short = "", version = "", kind = ""] = name.split(".");
    const group = short === "core" ? undefined : (groups.get(short) ?? short);
    return { apiVersion: group ? `${group}/${version}` : version, kind };
  });

/** Whether the API server only answers objects of the kind and keeps none; Kustomize takes them all for namespaced. */
export const isAnswered = ({ kind }: Kind): boolean =>
  /Review$|^TokenRequest$|^Eviction$|^Binding$|^Scale$/.test(kind);
