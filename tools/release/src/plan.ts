import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** One package to publish, as `changeset pack` wrote it down. */
export interface PackedRelease {
  readonly name: string;
  readonly version: string;
  /** The dist-tag that names the version afterwards, `latest` outside of prereleases. */
  readonly tag: string;
  /** The tarball's path. */
  readonly tarball: string;
}

/** A folder that can't be published from. Carries every problem found. */
export class PlanError extends Error {
  override readonly name: string = "PlanError";
}

/** The part of `publish-plan.json`, version 1, that is read here: groups of packages, dependencies first. */
interface PlanFile {
  readonly version: number;
  readonly plan: readonly (readonly PlanEntry[])[];
}
interface PlanEntry {
  readonly kind: "publish" | "tag-only";
  readonly name: string;
  readonly version: string;
  readonly tag: string;
  readonly tarball?: { readonly path: string; readonly integrity: string };
}

/**
 * What `changeset pack --out-dir FOLDER` packed, a package after those it depends on.
 *
 * @throws {PlanError} when there is no plan, when it is of another version, and when a tarball is missing or is not the
 * one that was packed.
 */
export function readPlan(folder: string): readonly PackedRelease[] {
  const file = join(folder, "publish-plan.json");
  if (!existsSync(file)) throw new PlanError(`${file} does not exist. Make it with: pnpm run release:pack`);
  const { version, plan }: PlanFile = JSON.parse(readFileSync(file, "utf8"));
  if (version !== 1)
    throw new PlanError(`${file} is of version ${version}, expected 1. Pack with the locked @changesets/cli`);
  const entries = plan.flat().filter(({ kind }) => kind === "publish");
  const problems = entries.flatMap((entry) => tarballProblem(folder, entry) ?? []);
  if (problems.length > 0) throw new PlanError(problems.join("\n"));
  return entries.map(({ name, version: packed, tag, tarball }) => ({
    name,
    version: packed,
    tag,
    tarball: resolve(folder, tarball?.path ?? ""),
  }));
}

function tarballProblem(folder: string, { name, version, tarball }: PlanEntry): string | undefined {
  const what = `${name}@${version}`;
  if (!tarball) return `${what}: the plan names no tarball. Pack again: pnpm run release:pack`;
  const file = join(folder, tarball.path);
  if (!existsSync(file))
    return `${file}: the tarball of ${what} is missing. Pack again: pnpm run release:pack`;
  const found = `sha256-${createHash("sha256").update(readFileSync(file)).digest("base64")}`;
  if (found === tarball.integrity) return undefined;
  return `${file}: not the tarball of ${what} that was packed (${found}, expected ${tarball.integrity}). Pack again: pnpm run release:pack`;
}
