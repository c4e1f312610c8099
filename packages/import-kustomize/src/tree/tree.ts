import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { didYouMean } from "@atlas/compose";
import { readYaml } from "@atlas/input/yaml";
import { child, elementCursors, isYamlRecord, report, textIn, type Cursor } from "../read/cursor.ts";
import { readSourceContent, type FileEntry, type SourceContent } from "./content.ts";
import { checkKustomization } from "./kustomization-fields.ts";
import { displayPath, type Finding } from "@atlas/input";
import { attempt, ownLog, type Log } from "../model/log.ts";
import { followEntry, readBytes } from "../read/source-file.ts";

/** A folder with a kustomization, and what it stands on. */
export interface Kustomization {
  /** Where symbolic links end. */
  readonly folder: string;
  readonly root: Cursor;
  readonly isComponent: boolean;
  readonly content: SourceContent;
  readonly bases: readonly Kustomization[];
  readonly components: readonly Kustomization[];
}

const kustomizationNames = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/** What cannot be imported of a kustomization or of its components. */
export const treeProblems = ({ root, components }: Kustomization): Finding[] => [
  ...root.log.problems,
  ...components.flatMap(treeProblems),
];

/** All kustomizations in a folder or below, and those that they name. */
export function readTree(folder: string, log: Log): readonly Kustomization[] {
  const reading: TreeReading = { log, known: new Map(), open: [] };
  const place = { file: displayPath(folder) };
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    log.problems.push({ ...place, ...noFolder(folder) });
    return [];
  }
  const top = attempt(log, place, () => kustomizationsBelow(realpathSync(folder))) ?? [];
  if (top.length === 0 && log.problems.length === 0) {
    const expected = `a folder with ${kustomizationNames.join(", ")} in it or below`;
    log.problems.push({
      ...place,
      code: "kustomization-missing",
      what: "there is no kustomization",
      expected,
      fix: "check the path",
    });
  }
  for (const each of top) readKustomization(each, { value: null, place, path: "", log }, reading);
  return [...reading.known.values()].flatMap((known) => known ?? []);
}

/** Why there is nothing to import. */
const noFolder = (folder: string): Finding =>
  existsSync(folder)
    ? {
        code: "kustomization-missing",
        what: "it is a file",
        expected: "the folder of a kustomization, or one that holds some",
        fix: `name its folder: ${displayPath(dirname(folder))}`,
      }
    : {
        code: "kustomization-missing",
        what: "there is no such folder",
        expected: "the folder of a kustomization, or one that holds some",
        fix: nearName(folder),
      };

function nearName(folder: string): string {
  const parent = dirname(folder);
  const beside = existsSync(parent)
    ? readdirSync(parent, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return didYouMean(
    basename(folder),
    beside.map(({ name }) => name),
    "check the path",
  );
}

/** Links to folders are left to those who name them: here they might lead in a circle. */
function kustomizationsBelow(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true });
  const inner = entries.filter(
    (entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules",
  );
  const isOne = entries.some((entry) => kustomizationNames.includes(entry.name) && !entry.isDirectory());
  return [
    ...(isOne ? [folder] : []),
    ...inner.flatMap(({ name }) => kustomizationsBelow(join(folder, name))),
  ];
}

interface TreeReading {
  readonly log: Log;
  readonly known: Map<string, Kustomization | undefined>;
  /** The folders that are being read, each named by the one before it. */
  readonly open: string[];
}

/** @param cursor the entry that names the folder. */
function readKustomization(folder: string, cursor: Cursor, reading: TreeReading): Kustomization | undefined {
  if (reading.open.includes(folder)) {
    const circle = [...reading.open.slice(reading.open.indexOf(folder)), folder].map(displayPath);
    report(
      cursor,
      `kustomizations stand on each other: ${circle.join(" → ")}`,
      "bases that end",
      "drop one of the entries",
    );
    return undefined;
  }
  if (reading.known.has(folder)) return reading.known.get(folder);
  reading.open.push(folder);
  const root = rootCursor(folder, cursor);
  const read = root && readReferences(folder, root, reading);
  reading.open.pop();
  // Bases stand before those that name them.
  reading.known.set(folder, read);
  return read;
}

function rootCursor(folder: string, cursor: Cursor): Cursor | undefined {
  const [name, other] = kustomizationNames.filter((candidate) => existsSync(join(folder, candidate)));
  if (name === undefined) {
    const expected = `one of: ${kustomizationNames.join(", ")}`;
    report(
      cursor,
      `${displayPath(folder)} has no kustomization`,
      expected,
      "name a folder that has one, or its files",
    );
    return undefined;
  }
  const file = join(folder, name);
  const place = { file: displayPath(file) };
  const { log } = cursor;
  if (other !== undefined) {
    const what = `the folder has two kustomizations: ${name} and ${other}`;
    log.problems.push({
      ...place,
      code: "kustomization-repeated",
      what,
      expected: "one",
      fix: "drop one of them",
    });
  }
  const documents = attempt(log, place, () => readYaml(readBytes(file), place.file));
  if (!documents) return undefined;
  const [value = {}, ...others] = documents;
  const root = { value, place: { ...place, line: 1 }, path: "", log: ownLog(log) };
  if (!isYamlRecord(value) || others.length > 0) {
    report(root, "not a kustomization", "one document, which is an object", "make it one");
    return undefined;
  }
  checkKustomization(root);
  return root;
}

function readReferences(folder: string, root: Cursor, reading: TreeReading): Kustomization {
  const bases: Kustomization[] = [];
  const files: FileEntry[] = [];
  for (const cursor of [...elementCursors(root, "resources"), ...elementCursors(root, "bases")]) {
    const entry = textIn(cursor);
    const target = entry === undefined ? undefined : followEntry(entry, folder, cursor);
    if (entry !== undefined && target?.kind === "file") files.push({ entry, cursor });
    const base = target?.kind === "folder" && readKustomization(target.path, cursor, reading);
    if (base && base.isComponent)
      report(cursor, `"${entry}" is a component`, "a base", "list it under components");
    else if (base) bases.push(base);
  }
  const isComponent = child(root, "kind")?.value === "Component";
  return {
    folder,
    root,
    isComponent,
    content: readSourceContent(root, folder, files),
    bases,
    components: elementCursors(root, "components").flatMap(
      (cursor) => componentAt(cursor, folder, reading) ?? [],
    ),
  };
}

function componentAt(cursor: Cursor, folder: string, reading: TreeReading): Kustomization | undefined {
  const entry = textIn(cursor);
  const target = entry === undefined ? undefined : followEntry(entry, folder, cursor);
  if (target?.kind === "file")
    report(cursor, `"${entry}" is a file`, "the folder of a component", "name the folder");
  const read = target?.kind === "folder" ? readKustomization(target.path, cursor, reading) : undefined;
  if (!read || read.isComponent) return read;
  report(cursor, `"${entry}" is not a component`, "kind: Component", "list it under resources");
  return undefined;
}
