import { at, elements, textsAt, type Node } from "../objects/node.ts";
import { reason, type Reason } from "../objects/verdict.ts";

/** A request for a resource of the API. */
export interface ResourceRequest {
  readonly verb: string;
  /** The API group, empty or left out for the core group. */
  readonly group?: string;
  /** In the plural, with its subresource, as rules write it: `pods`, `deployments/status`. */
  readonly resource: string;
  /** The name of an object; left out for what concerns no single one, as list and create. */
  readonly name?: string;
  /** The namespace; left out for what lies in none, and for all of them at once. */
  readonly namespace?: string;
}

/** A request for a path that is not a resource, as `/healthz`. */
export interface PathRequest {
  readonly verb: string;
  readonly path: string;
}

export type AccessRequest = ResourceRequest | PathRequest;

/** A field of a rule that a request has to fit. */
interface Demand {
  readonly field: string;
  readonly wanted: string;
  readonly fits: (given: readonly string[]) => boolean;
}

const includesWanted =
  (wanted: string) =>
  (given: readonly string[]): boolean =>
    given.includes("*") || given.includes(wanted);

function demandsOf(request: AccessRequest): readonly Demand[] {
  const verb: Demand = { field: "verbs", wanted: request.verb, fits: includesWanted(request.verb) };
  if ("path" in request)
    return [verb, { field: "nonResourceURLs", wanted: request.path, fits: isPathMeant(request.path) }];
  const { group = "", resource, name = "" } = request;
  return [
    verb,
    { field: "apiGroups", wanted: group, fits: includesWanted(group) },
    { field: "resources", wanted: resource, fits: isResourceMeant(resource) },
    {
      field: "resourceNames",
      wanted: name,
      fits: (given) => given.length === 0 || given.includes(name),
    },
  ];
}

/** `*` is every resource with its subresources, `*` and a subresource that of every resource. */
function isResourceMeant(resource: string): (given: readonly string[]) => boolean {
  const slash = resource.indexOf("/");
  const ofAny = slash < 0 ? undefined : `*${resource.slice(slash)}`;
  return (given) => includesWanted(resource)(given) || (ofAny !== undefined && given.includes(ofAny));
}

const isPathMeant =
  (path: string) =>
  (given: readonly string[]): boolean =>
    given.some((url) => url === path || (url.endsWith("*") && path.startsWith(url.replace(/\*+$/, ""))));

/**
 * Whether a rule of a role allows a request.
 *
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/
 */
export const allows = (rule: Node, request: AccessRequest): boolean => refusals(rule, request).length === 0;

/** Of a rule that would allow the request but for one of its fields, what that lacks. */
export function nearMiss(rule: Node, request: AccessRequest): readonly Reason[] {
  const refused = refusals(rule, request);
  return refused.length === 1 ? refused : [];
}

/** The names of the objects that a rule allows a request for, where it allows it for none but some. */
export function namesAllowed(rule: Node, request: AccessRequest): readonly string[] {
  if ("path" in request || request.name !== undefined || nameless.has(request.verb)) return [];
  const names = at(rule, "resourceNames");
  const refused = refusals(rule, request);
  return refused.every(({ path }) => path === names.path) ? textsAt(names) : [];
}

/** Verbs of requests that never have the name of an object. */
const nameless = new Set(["create", "deletecollection"]);

function refusals(rule: Node, request: AccessRequest): readonly Reason[] {
  return demandsOf(request).flatMap(({ field, wanted, fits }) => {
    const node = at(rule, field);
    const given = textsAt(node);
    if (fits(given)) return [];
    return [
      reason(
        node,
        `it has ${given.map((each) => JSON.stringify(each)).join(", ") || "nothing"}, not ${JSON.stringify(wanted)}`,
      ),
    ];
  });
}

/** The rules of a role. */
export const rulesOf = (role: Node): readonly Node[] => elements(at(role, "rules"));
