import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { nearest } from "@atlas/compose";
import type { EnvironmentFolder } from "./environment.ts";
import type { Finding } from "@atlas/input";
import { labelProblem } from "../problems/label.ts";
import { folderOf, memberOf } from "./selection.ts";

/**
 * The name of the environment that a text means: its name, or a path as a shell completes it, from the current folder or
 * from any folder above the environments (`dev/`, `./dev`, `overlays/dev`, `overlays/dev/index.ts`). Undefined for a text
 * that means none.
 */
export function environmentNamed(given: string, all: readonly EnvironmentFolder[]): string | undefined {
  if (all.some(({ name }) => name === given)) return given;
  const steps = given.split(/[\\/]+/).filter((step, index) => step !== "." && (step !== "" || index === 0));
  if (all.some(({ name }) => name === steps[0])) return withoutModule(steps).join("/");
  for (const { name, module } of all) {
    const folder = fileURLToPath(new URL(".", module)).split(sep).filter(Boolean);
    const members = [resolve(given).split(sep).filter(Boolean), steps].flatMap(
      (path) => restBelow(path, folder) ?? [],
    );
    const [rest] = members;
    if (rest) return [name, ...withoutModule(rest)].join("/");
  }
  return undefined;
}

/** What a path has after the end of a folder's, one name at most, wherever it begins. */
function restBelow(path: readonly string[], folder: readonly string[]): string[][] | undefined {
  for (const length of [path.length, path.length - 1]) {
    const [own, rest] = [path.slice(0, length), path.slice(length)];
    const end = folder.slice(-own.length);
    if (own.length > 0 && own.length === end.length && own.every((step, index) => step === end[index]))
      return [rest];
  }
  return undefined;
}

const withoutModule = (steps: readonly string[]): readonly string[] =>
  /^index\.[cm]?[jt]s$/.test(steps.at(-1) ?? "") ? steps.slice(0, -1) : steps;

/** What is wrong with the name of an environment that does not exist. */
export function noSuchEnvironment(
  name: string,
  folders: readonly string[],
  fleets: ReadonlyMap<string, readonly string[]> = new Map(),
): Finding {
  const fleet = folderOf(name);
  const own = name.includes("/") ? fleets.get(fleet) : undefined;
  const last = name.split(/[\\/]+/).findLast((step) => step !== "") ?? name;
  const near = own ? nearMember(name, own) : nearAny(name, last, folders, [...fleets.values()].flat());
  const otherwise = own ? `add a row to the fleet "${fleet}"` : makeIt(last);
  return {
    code: "environment-unknown",
    what: `there is no environment "${name}"`,
    expected: `one of: ${firstNames(own ?? folders)}`,
    fix: near === undefined ? otherwise : `did you mean "${near}"?`,
  };
}

/** The member of a fleet whose own name is near. */
function nearMember(name: string, members: readonly string[]): string | undefined {
  const near = nearest(memberOf(name), members.map(memberOf));
  return members.find((member) => memberOf(member) === near);
}

/** What is near to a name, or to the last one of a path. */
const nearAny = (
  name: string,
  last: string,
  folders: readonly string[],
  members: readonly string[],
): string | undefined =>
  members.find((member) => member.endsWith(`/${name}`)) ??
  nearest(name, [...folders, ...members]) ??
  nearest(last, folders);

const makeIt = (name: string): string =>
  labelProblem("an environment's name", name) ? "name one of them" : `make it: atlas-render new ${name}`;

/** Names in a row, as many as a person reads. */
function firstNames(names: readonly string[]): string {
  const shown = names.slice(0, 20).join(", ");
  return names.length > 20 ? `${shown}, ... (${names.length} in all)` : shown;
}
