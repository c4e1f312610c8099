import { closeSync, existsSync, lstatSync, openSync, readdirSync, rmSync, writeSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { naming, removeAround } from "./folder.ts";
import { staysInside } from "./inside.ts";
import {
  headerOf,
  journalIds,
  journalName,
  lineOf,
  pathsOf,
  readJournal,
  type JournalEntry,
} from "./journal.ts";
import { acquire, isAbandoned, release, type Claim } from "./lock.ts";
import { clearNewRoots, newRoot, type NewRoot } from "./new-root.ts";
import { childOwner, isRunning, thisProcess, type Owner } from "./owner.ts";
import { isSettled, settle, type IsTarget } from "./undo.ts";

export { replaceFiles, type FileChange } from "./files.ts";
export { makeFolder } from "./folder.ts";
export { removeFolder, swapFolder } from "./swap.ts";
export type { IsTarget } from "./undo.ts";

/** The variable by which a process finds the change of its parent, to take part in it. */
export const joinedBy = "ATLAS_CHANGES";

const lockName = ".atlas-lock";

const signals = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 } as const;

/** What was found of killed processes. */
export interface Recovery {
  /** Whether anything was taken back, or cleared up. */
  readonly isFound: boolean;
  /** The files that were left alone, for somebody has changed them since. */
  readonly kept: readonly string[];
}

/** A change of files below a folder: everything is recorded before it is done, so that it can be taken back. */
export interface Changes {
  readonly root: string;
  /** The file of its journal. */
  readonly journal: string;
  /** Records what is about to be done. */
  record(entry: JournalEntry): void;
  /** A free path beside a target, of our own name: the target's may be as long as names may be. */
  beside(target: string): string;
  /** A path as the journal records it. */
  path(place: string): string;
  /** Gives a sign of life; a process that nobody can see from where it waits counts as ended without. */
  beat(): void;
  /** Lets a process take part, which may be alive when this one is not any more. An undo ends it. */
  admit(pid: number): void;
  /** Takes back what killed processes have left, as far as it is about these targets. */
  recover(isTarget: IsTarget): Recovery;
  /** Says that all is in its place, and clears up. */
  commit(): void;
  /** Puts everything back. Does nothing after a commit. */
  undo(): void;
}

/**
 * Begins a change of what is below a folder. One that is not there is made, and goes again when the change is taken back.
 * Whoever else changes something there waits; a process that was killed is noticed, in other containers and on other
 * machines, too. A signal that ends the process takes the change back; before and after, signals do what they do by
 * themselves, also amid a long computation.
 *
 * @param onWait called when another process is waited for.
 * @throws an error with a code when the file system refuses.
 */
export async function beginChanges(root: string, onWait?: () => void): Promise<Changes> {
  const joined = process.env[joinedBy];
  if (joined !== undefined && existsSync(joined)) return joinChanges(joined);
  for (;;) {
    const opened = openJournal(root);
    const { claim, end } = opened;
    try {
      if (await acquire(join(root, lockName), claim, onWait ?? (() => {}))) return changesOf(opened);
      end();
    } catch (error) {
      end();
      removeAround(root, opened.around);
      throw error;
    }
  }
}

/** What a change is about, and where what is worth knowing goes. */
export interface ChangeOptions {
  /** What of a killed process is to be taken back: everything, unless it is said. */
  readonly isTarget?: IsTarget;
  /** Called when another process is waited for. */
  readonly onWait?: () => void;
  /** Called when a killed process had left something. */
  readonly onRecovery?: (recovery: Recovery) => void;
}

/**
 * Changes files below a folder, which is made if it is not there: what `act` does with the change is kept as a whole, or, when it
 * throws, taken back. What a killed process has left is taken back before.
 *
 * @throws what `act` throws, and an error with a code when the file system refuses.
 * @example
 * await changeFiles(folder, (changes) => replaceFiles(changes, [{ path: "a.txt", content: "new" }]));
 */
