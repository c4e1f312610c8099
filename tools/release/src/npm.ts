import { spawnSync } from "node:child_process";
import type { PackedRelease } from "./plan.ts";

/** What npm could not do; npm's own words are in the message or on stderr. */
export class NpmError extends Error {
  override readonly name: string = "NpmError";
}

/**
 * Whether the registry has this version.
 *
 * @param options options of npm, such as the registry.
 * @throws {NpmError} when the registry gives no answer.
 */
export function isPublished({ name, version }: PackedRelease, options: readonly string[]): boolean {
  const { stdout, stderr } = spawnSync("npm", ["view", name, "versions", "--json", ...options], {
    encoding: "utf8",
  });
  const answer: unknown = parseJson(stdout);
  if (Array.isArray(answer)) return answer.includes(version);
  if (typeof answer === "string") return answer === version;
  if (npmErrorCode(answer) === "E404") return false;
  throw new NpmError(`npm can't say which versions of ${name} there are:\n${stderr || stdout}`);
}

/**
 * Publishes a tarball. In a workflow with `id-token: write` npm 11.5.1 or later exchanges the workflow's identity for a
 * token of this one package (https://docs.npmjs.com/trusted-publishers).
 *
 * @param options options of npm beside those that the plan states.
 * @throws {NpmError} when npm fails.
 */
export function publish({ name, version, tag, tarball }: PackedRelease, options: readonly string[]): void {
  const args = ["publish", tarball, "--access", "public", "--tag", tag, ...options];
  // On stdout npm says what was published, as the caller does; all else it says on stderr.
  const { status } = spawnSync("npm", args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status === 0) return;
  throw new NpmError(
    `npm could not publish ${name}@${version}. What came before it is published; fix the cause and run this again.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `{ "error": { "code": "E404" } }`, in which npm says with `--json` that there is no such package. */
function npmErrorCode(answer: unknown): unknown {
  if (typeof answer !== "object" || answer === null || !("error" in answer)) return undefined;
  const { error } = answer;
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}
