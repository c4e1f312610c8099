import { component, ComposeError, refuseFurther, type Component, type Problem } from "@atlas/compose";
import { calledWith, refuseSettings, settingProblem, unknownSettings, type SettingsOf } from "../settings.ts";
import { addVariables } from "./variables.ts";

/** The proxy through which the manager reaches what is outside of the cluster. */
export interface ProxySettings {
  /** For HTTPS and HTTP alike: `http://proxy.example.com:3128`. */
  readonly url: string;
  /** What is reached without it, beside the cluster's own: names, domains that start with a dot, ranges of addresses. */
  readonly except?: readonly string[];
}

/** Kubernetes fills in the address by which pods reach the API server. */
const ofCluster = ["$(KUBERNETES_SERVICE_HOST)", "localhost", "127.0.0.1", ".svc", ".cluster.local"];

/**
 * Sends what the manager asks of Atlas Cloud, and of the schemas and migrations there, through a proxy. The API server and
 * the Services of the cluster are reached without it; so are databases, which do not speak HTTP.
 *
 * @throws ComposeError for a URL that is none, and for one with a user or a password, which everybody could read in the
 * Deployment; and for exceptions that are none.
 * @see https://pkg.go.dev/net/http#ProxyFromEnvironment
 *
 * @example
 * overlay({ base, components: [proxy({ url: "http://proxy.example.com:3128", except: [".example.com"] })] });
 */
export function proxy(settings: ProxySettings): Component {
  refuseFurther(proxy, arguments);
  return calledWith(proxy, [settings], () => {
    refuseSettings(...unknownSettings(settings, proxySettings));
    const { url, except = [] } = settings;
    refuseUrl(url);
    refuseSettings(...except.map(malformedException));
    return component({
      patches: [
        addVariables([
          { name: "HTTPS_PROXY", value: url },
          { name: "HTTP_PROXY", value: url },
          { name: "NO_PROXY", value: [...ofCluster, ...except].join(",") },
        ]),
      ],
    });
  });
}

const proxySettings: SettingsOf<ProxySettings> = { url: null, except: null };

/** One name, domain or range each: commas stand between them. */
const malformedException = (given: string): Problem | undefined =>
  /^[^\s,/]+(?:\/\d+)?$/.test(given)
    ? undefined
    : settingProblem(
        "except",
        given,
        "is not a name, a domain or a range of addresses",
        "write each on its own, as .example.com or 10.0.0.0/8",
      );

function refuseUrl(url: string): void {
  const [, user] = /^[a-z\d]+:\/\/([^/?#]*)@/i.exec(url) ?? [];
  const base = {
    path: "url",
    expected: "such as http://proxy.example.com:3128",
    code: "manifests/proxy-url",
  } as const;
  if (user !== undefined)
    throw new ComposeError([
      {
        ...base,
        what: "the URL of the proxy has a user or a password, which everybody can read who sees the Deployment",
        fix: "let the proxy admit the cluster's addresses, or patch in variables from a Secret",
      },
    ]);
  if (!isProxy(url))
    throw new ComposeError([
      {
        ...base,
        what: "the URL is not that of a proxy",
        fix: "state its scheme, host and port, and no more",
      },
    ]);
}

/** Go takes a path or a query, too, and does nothing with it; around it, it takes no blank. */
const isProxy = (url: string): boolean =>
  /^(?:https?|socks5h?):\/\/[^\s/?#@]+\/?$/i.test(url) && URL.canParse(url);
