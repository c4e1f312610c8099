import { readFileSync, readlinkSync } from "node:fs";

/** A process, told from every other on any machine and in any container. */
export interface Owner {
  /** The boot of the machine and the namespace in which its number counts; elsewhere than on Linux, the host's name. */
  readonly machine: string;
  readonly pid: number;
  /** When it was started, as the system counts, for numbers are used again; empty where the system does not say. */
  readonly start: string;
}

let ownProcess: Owner | undefined;

/** This process. */
export function thisProcess(): Owner {
  ownProcess ??= { machine: machineOf(), pid: process.pid, start: processStatus("self")?.start ?? "" };
  return ownProcess;
}

/** A process that this one has started. */
export const childOwner = (pid: number): Owner => ({
  machine: thisProcess().machine,
  pid,
  start: processStatus(pid)?.start ?? "",
});

/** Whether a process runs; undefined when that can't be seen from here, as of one in another container. */
export function isRunning(owner: Owner): boolean | undefined {
  const self = thisProcess();
  if (owner.machine !== self.machine) return undefined;
  if (owner.pid === self.pid) return owner.start === self.start;
  const status = processStatus(owner.pid);
  if (status) return status.isAlive && status.start === owner.start;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // It is another user's, or a system without /proc, where the number may be another process's by now.
  return owner.start === "" ? true : undefined;
}

function machineOf(): string {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    // Where /proc is another namespace's, the numbers in it are those of other processes.
    if (readlinkSync("/proc/self") !== String(process.pid)) return `${boot} ${performance.timeOrigin}`;
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return process.getBuiltinModule("node:os").hostname();
  }
}

/** Source: proc_pid_stat(5): the state is the third field, the start the 22nd; the second may hold blanks. */
function processStatus(
  pid: number | "self",
): { readonly isAlive: boolean; readonly start: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { isAlive: !/^[ZX]/.test(fields[0] ?? ""), start: fields[19] ?? "" };
  } catch {
    return undefined;
  }
}
