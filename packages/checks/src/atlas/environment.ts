import { findObject, type World } from "../findings/world.ts";
import { kubectlName } from "../objects/kubernetes-object.ts";
import { at, elements, fieldNodes, isThere, nodeOf, textAt, type Node } from "../objects/node.ts";
import type { Pod } from "../objects/pod.ts";

/** A variable that a container gets, as far as the objects say. */
export interface Variable {
  /** What gives it to the container: its name in `env`, or a reference in `envFrom`. */
  readonly node: Node;
  /** Where its value is: there, or in a ConfigMap or a Secret. */
  readonly written: Node;
  /** Undefined where only the cluster knows. */
  readonly text: string | undefined;
}

/** The variables of a container. */
export interface Environment {
  readonly variables: ReadonlyMap<string, Variable>;
  /** Whether there are no others, as those of a Secret that is not among the objects. */
  readonly isWhole: boolean;
}

/**
 * The variables of a container as kubelet sets them: those of `envFrom`, of which later ones come before earlier ones, and before
 * them those of `env`.
 *
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#environment-variables
 */
export function environmentOf(world: World, { namespace }: Pod, container: Node): Environment {
  const variables = new Map<string, Variable>();
  const sources = elements(at(container, "envFrom")).map((entry) => fromSource(world, namespace, entry));
  for (const [name, variable] of sources.flatMap((each) => each ?? [])) variables.set(name, variable);
  for (const entry of elements(at(container, "env"))) {
    const node = at(entry, "name");
    const value = valueOf(world, namespace, entry, variables);
    if (value !== undefined) variables.set(textAt(node) ?? "", { node, ...value });
  }
  return { variables, isWhole: !sources.includes(undefined) };
}

/** The variables that an entry of `envFrom` brings; undefined where only the cluster knows them. */
function fromSource(
  world: World,
  namespace: string,
  entry: Node,
): readonly (readonly [name: string, variable: Variable])[] | undefined {
  const prefix = textAt(at(entry, "prefix")) ?? "";
  const sources = (["ConfigMap", "Secret"] as const).flatMap((kind) => {
    const node = at(entry, kind === "Secret" ? "secretRef" : "configMapRef", "name");
    return isThere(node) ? [{ node, values: valuesIn(world, namespace, kind, textAt(node) ?? "") }] : [];
  });
  if (sources.some(({ values }) => values === undefined)) return undefined;
  return sources.flatMap(({ node, values }) =>
    [...(values ?? [])].map(
      ([key, written]) => [prefix + key, { node, written, text: textWritten(written) }] as const,
    ),
  );
}

type Value = Pick<Variable, "written" | "text">;

/** The value of an entry of `env`; undefined for a variable that is not set, as there is no such key. */
function valueOf(
  world: World,
  namespace: string,
  entry: Node,
  earlier: ReadonlyMap<string, Variable>,
): Value | undefined {
  const written = at(entry, "value");
  const from = at(entry, "valueFrom");
  if (!isThere(from)) return { written, text: filledIn(textAt(written) ?? "", earlier) };
  for (const kind of ["ConfigMap", "Secret"] as const) {
    const reference = at(from, kind === "Secret" ? "secretKeyRef" : "configMapKeyRef");
    if (!isThere(reference)) continue;
    const [name = "", key = ""] = ["name", "key"].map((field) => textAt(at(reference, field)));
    const values = valuesIn(world, namespace, kind, name);
    const value = values?.get(key);
    if (value !== undefined) return { written: value, text: textWritten(value) };
    if (values !== undefined && at(reference, "optional").value === true) return undefined;
  }
  return { written: from, text: undefined };
}

/** The values of a ConfigMap or a Secret by their keys; undefined where the objects do not have it, or somebody else fills it. */
function valuesIn(
  world: World,
  namespace: string,
  kind: "ConfigMap" | "Secret",
  name: string,
): ReadonlyMap<string, Node> | undefined {
  const object = findObject(world, "", kind, name, namespace);
  if (object === undefined) return undefined;
  const fields = kind === "Secret" ? ["data", "stringData"] : ["data"];
  const values = fields.flatMap((field) => fieldNodes(at(nodeOf(object), field)));
  return values.length === 0 ? undefined : new Map(values);
}

/** The text at a key of a ConfigMap or a Secret; undefined for one that is encrypted, or malformed. */
function textWritten(node: Node): string | undefined {
  const text = isThere(node) ? textAt(node) : "";
  if (text === undefined || text.startsWith("ENC[")) return undefined;
  if (node.object.kind !== "Secret" || node.path.startsWith("stringData")) return text;
  try {
    return atob(text);
  } catch {
    return undefined;
  }
}

/**
 * A text with the variables that are named in it as `$(NAME)`; undefined where one is in a Secret, or only the cluster knows it.
 *
 * @see https://pkg.go.dev/k8s.io/kubernetes/third_party/forked/golang/expansion
 */
export function filledIn(text: string, variables: ReadonlyMap<string, Variable>): string | undefined {
  let isKnown = true;
  const whole = text.replaceAll(/\$\$|\$\(([^)]*)\)/g, (written, name?: string) => {
    if (name === undefined) return "$";
    const variable = variables.get(name);
    // What a Secret holds is put together with nothing that may be printed.
    const value = variable?.written.object.kind === "Secret" ? undefined : variable?.text;
    isKnown &&= value !== undefined;
    return value ?? written;
  });
  return isKnown ? whole : undefined;
}

/** A variable with its value, as a person is told it: what is in a Secret stays there. */
export const printedVariable = (name: string, { written: { object }, text }: Variable): string =>
  object.kind === "Secret"
    ? `${name}, in ${kubectlName(object)}, is a text`
    : `${name} is ${JSON.stringify(text)}`;
