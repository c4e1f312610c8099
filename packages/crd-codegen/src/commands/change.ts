import { resolve } from "node:path";
import { changeFiles, type Changes } from "@atlas/files";
import { workspaceOf } from "../api/affected.ts";
import { noteToUser } from "./note.ts";

/**
 * Changes files of a package as a whole or not at all, after what a killed run has left was taken back. Of a package in a
 * workspace with changesets, these belong to it.
 */
export function changeIn<T>(folder: string, act: (changes: Changes) => T | Promise<T>): Promise<T> {
  const root = workspaceOf(resolve(folder)) ?? resolve(folder);
  return changeFiles(root, act, {
    onWait: () => noteToUser(`another process changes files in ${root}; waiting until it is done`),
    onRecovery: ({ kept }) => {
      noteToUser("took back what a run that was killed had left");
      for (const path of kept) noteToUser(`left as it is, for it was changed since: ${path}`);
    },
  });
}
