import { existsSync } from "node:fs";
import { didYouMean, knownVersions, type Layer, type Resource } from "@atlas/compose";
import { otherReleaseOf } from "@atlas/manifests/releases";
import type { Finding } from "@atlas/input";
import type { Import } from "@atlas/typescript/write";
import type { Answers } from "./answers.ts";
import { versionOf } from "../../rendering/rendering.ts";
import { rowOf } from "../../rendering/environment-row.ts";
import type { Environment, EnvironmentFolder } from "../../environments/environment.ts";
import { labelProblem } from "../../problems/label.ts";
import type { OverlayFolders } from "../../environments/overlay-folders.ts";
import type { NewNamespace, OverlayFacts } from "./overlay-source.ts";
import type { Rendering } from "../../rendering/rendering.ts";
import { environmentNamed, noSuchEnvironment } from "../../environments/environment-name.ts";

/** The environment that a new one stands on: `dev` where there is one. */
export async function askFrom(
  { environments, installed, base }: OverlayFolders,
  answers: Answers,
): Promise<EnvironmentFolder> {
  const all = [base, ...environments.filter(({ name }) => name !== base.name), ...installed];
  const names = all.map((other) => other.name);
  const named = (given: string): EnvironmentFolder | undefined =>
    all.find((other) => other.name === environmentNamed(given, all));
  const name = await answers.ask({
    option: "from",
    text: "The environment it stands on",
    fallback: names.includes("dev") ? "dev" : base.name,
    check: (answer) => (named(answer) ? undefined : noSuchEnvironment(answer, names)),
  });
  return named(name) ?? base;
}

/** What the new environment has that the one below has not. */
export async function askFacts(
  name: string,
  from: EnvironmentFolder & Environment,
  below: Rendering,
  folders: OverlayFolders,
  answers: Answers,
): Promise<OverlayFacts> {
  const row = rowOf(below);
  const namespace = await askNamespace(below, answers);
  const namePrefix = await askNamePrefix(from.name, answers);
  const kubernetesVersion = await askKubernetesVersion(versionOf(from.layer()), answers);
  const replicas = await askReplicas(row.replicas, answers);
  const image = await askImage(row.version, answers);
  return {
    name,
    from: from.name,
    importBase: baseImport(from, folders),
    operator: folders.imports.operator,
    namespace: namespace === undefined ? undefined : await newNamespace(namespace, from, below, folders),
    namePrefix,
    kubernetesVersion,
    replicas,
    image,
  };
}

function baseImport(from: EnvironmentFolder, { base, imports, installed }: OverlayFolders): Import {
  if (from.module.href === base.module.href) return imports.base;
  const module = installed.some(({ name }) => name === from.name)
    ? from.name
    : `../${from.name}/${fileNameOf(from.module)}`;
  return { from: module, defaultName: "base" };
}

const fileNameOf = ({ pathname }: URL): string => pathname.slice(pathname.lastIndexOf("/") + 1);

/** The namespace, where it is another than that of the environment below. */
async function askNamespace(
  { namespace = "default" }: Rendering,
  answers: Answers,
): Promise<string | undefined> {
  const answer = await answers.ask({
    option: "namespace",
    text: "Namespace",
    fallback: namespace,
    check: (given) => labelProblem("a namespace", given),
  });
  return answer === namespace ? undefined : answer;
}

/** What its names start with, if anything. Without a terminal, what it would be good for is said at the end. */
async function askNamePrefix(from: string, answers: Answers): Promise<string | undefined> {
  if (!answers.isGiven("name-prefix") && !answers.isAsking) return undefined;
  const answer = await answers.ask({
    option: "name-prefix",
    text: `A prefix of its names, for a cluster that has ${from} as well; none is "-"`,
    fallback: "-",
    check: (given) =>
      given === "-" || /^[a-z0-9][-.a-z0-9]{0,61}$/.test(given)
        ? undefined
        : {
            code: "option-value-malformed",
            what: `a prefix cannot be ${JSON.stringify(given)}`,
            expected: "small letters, digits, dots and dashes, such as staging-",
            fix: "give such a prefix",
          },
  });
  return answer === "-" ? undefined : answer;
}

/** The version of Kubernetes that its cluster has, where it is another than that of the environment below, or stated. */
async function askKubernetesVersion(
  below: string | undefined,
  answers: Answers,
): Promise<string | undefined> {
  const current = below ?? knownVersions.at(-1);
  const answer = await answers.ask({
    option: "kubernetes-version",
    text: "The version of Kubernetes that its cluster has",
    fallback: current,
    check: (given) =>
      knownVersions.some((version) => version === given)
        ? undefined
        : {
            code: "option-value-malformed",
            what: `the version of Kubernetes cannot be ${JSON.stringify(given)}`,
            expected: `one of: ${knownVersions.join(", ")}`,
            fix: didYouMean(given, knownVersions, "give the nearest one"),
          },
  });
  return answer === current && !answers.isGiven("kubernetes-version") ? undefined : answer;
}