export async function changeFiles<T>(
  root: string,
  act: (changes: Changes) => T | Promise<T>,
  { isTarget = () => true, onWait, onRecovery }: ChangeOptions = {},
): Promise<T> {
  const changes = await beginChanges(root, onWait);
  try {
    const recovery = changes.recover(isTarget);
    if (recovery.isFound) onRecovery?.(recovery);
    const result = await act(changes);
    changes.commit();
    return result;
  } catch (error) {
    changes.undo();
    throw error;
  }
}

/** Takes part in the change of another process, which commits it or takes it back. */
function joinChanges(journal: string): Changes {
  const root = dirname(journal);
  const id = /\.atlas-(.*)\.journal$/.exec(basename(journal))?.[1] ?? "";
  const fd = openSync(journal, "a");
  return changesOf({ root, journal, fd, id, around: 0, beat: beating(fd), end: () => closeSync(fd) });
}

interface Opened {
  readonly root: string;
  readonly journal: string;
  readonly fd: number;
  readonly id: string;
  /** How many folders were made for it: its root, and those around that. */
  readonly around: number;
  readonly beat: (isNow?: boolean) => void;
  /** None of a process that takes part in another's change. */
  readonly claim?: Claim;
  readonly end: () => void;
}

function changesOf({ root, journal, fd, id, around: made, beat, claim, end }: Opened): Changes {
  let around = made;
  const own: JournalEntry[] = [];
  const others: Owner[] = [];
  let count = claim ? 0 : process.pid * 1000;
  let isOpen = true;
  const timer = setInterval(beat, 1000).unref();
  const record = (entry: JournalEntry): void => {
    own.push(entry);
    writeAll(fd, lineOf(entry));
  };
  const undo = (): void => {
    if (!isOpen) return;
    others.forEach(stop);
    // Others that take part have written their own entries.
    settle(root, claim ? (readJournal(journal)?.entries ?? own) : own);
    close();
    removeAround(root, around);
  };
  const unguard = claim ? guard(undo) : () => {};
  const close = (): void => {
    isOpen = false;
    clearInterval(timer);
    unguard();
    end();
  };
  const path = (place: string): string => relative(root, place).replaceAll("\\", "/");
  return {
    root,
    journal,
    record,
    path,
    beat,
    beside: (target) => join(dirname(target), `.atlas-${id}.${++count}`),
    admit(pid) {
      const owner = childOwner(pid);
      others.push(owner);
      record({ owner });
    },
    recover(isTarget) {
      if (!claim) return { isFound: false, kept: [] };
      const { left, ...recovery } = recover(root, claim, isTarget);
      // The folders that a killed process has made are this one's from now on.
      if (left > around) record({ around: (around = left) });
      return recovery;
    },
    commit() {
      if (!isOpen) return;
      if (claim) {
        record({ committed: true });
        settle(root, readJournal(journal)?.entries ?? own);
      }
      close();
    },
    undo,
  };
}

/** Calls a function when the process ends, by a signal as well; returns what stops that. */
function guard(undo: () => void): () => void {
  const handlers = Object.entries(signals).map(([signal, number]) => {
    const handler = (): void => process.exit(128 + number);
    process.on(signal, handler);
    return [signal, handler] as const;
  });
  process.once("exit", undo);
  return () => {
    process.off("exit", undo);
    for (const [signal, handler] of handlers) process.off(signal, handler);
  };
}

/** Ends a process and waits until it writes no more. */
function stop(owner: Owner): void {
  if (isRunning(owner) !== true) return;
  try {
    process.kill(owner.pid, "SIGKILL");
  } catch {
    return;
  }
  const cell = new Int32Array(new SharedArrayBuffer(4));
  for (let waits = 0; isRunning(owner) === true && waits < 400; waits++) Atomics.wait(cell, 0, 0, 5);
}

