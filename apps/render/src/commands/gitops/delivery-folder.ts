import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { toYaml } from "@atlas/compose/yaml";
import { changeFiles, replaceFiles, type FileChange } from "@atlas/files";
import { displayPath, fileErrorOf, InputError, type Finding } from "@atlas/input";
import { ownCluster, type ClusterDelivery, type GitOpsTool } from "@atlas/manifests/gitops";
import { refuseRendered } from "../../output/rendered-folder.ts";
import { printable, printableLine } from "../../terminal/printable.ts";
import { say } from "../../terminal/say.ts";

/** A folder of what a tool reads, and whose it is. */
export interface DeliveryFolder {
  readonly output: string;
  /** The set of environments, as `environmentSet` names it. */
  readonly set: string;
  readonly tool: GitOpsTool;
  /** Whether all environments of the set are delivered: what else it has written is left over. */
  readonly isComplete: boolean;
}

/** A file an object, in a folder for each cluster that has a name; without the mark that they begin with. */
export function deliveryFiles(deliveries: readonly ClusterDelivery[]): ReadonlyMap<string, string> {
  return new Map(
    deliveries.flatMap(({ cluster, objects }) =>
      objects.map((object): [string, string] => {
        const file = `${object.kind.toLowerCase()}_${object.metadata.name}.yaml`;
        return [cluster === ownCluster ? file : `${folderName(cluster)}/${file}`, toYaml(object)];
      }),
    ),
  );
}

/** Leads out of no folder, whatever a cluster is called. */
const folderName = (cluster: string): string =>
  encodeURIComponent(cluster).replace(/^\.+$/, (dots) => dots.replaceAll(".", "%2E"));

/**
 * Writes files of a tool as a whole or not at all, and removes, where all environments are delivered, what this set of
 * environments has written there before and would not now. Each one that goes is named on stderr.
 *
 * @throws {InputError} where another file is in the place of one, a folder is rendered, or one cannot be written; everything is as it was then.
 */
export async function writeDelivery(
  { output, set, tool, isComplete }: DeliveryFolder,
  files: ReadonlyMap<string, string>,
): Promise<void> {
  const root = resolve(output);
  const mark = deliveryMark(set, tool);
  try {
    refuseRendered([...files.keys()].map((path) => dirname(join(root, path))));
    refuseForeignDelivery(root, [...files.keys()], mark);
    const gone = isComplete ? markedIn(root, mark).filter((path) => !files.has(path)) : [];
    const written = [...files].map(([path, text]): FileChange => ({ path, content: `${mark}${text}` }));
    const changed = written.filter(({ path, content }) => !hasSameText(join(root, path), String(content)));
    const removed = gone.map((path): FileChange => ({ path, content: undefined }));
    const decided = new Set([...files.keys(), ...gone]);
    await changeFiles(root, (changes) => replaceFiles(changes, [...changed, ...removed]), {
      isTarget: (path) => decided.has(path),
    });
    for (const path of gone)
      say(
        `atlas-render: removed ${printableLine(displayPath(join(root, path)))}, which ${set} does not have any more\n`,
      );
    say(`wrote ${changed.length} of ${files.size} files into ${printableLine(displayPath(root))}\n`);
  } catch (error) {
    throw fileErrorOf(error, root, "what the tool reads cannot be written");
  }
}

/** The first line of a file, by which it is known as one that this command has written for this set of environments. */
const deliveryMark = (set: string, tool: GitOpsTool): string =>
  `# Written by atlas-render gitops --${tool} for the environments of ${printable(JSON.stringify(set))}. Changes made here are lost.\n`;

const hasSameText = (file: string, text: string): boolean =>
  existsSync(file) && readFileSync(file, "utf8") === text;

/** @throws {InputError} with each file that is to be written and that somebody else has written, or another set. */
function refuseForeignDelivery(root: string, paths: readonly string[], mark: string): void {
  const findings = paths
    .map((path) => join(root, path))
    .filter((file) => lstatSync(file, { throwIfNoEntry: false }) && !isMarkedDelivery(file, mark))
    .map((file): Finding => ({
      file: displayPath(file),
      code: "output-foreign",
      what: "there is a file that this command has not written for these environments and this tool",
      expected: `a file that begins with: ${mark.trimEnd()}`,
      fix: "choose another --output, or move it away",
    }));
  if (findings.length > 0) throw new InputError(findings);
}

const isMarkedDelivery = (file: string, mark: string): boolean =>
  lstatSync(file).isFile() && readFileSync(file, "utf8").startsWith(mark);

/** The files of a mark in a folder, and in the folders of clusters in it. */
function markedIn(root: string, mark: string): string[] {
  const entries = existsSync(root) ? readdirSync(root, { withFileTypes: true }) : [];
  const below = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
    .flatMap(({ name }) => readdirSync(join(root, name)).map((file) => `${name}/${file}`));
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return [...own, ...below]
    .filter((path) => path.endsWith(".yaml") && isMarkedDelivery(join(root, path), mark))
    .toSorted();
}