/** The number of replicas, where it is another than that of the environment below. */
async function askReplicas(current: number | undefined, answers: Answers): Promise<number | undefined> {
  // Nothing that could run is no reason to ask.
  if (current === undefined && !answers.isGiven("replicas")) return undefined;
  const answer = await answers.ask({
    option: "replicas",
    text: "Replicas",
    fallback: String(current),
    check: replicasProblem,
  });
  return Number(answer) === current ? undefined : Number(answer);
}

function replicasProblem(answer: string): Finding | undefined {
  if (/^\d+$/.test(answer) && Number(answer) < 2 ** 31) return undefined;
  return {
    code: "option-value-malformed",
    what: `replicas cannot be ${JSON.stringify(answer)}`,
    expected: "a whole number, 0 or more",
    fix: "give a number",
  };
}

/** Another release than that of the environment below: version and digest, which name one image. */
async function askImage(
  current: string | undefined,
  answers: Answers,
): Promise<{ version: string; digest: string } | undefined> {
  if (current === undefined && !answers.isGiven("version")) return undefined;
  const version = await answers.ask({
    option: "version",
    text: "The operator's version",
    fallback: current,
    check: (answer) => versionProblem(answer, answers.isGiven("digest") ? undefined : current),
  });
  if (version === current && !answers.isGiven("digest")) return undefined;
  const digest = await answers.ask({
    option: "digest",
    text: `The digest of ${version}`,
    check: (answer) => digestProblem(version, answer),
  });
  return { version, digest };
}

const withoutV = (version: string): string => version.replace(/^v/, "");

/** @param current the version of which the digest is known; undefined where another is given. */
function versionProblem(answer: string, current: string | undefined): Finding | undefined {
  const what = `the version cannot be ${JSON.stringify(answer)}`;
  if (!/^\w[\w.-]{0,127}$/.test(answer))
    return {
      code: "option-value-malformed",
      what,
      expected: "a tag: letters, digits, . _ -",
      fix: "state it as the registry does",
    };
  if (current === undefined || answer === current || withoutV(answer) !== withoutV(current)) return undefined;
  return {
    code: "option-value-malformed",
    what,
    expected: `${JSON.stringify(current)}, as the environment below has it, or another version and its digest`,
    fix: `did you mean "${current}"? Otherwise give the digest that this tag has in the registry: --digest sha256:…`,
  };
}

function digestProblem(version: string, answer: string): Finding | undefined {
  if (!/^sha256:[0-9a-f]{64}$/.test(answer))
    return {
      code: "option-value-malformed",
      what: `the digest cannot be ${JSON.stringify(answer)}`,
      expected: "sha256: and 64 hexadecimal digits",
      fix: "state it as the registry does",
    };
  const other = otherReleaseOf(version, answer);
  if (other === undefined) return undefined;
  return {
    code: "digest-of-another-version",
    what: `${answer} is the digest of ${other}: with it, ${other} would run under the name ${version}`,
    expected: `the digest of ${version}`,
    fix: "take it from the registry",
  };
}

/** The namespace, and what the environment below knows of its own. */
async function newNamespace(
  name: string,
  from: Environment,
  { objects, namespace }: Rendering,
  folders: OverlayFolders,
): Promise<NewNamespace> {
  const rendered = objects.find(({ kind }) => kind === "Namespace");
  if (!rendered) return { name };
  const { labels = {} } = rendered.metadata as { labels?: Readonly<Record<string, string>> };
  const declared = resourcesOf(from.layer()).find(({ kind }) => kind === "Namespace");
  const module = declared && (await moduleThatExports(declared, folders));
  return { name, below: { module, labels: Object.keys(labels).filter((key) => labels[key] === namespace) } };
}

const resourcesOf = ({ resources, below }: Layer): readonly Resource[] => [
  ...resources,
  ...(below ? resourcesOf(below) : []),
];

/** The `namespace.ts` among the overlays, or the installed overlay, that exports this very object. */
async function moduleThatExports(
  object: Resource,
  { environments, installed }: OverlayFolders,
): Promise<string | undefined> {
  for (const { name, module } of environments) {
    const file = module.href.replace(/index(\.\w+)$/, "namespace$1");
    if (!existsSync(new URL(file))) continue;
    const { namespace }: { namespace?: unknown } = await import(file);
    if (namespace === object) return `../${name}/${fileNameOf(new URL(file))}`;
  }
  for (const { name, module } of installed) {
    const { namespace }: { namespace?: unknown } = await import(module.href);
    if (namespace === object) return name;
  }
  return undefined;
}