/** Settles the journals of processes that are no more, as far as they name targets of this run. */
function recover(
  root: string,
  claim: Claim,
  isTarget: IsTarget,
): Recovery & { /** How many folders had been made for them. */ readonly left: number } {
  let isFound = false;
  let around = 0;
  const kept = journalIds(readdirSync(root)).flatMap((id) => {
    const file = join(root, journalName(id));
    removeEmptyJournal(file);
    const left = file === claim.journal ? undefined : readJournal(file);
    if (left?.id !== id || !isAbandoned(left, file, claim)) return [];
    isFound = true;
    around = Math.max(around, aroundIn(left.entries));
    // Whoever has written the journal, it is not to lead out of the folder.
    const entries = left.entries.filter((entry) => pathsOf(entry).every((path) => staysInside(root, path)));
    const changed = settle(root, entries, (path) => path === "" || isTarget(path));
    if (isSettled(root, left.entries)) rmSync(file, { force: true });
    return changed;
  });
  return { isFound, kept, left: around };
}

/** How many folders a change has made that was not committed. */
function aroundIn(entries: readonly JournalEntry[]): number {
  if (entries.some((entry) => "committed" in entry)) return 0;
  return Math.max(0, ...entries.flatMap((entry) => ("around" in entry ? entry.around : [])));
}

/** A journal whose process was killed before it had written a word: there is nothing in it to lose. */
function removeEmptyJournal(file: string): void {
  const stats = lstatSync(file, { throwIfNoEntry: false });
  if (stats?.isFile() === true && stats.size === 0) rmSync(file, { force: true });
}

/** A journal of a name that nobody has on this file system; the file system says so, whoever shares it. */
function openJournal(root: string): Opened & { readonly claim: Claim } {
  for (;;) {
    const id = [0, 1].map(() => Math.random().toString(36).slice(2, 12).padEnd(10, "0")).join("");
    const opened = openJournalOf(root, id);
    if (opened) return opened;
  }
}

/** Undefined where the name is taken, or the folder that was to be made is there by now. */
function openJournalOf(root: string, id: string): (Opened & { readonly claim: Claim }) | undefined {
  const header = headerOf(id, thisProcess());
  const [journal, aside] = [join(root, journalName(id)), join(root, `.atlas-${id}.0`)];
  const made = newRoot(root, id);
  const around = made?.count ?? 0;
  const lines = [{ staged: basename(aside), target: "" }, ...(made ? [{ around }] : [])].map(lineOf);
  const first = join(made?.folder ?? root, journalName(id));
  const fd = openFirst(root, first, header + lines.join(""), made);
  if (fd === undefined) return undefined;
  const beat = beating(fd);
  const claim = { journal, header, aside, beat: () => beat(true) };
  const end = (): void => {
    closeSync(fd);
    release(join(root, lockName), claim);
    rmSync(journal, { force: true });
  };
  if (made) clearNewRoots(made.base, claim);
  return { root, journal, fd, id, around, beat, claim, end };
}

/** Opens a journal with its first lines, and puts the folder that was made for it where it belongs. */
function openFirst(root: string, file: string, text: string, made: NewRoot | undefined): number | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(file, "ax");
    writeAll(fd, text);
    if (!made || made.place()) return fd;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    made?.discard();
    // Another process clears up what has no journal yet, or one that is empty still.
    const isTaken = code === "ENOENT" ? made !== undefined : code === "EEXIST" && fd === undefined;
    if (fd !== undefined) {
      closeSync(fd);
      rmSync(file, { force: true });
    }
    if (!isTaken) throw naming(error, file, root);
    return undefined;
  }
  closeSync(fd);
  return undefined;
}

/** Touches a file, at most once a second unless it must be now. */
function beating(fd: number): (isNow?: boolean) => void {
  let last = performance.now();
  return (isNow = false) => {
    const now = performance.now();
    if (!isNow && now - last < 1000) return;
    last = now;
    try {
      // An empty line sets the time that the file system has; a stated time would be this machine's.
      writeSync(fd, "\n");
    } catch {
      // The disk is full: what is to be written will say so.
    }
  };
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
}
