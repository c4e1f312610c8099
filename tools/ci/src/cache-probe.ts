import { printedUrl } from "@atlas/download";
import { UnusableInput } from "./input-error.ts";

/** The variables in which Nx looks for a self-hosted remote cache. */
export const remoteCache = {
  server: "NX_SELF_HOSTED_REMOTE_CACHE_SERVER",
  token: "NX_SELF_HOSTED_REMOTE_CACHE_ACCESS_TOKEN",
} as const;

/** A remote cache that works. */
export interface RemoteCache {
  readonly server: string;
  readonly token: string | undefined;
}

/** What a run may do at most; `read` is for runs whose code anyone can change. */
export type CacheAccess = "read" | "write";

/** What to ask of a cache. */
export interface ProbeOptions {
  readonly access: CacheAccess;
  /** Milliseconds for each of the two answers. */
  readonly timeout: number;
}

/** Hashes of Nx are numbers of 64 bits that are hardly ever so small. */
const absent = "00000000000000000000";
const probeText = "00000000000000000001";

/**
 * Asks the remote cache that the environment names to read, and to write, as Nx will: Nx fails tasks when the cache
 * cannot be reached or refuses its token, and waits for ever when it does not answer.
 *
 * @returns undefined when it does not work, or when it lets a run write that may only read; stderr says why.
 * @see https://nx.dev/docs/kb/self-hosted-caching for the protocol
 */
export async function probeCache(
  env: NodeJS.ProcessEnv,
  { access, timeout }: ProbeOptions,
): Promise<RemoteCache | undefined> {
  const { [remoteCache.server]: server, [remoteCache.token]: token } = env;
  if (!server) return reportProbe("no remote cache is set", undefined);
  try {
    refuseControls({ server, token });
    refuseCredentials(server);
    const read = await ask({ server, token }, "GET", absent, timeout);
    if (read !== 404) throw new UnusableInput(`an absent entry was answered with ${read} in place of 404`);
    const write = await ask({ server, token }, "PUT", probeText, timeout);
    // 409: the entry is there, from an earlier probe. A client that may only read gets 403, which Nx passes over.
    const mayWrite = (write >= 200 && write < 300) || write === 409;
    if (!mayWrite && write !== 403)
      throw new UnusableInput(`an entry that was sent was answered with ${write}`);
    if (mayWrite && access === "read")
      throw new UnusableInput("its token can write, and this run may only read");
    return reportProbe(`the remote cache works, ${mayWrite ? "to read and write" : "to read"}`, {
      server,
      token,
    });
  } catch (error) {
    return reportProbe(
      `the local cache is used: ${printedUrl(server)}: ${probeFailure(error, timeout)}`,
      undefined,
    );
  }
}

/** The lines to export, as `$GITHUB_ENV` and `export` take them. */
export function exportsFor(cache: RemoteCache | undefined): string {
  const token = cache?.token === undefined ? [] : [`${remoteCache.token}=${cache.token}\n`];
  return [`${remoteCache.server}=${cache?.server ?? ""}\n`, ...token].join("");
}

function reportProbe<Result>(line: string, result: Result): Result {
  process.stderr.write(`cache-probe: ${line}\n`);
  return result;
}

/** A line break in a value would export more than the value. */
function refuseControls(values: Record<string, string | undefined>): void {
  for (const [name, value = ""] of Object.entries(values)) {
    if (/[\s\p{Cc}]/u.test(value)) throw new UnusableInput(`the ${name} has spaces or control characters`);
  }
}

/** Nx asks with `fetch`, too, which takes no such URL, and says all of it. */
function refuseCredentials(server: string): void {
  const { username, password } = new URL(server);
  if (username || password)
    throw new UnusableInput(`its URL holds a user or password; give a token in ${remoteCache.token}`);
}

async function ask(
  { server, token }: RemoteCache,
  method: string,
  hash: string,
  timeout: number,
): Promise<number> {
  const { status, body } = await fetch(`${server.replace(/\/$/, "")}/v1/cache/${hash}`, {
    method,
    redirect: "manual",
    signal: AbortSignal.timeout(timeout),
    headers: {
      "content-type": "application/octet-stream",
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    // An empty tar archive.
    ...(method === "PUT" && { body: new Uint8Array(1024) }),
  });
  await body?.cancel();
  return status;
}

function probeFailure(error: unknown, timeout: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no answer in ${timeout / 1000} s`;
  const { cause } = error;
  return cause instanceof Error && cause.message ? cause.message : error.message;
}
