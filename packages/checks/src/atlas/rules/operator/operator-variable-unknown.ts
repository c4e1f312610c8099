import { found, type Found, type Rule } from "../../../findings/rule.ts";
import { kubectlName } from "../../../objects/kubernetes-object.ts";
import { nearestName } from "../../../objects/near.ts";
import { at, elements, isThere, textAt, type Node } from "../../../objects/node.ts";
import { wholeText } from "../../../objects/text.ts";
import { isWrapped } from "../../flags.ts";
import { operatorsIn, type Operator } from "../../operator.ts";
import { allowsCustomConfig } from "../../custom-config.ts";
import { knownBy, type Known } from "../../releases.ts";

export const operatorVariableUnknown: Rule = {
  code: "operator-variable-unknown",
  severity: "warning",
  why: "A variable that the release does not read changes nothing, and nothing says so.",
  fix: "correct its name, or declare a release that reads it",
  link: "https://github.com/ariga/atlas-operator/releases",
  find: (world) =>
    operatorsIn(world).flatMap((operator) => {
      const { container, version } = operator;
      const known = knownBy(world.knowledge, version);
      if (known === undefined) return [];
      const ownVariables = elements(at(container, "env")).flatMap((variable) => {
        const node = at(variable, "name");
        const name = textAt(node) ?? "";
        const misread = ofName(node, name, operator, known);
        if (misread !== undefined) return misread;
        if (isReadByOthers(operator, name, variable)) return [];
        const fix = "take it out, or say who reads it as the reason to ignore this";
        return [
          found(node, `${version} does not read ${name}, and nothing else that is known of does`, { fix }),
        ];
      });
      return [...ownVariables, ...fromOtherObjects(operator, known)];
    }),
};

/** What is wrong with a name that is nearly one that releases read, or one of another; undefined for what may be others'. */
function ofName(node: Node, name: string, { version }: Operator, known: Known): readonly Found[] | undefined {
  const since = known.laterVariables.get(name);
  if (since !== undefined)
    return [found(node, `${version} does not read ${name}, which is there since ${since}`)];
  if (known.goneVariables.has(name)) return [found(node, `${version} reads ${name} no more`)];
  if (known.variables.has(name)) return [];
  const near = nearestName(name.toUpperCase(), known.variables);
  if (near === undefined) return undefined;
  return [found(node, `${version} does not read ${name}`, { fix: `did you mean "${near}"?` })];
}

/** Of the variables of a ConfigMap or a Secret, which other programs may share, those alone that are meant for the operator. */
const fromOtherObjects = (operator: Operator, known: Known): readonly Found[] =>
  [...operator.environment.variables].flatMap(([name, { node, written }]) => {
    const isInEnv = elements(at(operator.container, "env")).some(
      (each) => at(each, "name").path === node.path,
    );
    if (isInEnv) return [];
    const misread = ofName(written, name, operator, known) ?? [];
    return misread.map((each) => ({
      ...each,
      what: `${each.what}, and has it of ${kubectlName(written.object)}`,
    }));
  });

/**
 * Whether somebody else may read a variable: Go, Atlas, the drivers of databases, the libraries of clouds, a proxy, agents, or
 * an argument or another variable that it stands in. A configuration of an object's own may ask for any.
 */
const isReadByOthers = (operator: Operator, name: string, variable: Node): boolean =>
  variablesOfOthers.test(name) ||
  isThere(at(variable, "valueFrom")) ||
  allowsCustomConfig(operator) ||
  isWrapped(operator) ||
  wholeText(operator.container.value).includes(`$(${name})`);

const variablesOfOthers =
  /^(?:(?:GO|ATLAS_|AWS_|AZURE_|GOOGLE_|GCE_|GCP_|GCLOUD_|CLOUDSDK_|IDENTITY_|MSI_|VAULT_|OCI_|KUBERNETES_|PG|MYSQL_|MARIADB_|MSSQL_|CLICKHOUSE_|TURSO_|LIBSQL_|SNOWFLAKE_|ORACLE_|KRB5|TNS_|SSL_|OTEL_|DD_|ELASTIC_|NEW_RELIC_|SENTRY_|STATSD_|ISTIO_|LINKERD_|XDG_|LC_|DOCKER_|GRPC_|LD_|JAEGER_|GIT_|SSH_|POD_|NODE_|HOST_|CLUSTER_)[A-Z0-9_]*|(?:https?|all|no|ftp)_proxy|KUBECONFIG|HOME|PATH|USER|LANG|TZ|TMPDIR|TERM|HOSTNAME|PWD|SHELL|DEBUG|LOG_LEVEL|NO_COLOR|ZONEINFO|NAMESPACE|WATCH_NAMESPACE)$/i;
