import { createHash } from "node:crypto";
import { InputError } from "./failure.ts";

/** What a registry may answer with: an index of images for several platforms, or one image. */
const manifestTypes = [
  "application/vnd.oci.image.index.v1+json",
  "application/vnd.docker.distribution.manifest.list.v2+json",
  "application/vnd.oci.image.manifest.v1+json",
  "application/vnd.docker.distribution.manifest.v2+json",
].join(", ");

const timeout = 30_000;
/** The least that every registry must take, and the most that a client need. */
const largestManifest = 4 * 1024 * 1024;

/** Why a registry gave no digest. */
class RegistryError extends Error {}

/**
 * The digest of the first of these tags that the repository has, from the registry's API, as the OCI distribution
 * specification has it: anonymously, with a bearer token where one is asked for. What the registry says the digest is
 * must be the digest of what it sends.
 *
 * @param repository as an image reference has it: `ghcr.io/owner/name`; without a host it is Docker Hub's.
 * @throws {InputError} saying what was tried, and why each failed.
 * @see https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export async function resolveDigest(
  repository: string,
  tags: readonly string[],
): Promise<{ tag: string; digest: string }> {
  const tried: string[] = [];
  for (const tag of tags) {
    const url = manifestUrl(repository, tag);
    try {
      return { tag, digest: await digestAt(url) };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      tried.push(`${url.href}: ${error.message}`);
    }
  }
  throw new InputError([
    {
      what: `the registry gave no digest of ${repository} in the version ${tags[0]}; tried: ${tried.join("; ")}`,
      expected: "a registry that can be reached without a login and has the version",
      mend: "check the version, or give the digest: --digest sha256:…",
    },
  ]);
}

/** The first part of a repository is a host when it could be one: it has a dot or a port, or is `localhost`. */
function manifestUrl(repository: string, tag: string): URL {
  const [first = "", ...rest] = repository.split("/");
  const hasHost = rest.length > 0 && /[.:]|^localhost$/.test(first);
  const host = hasHost && first !== "docker.io" ? first : "registry-1.docker.io";
  const path = hasHost ? rest : [first, ...rest];
  const name = host === "registry-1.docker.io" && path.length === 1 ? `library/${path[0]}` : path.join("/");
  // As Docker does: a registry on this very machine needs no certificate.
  const scheme = isLoopback(host.replace(/:\d+$/, "")) ? "http" : "https";
  return new URL(`${scheme}://${host}/v2/${name}/manifests/${tag}`);
}

const isLoopback = (host: string): boolean => host === "localhost" || /^127\.|^\[::1\]$/.test(host);

async function digestAt(url: URL): Promise<string> {
  let response = await request(url, { accept: manifestTypes });
  if (response.status === 401) {
    const token = await tokenFor(url, response.headers.get("www-authenticate") ?? "");
    response = await request(url, { accept: manifestTypes, authorization: `Bearer ${token}` });
  }
  if (!response.ok) throw new RegistryError(statusOf(response));
  const body = await bodyOf(response);
  const digest = `sha256:${createHash("sha256").update(body).digest("hex")}`;
  const stated = response.headers.get("docker-content-digest") ?? digest;
  if (stated === digest) return digest;
  throw new RegistryError(`it says the digest is ${stated}, but what it sent has ${digest}`);
}

/** The anonymous token that the registry's challenge asks for (RFC 6750, and Docker's token authentication). */
async function tokenFor(url: URL, challenge: string): Promise<string> {
  const parameters = new Map(
    [...challenge.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", value = ""]) => [key, value]),
  );
  const realm = parameters.get("realm");
  if (!/^bearer /i.test(challenge) || realm === undefined || !URL.canParse(realm))
    throw new RegistryError(`it asks for a login: ${challenge || "401 without a challenge"}`);
  const token = new URL(realm);
  if (token.protocol !== "https:" && !isLoopback(token.hostname))
    throw new RegistryError(`it asks for a token over plain text: ${realm}`);
  const [, name = ""] = /^\/v2\/(.+)\/manifests\//.exec(url.pathname) ?? [];
  token.searchParams.set("scope", parameters.get("scope") ?? `repository:${name}:pull`);
  const service = parameters.get("service");
  if (service !== undefined) token.searchParams.set("service", service);
  const response = await request(token, { accept: "application/json" });
  if (!response.ok) throw new RegistryError(`no token from ${realm}: ${statusOf(response)}`);
  return readToken(await bodyOf(response), realm);
}

function readToken(body: Uint8Array, realm: string): string {
  try {
    const answer = JSON.parse(Buffer.from(body).toString("utf8"));
    const token: unknown = answer?.token ?? answer?.access_token;
    if (typeof token === "string" && /^[\x21-\x7e]+$/.test(token)) return token;
  } catch {
    // Said below: it is no token either way.
  }
  throw new RegistryError(`no token in the answer of ${realm}`);
}

async function request(url: URL, headers: Record<string, string>): Promise<Response> {
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(timeout) });
  } catch (error) {
    throw unreachable(error);
  }
}

async function bodyOf(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.length;
      if (size > largestManifest)
        throw new RegistryError(`the answer is larger than ${largestManifest} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw error instanceof RegistryError ? error : unreachable(error);
  }
  return Buffer.concat(chunks);
}

const statusOf = ({ status, statusText }: Response): string => `${status} ${statusText}`.trim();

function unreachable(error: unknown): RegistryError {
  const { message, cause } = error instanceof Error ? error : new Error(String(error));
  const reason = cause instanceof AggregateError ? cause.errors[0] : cause;
  return new RegistryError(
    `it cannot be reached: ${message}${reason instanceof Error ? `: ${reason.message}` : ""}`,
  );
}
