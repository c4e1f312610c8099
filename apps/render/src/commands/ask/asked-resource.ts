import {
  misspelt,
  namespacesNamed,
  resourceNamed,
  resourcesKnown,
  subresourcesKnown,
  verbsKnown,
  type KubernetesObject,
  type WhoCan,
} from "@atlas/checks";
import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";

/** What may be done: with a resource of the API, or with a path of the API server's. */
export type Asked =
  | { readonly verb: string; readonly path: string }
  | { readonly verb: string; readonly group: string; readonly resource: string };

/**
 * What a person asks for by a verb and `secrets`, `deployments.apps`, `atlasschemas/status` or `/metrics`.
 *
 * @throws {InputError} for a verb, a resource or a subresource of which nothing knows: everybody would be said not to have it.
 */
export function askedFor(objects: readonly KubernetesObject[], verb: string, given: string): Asked {
  const isPath = given.startsWith("/");
  const verbs = verbsKnown(objects, isPath ? "paths" : "resources");
  if (!verbs.includes(verb)) throw verbUnknown(verb, verbs, isPath);
  if (isPath) return { verb, path: given };
  const [name = "", ...sub] = given.split("/");
  const found = resourceNamed(objects, name);
  if (found === undefined) throw resourceUnknown(objects, name);
  const subresource = sub.join("/");
  const subresources = subresourcesKnown(objects, found);
  if (sub.length > 0 && !subresources.includes(subresource))
    throw notKnown(
      `${found.resource} has no subresource "${subresource}"`,
      `one of: ${subresources.join(", ")}`,
      didYouMean(subresource, subresources, "ask for one of these"),
    );
  return { verb, group: found.group, resource: [found.resource, ...sub].join("/") };
}

function verbUnknown(verb: string, known: readonly string[], isPath: boolean): InputError {
  const what = isPath ? `there is no verb "${verb}" for a path` : `there is no verb "${verb}"`;
  const listed = known.filter((each) => each !== "*");
  return notKnown(what, `one of: ${listed.join(", ")}`, didYouMean(verb, known, "ask for one of these"));
}

function resourceUnknown(objects: readonly KubernetesObject[], given: string): InputError {
  const names = resourcesKnown(objects).flatMap(({ group, resource }) => [resource, `${resource}.${group}`]);
  return notKnown(
    `there is no resource "${given}"`,
    "a resource of Kubernetes, of a CRD among the objects, or of a rule, as secrets or deployments.apps",
    didYouMean(given, [...new Set(names)], "give the manifests of its CRD along: --file FILE"),
  );
}

/**
 * The namespace that a person asks for. One that none of the objects names is a cluster's other, where what holds everywhere
 * holds, too.
 *
 * @throws {InputError} for a name that no namespace has, and for what is most likely another that is misspelt.
 */
export function askedNamespace(objects: readonly KubernetesObject[], given: string): string {
  const known = namespacesNamed(objects);
  if (known.includes(given)) return given;
  const expected = `one of: ${known.join(", ")}, or another of the cluster`;
  const isName = /^[a-z\d](?:[-a-z\d]{0,61}[a-z\d])?$/.test(given);
  if (!isName)
    throw notKnown(
      `"${given}" is not the name of a namespace`,
      expected,
      didYouMean(given, known, "correct it"),
    );
  const near = misspelt(given, known);
  if (near === undefined) return given;
  throw notKnown(`no object names the namespace "${given}"`, expected, `did you mean "${near}"?`);
}

const notKnown = (what: string, expected: string, fix: string): InputError =>
  new InputError([{ code: "name-unknown", what, expected, fix }]);

/** A subject as a person reads it. */
export const subjectText = (subject: WhoCan["permitted"][number]["subject"]): string =>
  subject.kind === "ServiceAccount"
    ? `ServiceAccount/${subject.name} in ${subject.namespace}`
    : `${subject.kind}/${subject.name}`;
