import { readFileSync } from "node:fs";
import { join } from "node:path";
import { packageFolder } from "@atlas/files/package-folder";

/** The version of this package. */
export function ownVersion(): string {
  const file = join(packageFolder(import.meta.dirname), "package.json");
  const { version }: { version: string } = JSON.parse(readFileSync(file, "utf8"));
  return version;
}
