import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { journalName, parseJournal, type Journal } from "./journal.ts";
import { isRunning } from "./owner.ts";

/** A process that nobody here can see counts as ended when it has given no sign of life for so long, in milliseconds. */
const patience = 10_000;

/** What a process holds that waits for a lock, or has it. */
export interface Claim {
  /** Its journal's file; the lock is a link to it, or holds the same header. */
  readonly journal: string;
  readonly header: string;
  /** A path of its own to which a lock is moved that is taken over. */
  readonly aside: string;
  /** Gives a sign of life. */
  readonly beat: () => void;
}

/**
 * Takes a lock, for which it waits. No process number alone decides: a lock belongs to whoever its content names, and a
 * process in another container or on another machine lives as long as it touches its journal.
 *
 * @param onWait called once when it takes longer than a moment.
 * @returns whether the lock is held by a journal that is there: somebody may have taken it away while it was empty, as one
 * that is left.
 * @throws an error with a code when the file system refuses, or the lock's file is something else.
 */
export async function acquire(lock: string, claim: Claim, onWait: () => void): Promise<boolean> {
  for (let attempt = 0; !tryTake(lock, claim); attempt++) {
    if (!fileExists(claim.journal)) return false;
    const held = fileText(lock);
    if (held === undefined) continue;
    const journal = parseJournal(held);
    if (!journal && held !== "") throw lockExists(lock);
    // Where there are no links, it is the journal alone that is touched.
    const touched = journal ? join(dirname(lock), journalName(journal.id)) : lock;
    if (isAbandoned(journal, fileExists(touched) ? touched : lock, claim)) takeOverLock(lock, held, claim);
    else {
      if (attempt === 50) onWait();
      claim.beat();
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
  }
  return fileExists(claim.journal);
}

/** Lets a lock go, unless another process has taken it over. */
export function release(lock: string, { header }: Claim): void {
  if (fileText(lock)?.startsWith(header) === true) rmSync(lock, { force: true });
}

/** Whether nobody works on a journal any more. */
export function isAbandoned(journal: Journal | undefined, file: string, claim: Claim): boolean {
  const states = journal?.owners.map(isRunning) ?? [undefined];
  if (states.includes(true)) return false;
  if (!states.includes(undefined)) return true;
  claim.beat();
  // Both times are the file system's, so the clocks of two machines need not agree.
  const [now, last] = [claim.journal, file].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs);
  return now !== undefined && last !== undefined && now - last > patience;
}

function tryTake(lock: string, { journal, header }: Claim): boolean {
  try {
    linkSync(journal, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
  }
  // Some file systems have no links.
  return tryWrite(lock, header);
}

function tryWrite(lock: string, header: string): boolean {
  let fd: number;
  try {
    fd = openSync(lock, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeFileSync(fd, header);
    return true;
  } catch (error) {
    rmSync(lock, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}

const fileExists = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;

/** Only one of those that saw an abandoned lock moves it; who moved another's by mistake puts it back. */
function takeOverLock(lock: string, seen: string, { aside }: Claim): void {
  try {
    renameSync(lock, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  try {
    if (fileText(aside)?.startsWith(seen) !== true) linkSync(aside, lock);
  } catch {
    // A third process has it by now; that two believe so costs no more than one render's order.
  }
  rmSync(aside, { force: true });
}

function fileText(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function lockExists(lock: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`EEXIST: ${lock} is not a lock of this program; move it away`), {
    code: "EEXIST",
  });
}
