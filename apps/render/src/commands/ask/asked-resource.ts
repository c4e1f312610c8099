import { resourceNamed, resourcesKnown, verbsNamed, type KubernetesObject, type WhoCan } from "@atlas/checks";
import { didYouMean } from "@atlas/compose";
import { InputError } from "@atlas/input";

/** What may be done: with a resource of the API, or with a path of the API server's. */
export type Asked =
  | { readonly verb: string; readonly path: string }
  | { readonly verb: string; readonly group: string; readonly resource: string };

/**
 * What a person asks for by a verb and `secrets`, `deployments.apps`, `atlasschemas/status` or `/metrics`.
 *
 * @throws {InputError} for a verb or a resource of which nothing knows: everybody would be said not to have it.
 */
export function askedFor(objects: readonly KubernetesObject[], verb: string, given: string): Asked {
  const verbs = [...knownVerbs, ...verbsNamed(objects)];
  if (!verbs.includes(verb)) throw notKnown("verb", verb, [...new Set(verbs)]);
  if (given.startsWith("/")) return { verb, path: given };
  const found = resourceNamed(objects, given);
  if (found) return { verb, ...found };
  const names = resourcesKnown(objects).flatMap(({ group, resource }) => [resource, `${resource}.${group}`]);
  throw notKnown("resource", given.replace(/\/.*/, ""), [...new Set(names)]);
}

/** The verbs that the API server itself knows. */
const knownVerbs =
  "get list watch create update patch delete deletecollection bind escalate impersonate use approve sign attest proxy post put head options".split(
    " ",
  );

function notKnown(what: string, given: string, known: readonly string[]): InputError {
  const expected =
    what === "verb"
      ? `one of: ${known.filter((each) => each !== "*").join(", ")}`
      : "a resource of Kubernetes, of a CRD among the objects, or of a rule, as secrets or deployments.apps";
  const fix = didYouMean(given, known, "give the manifests of its CRD along: --file FILE");
  return new InputError([{ code: "name-unknown", what: `there is no ${what} "${given}"`, expected, fix }]);
}

/** A subject as a person reads it. */
export const subjectText = (subject: WhoCan["permitted"][number]["subject"]): string =>
  subject.kind === "ServiceAccount"
    ? `ServiceAccount/${subject.name} in ${subject.namespace}`
    : `${subject.kind}/${subject.name}`;
