import { InputError, type Finding } from "@atlas/input";
import type { GitOpsTool } from "@atlas/manifests/gitops";
import { printedUrl } from "@atlas/download";
import { labelProblem } from "../../problems/label.ts";
import type { GitOpsRequest } from "./gitops.ts";

/** The options of the command, as they were given. */
export interface GitOpsOptions {
  readonly tool: GitOpsTool;
  readonly names: readonly string[];
  readonly repo: string;
  readonly revision: string;
  readonly path: string;
  readonly namespace: string | undefined;
  readonly dependsOn: readonly string[];
  readonly output: string | undefined;
  readonly environments: string | undefined;
}

/** Where each tool looks, unless it is set up otherwise. */
const usualNamespaces: Readonly<Record<GitOpsTool, string>> = { argocd: "argocd", flux: "flux-system" };

/**
 * What the options ask for.
 *
 * @throws {InputError} with everything that is wrong with them.
 */
export function gitopsRequest(options: GitOpsOptions): GitOpsRequest {
  const { tool, repo, revision, path, dependsOn, namespace = usualNamespaces[tool], ...rest } = options;
  const references = dependsOn.map((text) => text.split("/"));
  const findings = [
    repositoryProblem(repo, tool),
    revisionProblem(revision, tool),
    pathProblem(path),
    labelProblem("--namespace", namespace),
    ...references.flatMap((parts) => referenceProblems(parts)),
  ].filter((finding) => finding !== undefined);
  if (findings.length > 0) throw new InputError(findings);
  return {
    ...rest,
    tool,
    source: { url: repo, revision, path, namespace },
    dependsOn: references.map(([first = "", second]) =>
      second === undefined ? { name: first } : { namespace: first, name: second },
    ),
  };
}

/** A URL as both tools take it; Argo CD also takes `user@host:path`, as git does. What is written is read by many. */
function repositoryProblem(repo: string, tool: GitOpsTool): Finding | undefined {
  const expected = `https://… or ssh://…${tool === "argocd" ? ", or user@host:path" : ""}`;
  const scp = /^([^@:/\s]+@[^:/\s]+):([^\s]+)$/.exec(repo);
  if (scp && tool === "argocd") return undefined;
  const malformed = { code: "option-value-malformed", expected } as const;
  if (scp)
    return {
      ...malformed,
      what: `--repo ${JSON.stringify(repo)} is no URL, as Flux takes it`,
      fix: `did you mean "ssh://${scp[1]}/${scp[2]}"?`,
    };
  const url = URL.canParse(repo) ? new URL(repo) : undefined;
  if (!url || !/^(?:https?|ssh):$/.test(url.protocol) || /\s/.test(repo))
    return {
      ...malformed,
      what: `--repo ${JSON.stringify(url ? printedUrl(url) : repo)} is no URL of a repository`,
      fix: "give the URL that the cluster reaches it by",
    };
  if (url.password === "" && (url.username === "" || url.protocol === "ssh:")) return undefined;
  return {
    ...malformed,
    what: `--repo ${printedUrl(url)} holds a user or a password, which everybody who sees what is written could read`,
    fix: `leave it out, and give it to ${tool === "argocd" ? "Argo CD" : "Flux"} in a Secret`,
  };
}

function revisionProblem(revision: string, tool: GitOpsTool): Finding | undefined {
  // Argo CD finds the commit that is meant, where no branch and no tag is called so; to Flux it would be a branch.
  if (tool === "flux" && isCommitInPart(revision)) return abbreviated(revision);
  // Source: git check-ref-format.
  if (!/[\s~^:?*[\\\p{Cc}]|\.\.|@\{|^[-/.]|[/.]$|\/\//u.test(revision)) return undefined;
  return {
    code: "option-value-malformed",
    what: `--revision ${JSON.stringify(revision)} is none of git's`,
    expected: "a branch, a commit, or a reference as refs/tags/v1",
    fix: "name one that is in the repository",
  };
}

/** Git abbreviates to no fewer than 7 digits by itself; Flux takes 40 small ones for a commit. */
const isCommitInPart = (revision: string): boolean =>
  /^[0-9a-f]{7,40}$/i.test(revision) && !/^[0-9a-f]{40}$/.test(revision);

const abbreviated = (revision: string): Finding => ({
  code: "option-value-malformed",
  what: `--revision ${revision} may be a commit or a branch, and Flux would take it for a branch`,
  expected: "all 40 digits of a commit, in small letters, or the full name of a branch",
  fix:
    revision.length === 40
      ? `did you mean "${revision.toLowerCase()}"? Of a branch, say refs/heads/${revision}`
      : `take what git rev-parse ${revision} prints; of a branch, say refs/heads/${revision}`,
});

function pathProblem(path: string): Finding | undefined {
  const parts = path.split("/");
  if (!path.startsWith("/") && !path.includes("\\") && !parts.includes("..")) return undefined;
  return {
    code: "option-value-malformed",
    what: `--path ${JSON.stringify(path)} leads out of the repository`,
    expected: "a folder in it, by its path from the repository's root",
    fix: "give the path with slashes, as deploy/manifests",
  };
}

function referenceProblems(parts: readonly string[]): (Finding | undefined)[] {
  if (parts.length <= 2) return parts.map((part) => labelProblem("--depends-on", part));
  return [
    {
      code: "option-value-malformed",
      what: `--depends-on ${JSON.stringify(parts.join("/"))} names no Kustomization`,
      expected: "its name, or its namespace and its name: infra/istio",
      fix: "leave out what is too much",
    },
  ];
}
