import { knownVersions } from "@atlas/compose";
import {
  asksForHelp,
  command,
  refuseEmpty,
  refuseExtra,
  requireOne,
  unknown,
  usageOf,
  type Command,
  type Run,
} from "./command.ts";
import { choice } from "./refused-options.ts";
import { renderCommand } from "./render-command.ts";
import { environmentsOption, ofFindings } from "./shared-options.ts";
import { InputError } from "@atlas/input";

const ofReports = ["text", "json"] as const;
const shells = ["bash", "zsh", "fish"] as const;

const formatOption = { type: "string", choices: ofReports, about: "for a person, or for a program" } as const;

/** Every command. A new one is an entry here and a file in commands/; its help and its completion follow. */
export const commands: readonly Command[] = [
  renderCommand,
  command(
    {
      name: "list",
      about: "show the environments, with release, replicas and namespace",
      options: { format: formatOption, environments: environmentsOption },
      examples: ["list", "list --format json"],
    },
    ({ values, positionals }) => {
      const request = { format: values.format, environments: values.environments };
      refuseEmpty({ environments: values.environments });
      refuseExtra(positionals, "list", "options only", "leave it out; list shows every environment");
      return async () => (await import("../commands/list.ts")).list(request);
    },
  ),
  command(
    {
      name: "explain",
      takes: "ENVIRONMENT KIND/NAME [PATH]",
      about: "show which layers have set a value, in which file and line, and what it was before",
      options: { format: formatOption, environments: environmentsOption },
      examples: [
        "explain dev Deployment/atlas-operator",
        "explain dev Deployment/atlas-operator spec.replicas",
      ],
    },
    ({ values, positionals }) => {
      refuseEmpty({ environments: values.environments });
      const [environment, object, path = "", ...extra] = positionals;
      const example = "for example: explain dev Deployment/atlas-operator spec.replicas";
      refuseExtra(extra, "explain", "an environment, an object and a path", example);
      if (environment === undefined || object === undefined)
        throw asksNothing("explain", "an environment and an object", example);
      const { format, environments: folder } = values;
      const request = { environment, object, path, format, environments: folder };
      return async () => (await import("../commands/explain/explain.ts")).explainCommand(request);
    },
  ),
  command(
    {
      name: "report",
      takes: "[ENVIRONMENT...]",
      about: "write a page to look at: objects, connections and why, permissions, environments side by side",
      details:
        "One HTML file, which needs nothing from elsewhere and runs nothing. Values of Secrets are not in it.",
      options: {
        output: {
          type: "string",
          short: "o",
          value: "FILE|-",
          about: "write FILE, or over an earlier report; - is stdout, as without the option",
        },
        environments: environmentsOption,
      },
      examples: ["report -o report.html", "report dev staging -o report.html"],
    },
    ({ values: { output, environments: folder }, positionals }) => {
      refuseEmpty({ output }, "a file");
      refuseEmpty({ environments: folder });
      const request = { names: positionals, output, environments: folder };
      return async () => (await import("../commands/report/report.ts")).reportCommand(request);
    },
  ),
  command(
    {
      name: "check",
      takes: "[ENVIRONMENT...]",
      about: "say what will not work of environments or manifests, and why, before anything is applied",
      details:
        "Without a name, all environments are checked, unless --file names manifests, whatever rendered them. An object says by an\nannotation checks.atlas-manifests/ignore-CODE why a finding about it may be.",
      options: {
        file: {
          type: "string",
          short: "f",
          multiple: true,
          value: "FILE|-",
          about: "check the objects in FILE, or those on stdin",
        },
        format: {
          type: "string",
          choices: ofFindings,
          about: "for a person, for a program, for code scanning, or for the log of a GitHub workflow",
        },
        explain: {
          type: "string",
          value: "CODE",
          isAlone: true,
          about: "say what a problem or a finding of CODE is, and how it is fixed",
        },
        assumptions: {
          type: "boolean",
          about:
            "say what a cluster must have for them to work, as text or JSON: kinds, Secrets, classes, providers",
        },
        live: {
          type: "boolean",
          excludes: ["assumptions"],
          about:
            "say what is wrong in the cluster of the kubeconfig that they were applied to, as text or JSON",
        },
        environments: environmentsOption,
      },
      examples: [
        "check dev",
        "helm template shop ./chart | atlas-render check --file -",
        "check --explain memory-unlimited",
        "check dev --assumptions",
        "check dev --live",
      ],
    },
    ({ values, positionals: names }) => {
      const { explain: code, environments: folder, file: files = [], format } = values;
      refuseEmpty({ environments: folder });
      if (folder !== undefined && files.length > 0 && names.length === 0) throw noEnvironmentNamed();
      if (code !== undefined)
        return async () => (await import("../commands/check/explain-code.ts")).explainCode(code);
      const request = { names, files, environments: folder };
      if (values.live === true) {
        const shown = choice("format", format, ofReports);
        return async () =>
          (await import("../commands/check/live.ts")).checkLive({ ...request, format: shown });
      }
      if (values.assumptions === true) {
        const shown = choice("format", format, ofReports);
        return async () =>
          (await import("../commands/check/assumptions.ts")).printAssumptions({ ...request, format: shown });
      }
      return async () => (await import("../commands/check/check.ts")).checkCommand({ ...request, format });
    },
  ),
  command(
    {
      name: "can-reach",
      takes: "ENVIRONMENT FROM HOST:PORT",
      about: "say whether a workload reaches a Service, a workload or an address, and what decides",
      details:
        "FROM is the name of a workload, or how it ends. Ends with 1 when the connection does not get through.",
      options: {
        file: {
          type: "string",
          short: "f",
          multiple: true,
          value: "FILE|-",
          about: "manifests of what else is in the cluster",
        },
        environments: environmentsOption,
      },
      examples: [
        "can-reach dev operator postgres.db:5432 --file postgres.yaml",
        "can-reach dev operator 10.0.0.1:443",
      ],
    },
    ({ values: { file: files = [], environments: folder }, positionals }) => {
      refuseEmpty({ environments: folder });
      const [environment, from, to, ...extra] = positionals;
      const example = "for example: can-reach dev operator 10.0.0.1:443";
      refuseExtra(extra, "can-reach", "an environment, a workload and a destination", example);
      if (environment === undefined || from === undefined || to === undefined)
        throw asksNothing("can-reach", "an environment, a workload and a destination", example);
      const request = { environment, from, to, files, environments: folder };
      return async () => (await import("../commands/ask/can-reach.ts")).canReach(request);
    },
  ),
  command(
    {
      name: "who-can",
      takes: "ENVIRONMENT VERB RESOURCE",
      about: "say who may do something, by which binding, role and rule",
      details:
        "RESOURCE is secrets, deployments.apps, pods/log, or a path of the API server's, as /metrics. Groups are named with the\nServiceAccounts that are in them; what a cluster has beyond the objects is not known here.",
      options: {
        namespace: { type: "string", short: "n", value: "NAME", about: "in this namespace alone" },
        name: { type: "string", value: "NAME", about: "with the object of this name" },
        file: {
          type: "string",
          short: "f",
          multiple: true,
          value: "FILE|-",
          about: "manifests of what else is in the cluster",
        },
        format: formatOption,
        environments: environmentsOption,
      },
      examples: ["who-can dev delete secrets", "who-can dev update atlasschemas/status --format json"],
    },
    ({ values, positionals }) => {
      const { file: files = [], environments: folder, namespace, name, format } = values;
      refuseEmpty({ environments: folder });
      refuseEmpty({ namespace, name }, "a name");
      const [environment, verb, resource, ...extra] = positionals;
      const example = "for example: who-can dev delete secrets";
      refuseExtra(extra, "who-can", "an environment, a verb and a resource", example);
      if (environment === undefined || verb === undefined || resource === undefined)
        throw asksNothing("who-can", "an environment, a verb and a resource", example);
      const request = { environment, verb, resource, namespace, name, files, format };
      return async () =>
        (await import("../commands/ask/who-can.ts")).whoCanCommand({ ...request, environments: folder });
    },
  ),
  command(
    {
      name: "gitops",
      takes: "[ENVIRONMENT...]",
      about: "write what Argo CD or Flux reads to deliver environments from a repository",
      details:
        'The repository holds what `render` has written. An environment that would lose people\'s data when an object is taken out,\nor that would be applied in an order that fails, is refused: gitops("argocd"), or ("flux"), of @atlas/manifests/options,\namong its components, keeps the data and sets the order.',
      options: {
        argocd: {
          type: "boolean",
          excludes: ["flux", "depends-on"],
          about: "an Application each, and an ApplicationSet for a fleet",
        },
        flux: { type: "boolean", about: "a GitRepository, and a Kustomization each" },
        repo: { type: "string", value: "URL", about: "the repository that holds the rendered folders" },
        revision: {
          type: "string",
          value: "REV",
          about: "its branch; also a commit of 40 digits, or a reference as refs/tags/v1 (default: main)",
        },
        path: {
          type: "string",
          value: "DIR",
          about: "the folder in it that was rendered into (default: dist/manifests)",
        },
        namespace: {
          type: "string",
          short: "n",
          value: "NAME",
          about: "where the tool looks for its objects (default: argocd, or flux-system)",
        },
        "depends-on": {
          type: "string",
          multiple: true,
          value: "[NAMESPACE/]NAME",
          about: "another Kustomization of Flux that has to be ready before, such as that of Istio",
        },
        output: {
          type: "string",
          short: "o",
          value: "DIR|-",
          about:
            "write a file an object into DIR, and remove what is left over there; - is stdout, as without",
        },
        environments: environmentsOption,
      },
      examples: [
        "gitops production --argocd --repo https://git.example.com/platform.git -o applications",
        "gitops dev --flux --repo https://git.example.com/platform.git --depends-on istio",
      ],
    },
    ({ values, positionals: names }) => {
      const { argocd = false, flux = false, output, environments: folder, namespace } = values;
      const { repo, revision = "main", path = "dist/manifests", "depends-on": dependsOn = [] } = values;
      const example = "for example: gitops dev --argocd --repo https://git.example.com/platform.git";
      if (!argocd && !flux) throw asksNothing("gitops", "--argocd or --flux", example);
      refuseEmpty({ output, environments: folder, path });
      refuseEmpty({ revision, namespace }, "a name");
      if (repo === undefined) throw asksNothing("gitops", "--repo URL", example);
      const tool = argocd ? "argocd" : "flux";
      return async () => {
        const { gitopsRequest } = await import("../commands/gitops/gitops-request.ts");
        const given = { tool, names, repo, revision, path, namespace, dependsOn, output } as const;
        const request = gitopsRequest({ ...given, environments: folder });
        return (await import("../commands/gitops/gitops.ts")).gitopsCommand(request);
      };
    },
  ),
  command(
    {
      name: "new",
      takes: "NAME",
      about: "make the overlay folder of an environment that stands on another, and say what differs",
      details:
        "What no option says is asked on a terminal; without one, the other environment's values are taken.",
      options: {
        from: { type: "string", value: "ENVIRONMENT", about: "the environment below (default: dev)" },
        namespace: { type: "string", value: "NAME", about: "the namespace of its objects" },
        "name-prefix": {
          type: "string",
          value: "TEXT",
          about: "what the names of its objects start with, for two of them in one cluster",
        },
        "kubernetes-version": {
          type: "string",
          value: "V",
          words: knownVersions,
          about: `the version of Kubernetes that its cluster has (default: that of the one below, or ${knownVersions.at(-1)})`,
        },
        replicas: { type: "string", value: "N", about: "the operator's replicas" },
        version: { type: "string", value: "V", about: "the operator's release" },
        digest: { type: "string", value: "sha256:...", about: "the digest of that release's image" },
        environments: environmentsOption,
      },
      examples: ["new staging --from dev --namespace atlas-staging --replicas 3"],
    },
    ({ values: { environments: folder, ...given }, positionals }) => {
      const name = requireOne(positionals, "new", "a name for the environment");
      refuseEmpty({ environments: folder });
      const { from, namespace, replicas, version, digest } = given;
      const answers = {
        from,
        namespace,
        "name-prefix": given["name-prefix"],
        "kubernetes-version": given["kubernetes-version"],
        replicas,
        version,
        digest,
      };
      return async () =>
        (await import("../commands/new/new.ts")).newEnvironment({
          name,
          given: answers,
          environments: folder,
        });
    },
  ),
  command(
    {
      name: "upgrade",
      takes: "VERSION",
      about: "take a release of the operator into this workspace, and say what that changes",
      details:
        "Of a release, its version and digest are taken, and the CRDs that its config/crd/kustomization.yaml lists. When anything\nfails, every file is as it was.",
      options: {
        digest: {
          type: "string",
          value: "sha256:...",
          about: "the digest of the release's image (default: the registry's)",
        },
        crds: {
          type: "string",
          multiple: true,
          value: "FILE|URL",
          about: "the list of its CRDs, or the files, none of which may be missing (default: upstream's)",
        },
      },
      examples: ["upgrade v0.7.37", "upgrade v0.7.37 --crds ../crds/*.yaml"],
    },
    ({ values: { digest, crds = [] }, positionals }) => {
      // A shell's `--crds *.yaml` gives the option one file, and the others by themselves.
      const taken = crds.length === 0 ? positionals : positionals.slice(0, 1);
      const version = requireOne(taken, "upgrade", "a release of the operator");
      const request = { version, digest, crds: [...crds, ...positionals.slice(1)] };
      return async () => (await import("../commands/upgrade/upgrade.ts")).upgrade(request);
    },
  ),
  command(
    {
      name: "import-kustomize",
      takes: "DIR",
      about: "turn a Kustomize directory into TypeScript, and prove that it comes to the same objects",
      options: {
        output: {
          type: "string",
          short: "o",
          value: "DIR",
          about: "write the sources into DIR (default: imported)",
        },
        partial: {
          type: "boolean",
          about: "leave what cannot be imported as Kustomize builds it, in YAML files, and end with 1",
        },
      },
      examples: ["import-kustomize deploy --output imported"],
    },
    ({ values: { output = "imported", partial: isPartial = false }, positionals }) => {
      refuseEmpty({ output });
      const expected = "the folder of an overlay, or one that holds bases and overlays";
      const folder = requireOne(positionals, "import-kustomize", expected);
      const request = { folder, output, isPartial };
      return async () => (await import("../commands/import-kustomize.ts")).importFolder(request);
    },
  ),
  command(
    {
      name: "init",
      takes: "[DIR]",
      about: "start a repository of environments of your own in an empty folder, the current one without DIR",
      examples: ["init environments"],
    },
    ({ positionals: [folder = ".", ...extra] }) => {
      refuseExtra(extra, "init", "one folder", "leave it out");
      return async () => (await import("../commands/init/init.ts")).init({ folder });
    },
  ),
  command(
    {
      name: "completion",
      takes: shells.join("|"),
      about: "write what makes a shell complete commands, options and environments",
      examples: ["completion bash > /etc/bash_completion.d/atlas-render", "completion fish | source"],
    },
    ({ positionals }) => {
      const given = requireOne(positionals, "completion", shells.join(" or "));
      const shell = shells.find((each) => each === given);
      if (shell === undefined) throw unknown("shell", given, shells);
      return async () => (await import("./completion.ts")).completion(shell, commands);
    },
  ),
  command(
    { name: "help", takes: "[COMMAND]", about: "say what there is, or what a command does and takes" },
    ({ positionals: [name, ...extra] }) => {
      refuseExtra(extra, "help", "one command", "leave it out");
      return () => help(name);
    },
  ),
  command({ name: "version", about: "say which version this is" }, ({ positionals }) => {
    refuseExtra(positionals, "version", "nothing else", "leave it out");
    return printVersion;
  }),
];

