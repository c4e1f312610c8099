import { isSameAddress, isIn } from "../network/endpoint.ts";
import { at, elements, fieldNodes, isThere, textAt, textsAt, type Node } from "../objects/node.ts";

/** What is known of a request. */
export interface MeshRequest {
  /** Who calls, by the certificate of mutual TLS. */
  readonly identity?: { readonly trustDomain: string; readonly namespace: string; readonly account: string };
  /** The addresses, where they are known. */
  readonly source?: string;
  readonly destination?: string;
  readonly port: number;
}

/** Whether something matches; `unknown` where what decides is in no object. */
export type Match = boolean | "unknown";

/** How a value is told from those that a field lists. */
type Matcher = (values: readonly string[]) => Match;

/**
 * Whether a rule matches a request: one of its sources, one of its operations and all of its conditions do. One that is
 * empty always does. What only the request itself says, as a path or a token, is unknown.
 *
 * @see https://istio.io/latest/docs/reference/config/security/authorization-policy/#Rule
 */
export function matchOf(rule: Node, request: MeshRequest, namespace: string): Match {
  return allMatch([
    anyMatches(
      elements(at(rule, "from")).map((each) => matchFields(at(each, "source"), ofSource(request, namespace))),
    ),
    anyMatches(
      elements(at(rule, "to")).map((each) => matchFields(at(each, "operation"), ofOperation(request))),
    ),
    ...elements(at(rule, "when")).map((each) => matchCondition(each, request)),
  ]);
}

/** Whether all do. */
function allMatch(matches: readonly Match[]): Match {
  if (matches.includes(false)) return false;
  return matches.includes("unknown") ? "unknown" : true;
}

/** Whether one does; where there is none, everything does. */
function anyMatches(matches: readonly Match[]): Match {
  if (matches.length === 0 || matches.includes(true)) return true;
  return matches.includes("unknown") ? "unknown" : false;
}

const not = (match: Match): Match => (match === "unknown" ? match : !match);

const unknownMatcher: Matcher = () => "unknown";

/** A text against `abc`, `abc*`, `*abc`, and `*` for whatever is not empty. */
function textMatcher(value: string | undefined): Matcher {
  return (patterns) => value !== undefined && patterns.some((pattern) => isLike(value, pattern));
}

// What is known is never empty, so that a star alone means whatever there is.
function isLike(value: string, pattern: string): boolean {
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

/** An address against blocks and single ones. */
function addressMatcher(value: string | undefined): Matcher {
  if (value === undefined) return unknownMatcher;
  return (blocks) =>
    blocks.some((each) => (each.includes("/") ? isIn(value, each) : isSameAddress(value, each)));
}

const portMatcher = ({ port: value }: MeshRequest): Matcher => textMatcher(String(value));

function principalMatcher({ identity }: MeshRequest): Matcher {
  return textMatcher(identity && `${identity.trustDomain}/ns/${identity.namespace}/sa/${identity.account}`);
}

/** An account, as `namespace/name`, or by its name alone in the namespace of the policy. */
function account({ identity }: MeshRequest, namespace?: string): Matcher {
  return (values) =>
    identity !== undefined &&
    values
      .map((each) => (each.includes("/") || namespace === undefined ? each : `${namespace}/${each}`))
      .includes(`${identity.namespace}/${identity.account}`);
}

const ofSource = (request: MeshRequest, namespace: string): Readonly<Record<string, Matcher>> => ({
  principals: principalMatcher(request),
  namespaces: textMatcher(request.identity?.namespace),
  serviceAccounts: account(request, namespace),
  trustDomains: textMatcher(request.identity?.trustDomain),
  ipBlocks: addressMatcher(request.source),
});

const ofOperation = (request: MeshRequest): Readonly<Record<string, Matcher>> => ({
  ports: portMatcher(request),
});

/** Attributes that objects tell of. */
const ofCondition = (request: MeshRequest): Readonly<Record<string, Matcher>> => ({
  "source.ip": addressMatcher(request.source),
  "source.namespace": textMatcher(request.identity?.namespace),
  "source.principal": principalMatcher(request),
  "source.serviceAccount": account(request),
  "destination.ip": addressMatcher(request.destination),
  "destination.port": portMatcher(request),
});

/** Whether all fields of a source or an operation match, each that begins with `not` where its opposite does not. */
function matchFields(node: Node, matchers: Readonly<Record<string, Matcher>>): Match {
  return allMatch(
    fieldNodes(node)
      .filter(([, values]) => isThere(values))
      .map(([name, values]) => {
        const negative = /^not[A-Z]/.test(name);
        const positive = negative ? name.charAt(3).toLowerCase() + name.slice(4) : name;
        const match = matcherOf(matchers, positive)(textsAt(values));
        return negative ? not(match) : match;
      }),
  );
}

function matchCondition(node: Node, request: MeshRequest): Match {
  const matcher = matcherOf(ofCondition(request), textAt(at(node, "key")) ?? "");
  const [values, notValues] = [at(node, "values"), at(node, "notValues")];
  return allMatch([
    isThere(values) ? matcher(textsAt(values)) : true,
    isThere(notValues) ? not(matcher(textsAt(notValues))) : true,
  ]);
}

const matcherOf = (matchers: Readonly<Record<string, Matcher>>, name: string): Matcher =>
  (Object.hasOwn(matchers, name) ? matchers[name] : undefined) ?? unknownMatcher;
