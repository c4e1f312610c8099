import { existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, symlinkSync } from "node:fs";
import { request } from "node:http";
import { basename, join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { pathFolders, requireCommands } from "../workspace/commands.ts";
import { forward, loopback } from "./forward.ts";
import type { PodProcess } from "./pod-process.ts";
import type { Bind, SandboxPlan } from "./sandbox-init.ts";

/** What a sandbox's root consists of, and how the program finds its way in it. */
export interface RootFileSystem {
  /** A folder of the sandbox's own: what is mounted on is made in it. */
  readonly folder: string;
  readonly binds: readonly Bind[];
  readonly env: Readonly<Record<string, string>>;
}

/** A process that runs as its Deployment says, with a mount, network and host name of its own. */
export interface Sandbox {
  /** Asks the process by HTTP on a port of its own network, its readiness probe's or another; rejects where nothing answers. */
  readonly get: (path: string, port?: number) => Promise<{ readonly status: number; readonly body: string }>;
  /** Whether the process is over. */
  readonly hasEnded: () => boolean;
  /** All that the process has printed. */
  readonly output: () => string;
  /** Where a file of the process can be read from outside. */
  readonly pathOf: (file: string) => string;
  /** Asks the process to end, waits for it, and returns its exit code. */
  readonly stop: () => Promise<number | undefined>;
}

/** What a Deployment does not say of a process. */
export interface SandboxSurroundings {
  /** The pod's name. */
  readonly name: string;
  /** Where sockets may lie: a short path, as they are limited to some hundred bytes. */
  readonly folder: string;
  readonly root: RootFileSystem;
  /** The ports of this machine's loopback that it has on its own. It reaches nothing else. */
  readonly reaches: readonly number[];
  /** The ports of its own loopback that it can be asked on, beside its readiness probe's. */
  readonly answers: readonly number[];
}

const sandboxInit = fileURLToPath(new URL("sandbox-init.ts", import.meta.url));

/**
 * Starts a pod's process in Linux namespaces, as root or as a user who may make user namespaces.
 *
 * @throws Error that says what to install, or why the namespaces can't be made.
 */
export async function startSandbox(pod: PodProcess, surroundings: SandboxSurroundings): Promise<Sandbox> {
  const { name, root, reaches, answers } = surroundings;
  const sockets = mkdtempSync(join(surroundings.folder, "s-"));
  const socketOf = (port: number): string => join(sockets, `own-${port}`);
  const { port: probed } = pod.readiness;
  const servers = await Promise.all(
    reaches.map((port) => forward({ path: join(sockets, `${port}`) }, loopback(port))),
  );
  const isUnprivileged = process.getuid?.() !== 0;
  const commands = sandboxCommands();
  const plan: SandboxPlan = {
    ...pod,
    ...root,
    root: root.folder,
    hostname: name,
    systemBinds: ["/proc", "/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"].map(asItIs),
    env: { ...root.env, HOSTNAME: name, ...pod.env },
    forwards: [
      ...reaches.map((port) => [loopback(port), { path: join(sockets, `${port}`) }] as const),
      ...[...new Set([probed, ...answers])].map(
        (port) => [{ path: socketOf(port) }, loopback(port)] as const,
      ),
    ],
    isUnprivileged,
    commands,
  };
  const namespaces = ["--mount", "--net", "--uts", ...(isUnprivileged ? ["--map-root-user"] : [])];
  const subprocess = execa(
    commands.unshare,
    [...namespaces, process.execPath, sandboxInit, JSON.stringify(plan)],
    {
      all: true,
      buffer: false,
      reject: false,
      stdin: "pipe",
    },
  );
  let output = "";
  subprocess.all.setEncoding("utf8").on("data", (data: string) => (output += data));
  return {
    get: (path, port = probed) => get(socketOf(port), path),
    hasEnded: () => subprocess.exitCode !== null || subprocess.signalCode !== null,
    output: () => output,
    pathOf: (file) => `/proc/${subprocess.pid}/root${join(root.folder, file)}`,
    stop: async () => {
      subprocess.kill("SIGTERM");
      const { exitCode } = await subprocess;
      for (const server of servers) server.close();
      return exitCode;
    },
  };
}

const asItIs = (path: string): Bind => ({ source: path, path });

function sandboxCommands(): SandboxPlan["commands"] {
  if (process.platform !== "linux")
    throw new Error("a sandbox is made of Linux namespaces: run this on Linux");
  const packages = {
    chroot: "coreutils",
    hostname: "hostname",
    ip: "iproute2",
    mount: "mount (util-linux)",
    setpriv: "util-linux",
    unshare: "util-linux",
  };
  // An administrator's commands, which a user's PATH may lack.
  return requireCommands(packages, [...pathFolders(), "/usr/sbin", "/sbin"]);
}

function get(socketPath: string, path: string): ReturnType<Sandbox["get"]> {
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, path, agent: false, timeout: 5000 }, (response) => {
      text(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    });
    asked.on("timeout", () => asked.destroy(new Error("no answer within 5 s")));
    asked.on("error", reject).end();
  });
}

/**
 * Waits until the process answers its readiness probe, as a kubelet does.
 *
 * @throws Error with what the process printed, where it is not ready in time.
 */
export async function untilReady(sandbox: Sandbox, pod: PodProcess, seconds = 60): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown = "it ended";
  while (Date.now() < deadline && !sandbox.hasEnded()) {
    try {
      const { status } = await sandbox.get(pod.readiness.path);
      if (status >= 200 && status < 400) return;
      last = `status ${status}`;
    } catch (error) {
      last = error;
    }
    await sleep(200);
  }
  throw new Error(`${pod.argv.join(" ")} is not ready: ${String(last)}\n${sandbox.output()}`);
}

const isLink = (path: string): boolean => lstatSync(path).isSymbolicLink();

/** A root with the machine's own programs and libraries, in which programs that are not made for an image run. */
export function machineRoot(folder: string, binds: readonly Bind[]): RootFileSystem {
  mkdirSync(folder, { mode: 0o755 });
  const system = ["/usr", "/etc", "/bin", "/sbin", "/lib", "/lib64"].filter((path) => existsSync(path));
  for (const path of system.filter(isLink)) symlinkSync(readlinkSync(path), join(folder, basename(path)));
  const folders = system.filter((path) => !isLink(path)).map(asItIs);
  const env = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/" };
  return { folder, binds: [...folders, ...binds], env };
}