const commandNamed = (name: string): Command | undefined =>
  commands.find((each) => each.name === name || each.alias === name);

/** Commands that people give as an option. */
const commandsAsOptions: Readonly<Record<string, string>> = {
  "--help": "help",
  "-h": "help",
  "--version": "version",
};

/**
 * What the command line asks for.
 *
 * @throws {InputError} when it asks for nothing that exists.
 */
export function parseCommandLine(args: readonly string[]): Run {
  const [name, ...rest] = args;
  const chosen = name === undefined ? undefined : commandNamed(commandsAsOptions[name] ?? name);
  if (!chosen) return () => help(name, true);
  if (asksForHelp(rest)) return () => help(chosen.name);
  return chosen.prepare(rest);
}

/**
 * The help of all commands, or of one.
 *
 * @param isMissing whether it is a command that was to be named.
 * @throws {InputError} when there is no such command.
 */
async function help(name: string | undefined, isMissing = false): Promise<string> {
  const { helpOf, helpOfAll, noSuchCommand } = await import("./help.ts");
  const found = name === undefined ? undefined : commandNamed(name);
  if (found) return helpOf(found);
  if (name === undefined && !isMissing) return helpOfAll(commands);
  throw noSuchCommand(name, commands);
}

/** The error for a command that needs more than it is given. */
function asksNothing(name: string, needed: string, fix: string): InputError {
  const declared = commandNamed(name);
  const expected = declared ? usageOf(declared) : "";
  return new InputError([{ code: "usage-wrong", what: `${name} needs ${needed}`, expected, fix }]);
}

function noEnvironmentNamed(): InputError {
  return new InputError([
    {
      code: "option-unused",
      what: "check --file without an environment looks at the files alone, and --environments would be passed over",
      expected: "an environment beside the files, or files alone",
      fix: "name an environment, or leave --environments out",
    },
  ]);
}

async function printVersion(): Promise<string> {
  const { ownVersion } = await import("../environments/own-version.ts");
  return `${ownVersion()}\n`;
}
