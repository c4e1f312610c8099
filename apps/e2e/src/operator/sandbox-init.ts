/*
 * What becomes of a sandbox's namespaces: runs inside them, mounts, connects, starts the program, and is to it what the
 * kubelet is: passes SIGTERM on, and SIGKILL after the grace period. Its argument is a SandboxPlan.
 */
import { execFileSync, spawn } from "node:child_process";
import { lstatSync, mkdirSync, readlinkSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { forward, type ForwardAddress } from "./forward.ts";

/** A file or folder of the machine and where the program sees it, which can't change it. */
export interface Bind {
  readonly source: string;
  readonly path: string;
}

/** How to make a sandbox, all in one. */
export interface SandboxPlan {
  readonly root: string;
  readonly isRootReadOnly: boolean;
  readonly hostname: string;
  readonly binds: readonly Bind[];
  /** The device files and the like that are mounted as they are. */
  readonly systemBinds: readonly Bind[];
  readonly emptyFolders: readonly { readonly path: string; readonly size?: string }[];
  readonly forwards: readonly (readonly [from: ForwardAddress, to: ForwardAddress])[];
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly user: number;
  readonly group: number;
  readonly grace: number;
  /** Whether there is no real root to become another user from: users are then those of a namespace. */
  readonly isUnprivileged: boolean;
  /** Where the commands lie: the program's PATH is its own. */
  readonly commands: Readonly<Record<SandboxCommand, string>>;
}

/** What a sandbox is made with: util-linux, coreutils, iproute2 and hostname. */
export type SandboxCommand = "chroot" | "hostname" | "ip" | "mount" | "setpriv" | "unshare";

const sandboxPlan: SandboxPlan = JSON.parse(process.argv[2] ?? "");
const runSandboxed = (command: SandboxCommand, ...args: readonly string[]): void => {
  execFileSync(sandboxPlan.commands[command], args, { stdio: ["ignore", "ignore", "inherit"] });
};

makeFileSystem();
runSandboxed("hostname", sandboxPlan.hostname);
runSandboxed("ip", "link", "set", "lo", "up");
await Promise.all(sandboxPlan.forwards.map(([from, to]) => forward(from, to)));
startProgram();

function makeFileSystem(): void {
  const { root, binds, systemBinds, emptyFolders, isRootReadOnly } = sandboxPlan;
  const readOnly = "remount,bind,ro,nosuid,nodev";
  runSandboxed("mount", "--bind", root, root);
  for (const { source, path } of [...systemBinds, ...binds])
    runSandboxed("mount", "--rbind", source, mountPoint(path, source));
  for (const { path } of binds) runSandboxed("mount", "-o", readOnly, inRoot(path));
  for (const { path, size } of emptyFolders) {
    const options = `nosuid,nodev,mode=1777${size === undefined ? "" : `,size=${size}`}`;
    runSandboxed("mount", "-t", "tmpfs", "-o", options, "tmpfs", mountPoint(path, "/"));
  }
  if (isRootReadOnly) runSandboxed("mount", "-o", readOnly, root);
}

/** Makes an empty file or folder to mount on, unless there is one. */
function mountPoint(path: string, like: string): string {
  const point = inRoot(path);
  if (lstatSync(point, { throwIfNoEntry: false })) return point;
  const isFolder = statSync(like).isDirectory();
  mkdirSync(isFolder ? point : dirname(point), { recursive: true });
  if (!isFolder) writeFileSync(point, "");
  return point;
}

/** Where a path of the program lies: an image's symbolic links are meant within its root, /var/run for one. */
function inRoot(path: string, links = 0): string {
  if (links > 40) throw new Error(`${path}: too many symbolic links`);
  const parts = posix.normalize(path).split("/").filter(Boolean);
  for (const [index, part] of parts.entries()) {
    const above = `/${parts.slice(0, index).join("/")}`;
    const at = join(sandboxPlan.root, above, part);
    if (!lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink()) continue;
    return inRoot(posix.join(posix.resolve(above, readlinkSync(at)), ...parts.slice(index + 1)), links + 1);
  }
  return join(sandboxPlan.root, ...parts);
}

function startProgram(): void {
  const [command = "", ...args] = [...asUser(), ...sandboxPlan.argv];
  const child = spawn(command, args, { stdio: ["ignore", "inherit", "inherit"], env: sandboxPlan.env });
  const stop = (): void => {
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), sandboxPlan.grace * 1000).unref();
  };
  process.on("SIGTERM", stop);
  // Whoever started this is gone.
  process.stdin.on("end", stop).resume();
  child.on("error", ({ message }) => {
    process.stderr.write(`${message}\n`);
    process.exit(127);
  });
  child.on("exit", (code, signal) => process.exit(code ?? (signal === "SIGKILL" ? 137 : 143)));
}

/** The command that goes into the root, becomes the user, gives up every capability, and takes the program. */
function asUser(): readonly string[] {
  const { root, user, group, isUnprivileged, commands } = sandboxPlan;
  const { setpriv, unshare, chroot } = commands;
  if (isUnprivileged) {
    const users = ["--user", `--map-user=${user}`, `--map-group=${group}`];
    return [setpriv, "--no-new-privs", unshare, ...users, `--root=${root}`];
  }
  // These three are what chroot itself needs; they go with the user.
  const restrict = ["--no-new-privs", "--inh-caps=-all", "--bounding-set=-all,+sys_chroot,+setuid,+setgid"];
  return [setpriv, ...restrict, chroot, `--userspec=+${user}:+${group}`, "--groups=", root];
}
