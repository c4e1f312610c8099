import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Copies the workspace, as far as Git has it or would take it in, to a temporary folder, and installs what it depends on:
 * its packages see each other there, and no mutant ever stands in the sources themselves.
 *
 * @param root the workspace.
 * @throws Error when pnpm cannot install what the lock file names.
 */
export function copyToMutate(root: string): { readonly folder: string; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "mutation-")));
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  try {
    const listed = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    for (const file of listed.split("\0").filter((name) => name !== "" && existsSync(join(root, name))))
      cpSync(join(root, file), join(folder, file), { verbatimSymlinks: true });
    execFileSync("npx", ["-y", "pnpm@12", "install", "--frozen-lockfile", "--prefer-offline"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
    });
  } catch (error) {
    remove();
    throw error;
  }
  return { folder, remove };
}
