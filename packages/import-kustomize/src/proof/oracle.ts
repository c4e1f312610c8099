import { execFile } from "node:child_process";
import { accessSync, constants, statSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join } from "node:path";
import { displayPath, InputError } from "@atlas/input";
import { readYaml, type YamlValue } from "@atlas/input/yaml";

/** The commands that build a kustomization, the one that most have first. */
const buildCommands = [
  { program: "kubectl", build: ["kustomize"] },
  { program: "kustomize", build: ["build"] },
] as const;

type BuildCommand = (typeof buildCommands)[number];

/**
 * What the real Kustomize makes of a folder's kustomization.
 *
 * @throws {InputError} with what Kustomize has against the folder.
 */
export type Build = (folder: string) => readonly YamlValue[];

/** Builds folders with the Kustomize that is installed, each once. */
export type Oracle = (folders: readonly string[]) => Promise<Build>;

/**
 * The Kustomize that is installed.
 *
 * @throws {InputError} when there is none.
 */
export function findOracle(): Oracle {
  const command = buildCommands.find(({ program }) => isInstalled(program));
  if (command) return (folders) => buildAll(command, folders);
  throw new InputError([
    {
      code: "kustomize-missing",
      what: "neither kubectl nor kustomize is installed, and without one an import cannot be proved",
      expected: "kubectl or kustomize on the PATH",
      fix: "install kubectl: https://kubernetes.io/docs/tasks/tools/",
    },
  ]);
}

const isInstalled = (program: string): boolean =>
  (process.env["PATH"] ?? "").split(delimiter).some((folder) => isExecutable(join(folder, program)));

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Builds as many folders at a time as there are processors: with large definitions each takes seconds. */
async function buildAll(command: BuildCommand, folders: readonly string[]): Promise<Build> {
  const outcomes = new Map<string, () => readonly YamlValue[]>();
  const left = [...new Set(folders)];
  const work = async (): Promise<void> => {
    for (let folder = left.shift(); folder !== undefined; folder = left.shift()) {
      outcomes.set(folder, await builtDocuments(command, folder));
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return (folder) => {
    const outcome = outcomes.get(folder);
    if (!outcome) throw new Error(`${folder} was not to be built`);
    return outcome();
  };
}

/** The documents that a command prints; what it has against the folder is thrown when somebody asks for them. */
function builtDocuments(
  { program, build }: BuildCommand,
  folder: string,
): Promise<() => readonly YamlValue[]> {
  const name = [program, ...build].join(" ");
  return new Promise((done) => {
    execFile(program, [...build, folder], { maxBuffer: 2 ** 30 }, (error, stdout, stderr) => {
      if (!error) return done(once(() => printedObjects(stdout, `${name} ${displayPath(folder)}`)));
      const said = error.signal ? `it was ended by ${error.signal}` : stderr || error.message;
      done(() => {
        throw new InputError([
          {
            file: displayPath(folder),
            code: "kustomize-refusal",
            what: `${name} refuses the folder: ${messageIn(said)}`,
            expected: "a folder that Kustomize builds",
            fix: "fix it, and import again",
          },
        ]);
      });
    });
  });
}

function once<T>(read: () => T): () => T {
  let value: { readonly of: T } | undefined;
  return () => (value ??= { of: read() }).of;
}

/** What was read, by its text: layers that stand on each other have most of it in common, such as all definitions. */
const readOutputs = new Map<string, readonly YamlValue[]>();

function printedObjects(text: string, file: string): YamlValue[] {
  // What Kustomize prints has its mark between documents alone: all text within them is indented.
  return text.split(/^---\n/m).flatMap((document) => {
    const objects = readOutputs.get(document) ?? readYaml(Buffer.from(document), file);
    readOutputs.set(document, objects);
    return objects;
  });
}

/** The message in what kubectl logs: `… "command failed" err="…"`, or in lines between `err=<` and `>`. */
function messageIn(said: string): string {
  // A crash shows the stack of all routines.
  const [message = ""] = said.split(/^goroutine \d+/m);
  const lines = message.split("\n").filter((line) => line !== "" && !line.startsWith("# Warning"));
  const [, quoted, block] = / err=(?:("(?:[^"\\]|\\.)*")|<([^]*)>)/.exec(lines.join("\n")) ?? [];
  const given: string = quoted === undefined ? (block ?? lines.join(" ")) : JSON.parse(quoted);
  return given.replaceAll(/\s+/g, " ").trim();
}
