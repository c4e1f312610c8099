import { spawnSync } from "node:child_process";
import { displayPath, InputError } from "@atlas/input";
import { readYaml, type YamlValue } from "@atlas/input/yaml";

/** The commands that build a kustomization, the one that most have first. */
const commands = [
  { program: "kubectl", probe: ["version", "--client"], build: ["kustomize"] },
  { program: "kustomize", probe: ["version"], build: ["build"] },
] as const;

/**
 * Builds a folder's kustomization with the real Kustomize, once.
 *
 * @throws {InputError} with what Kustomize has against the folder.
 */
export type Build = (folder: string) => readonly YamlValue[];

/**
 * The Kustomize that is installed.
 *
 * @throws {InputError} when there is none.
 */
export function findOracle(): Build {
  const found = commands.find(({ program, probe }) => spawnSync(program, probe).status === 0);
  if (found) {
    const { program, build } = found;
    const name = [program, ...build].join(" ");
    const built = new Map<string, readonly YamlValue[]>();
    return (folder) => {
      const objects = built.get(folder) ?? run(program, [...build, folder], name, folder);
      built.set(folder, objects);
      return objects;
    };
  }
  throw new InputError([
    {
      what: "neither kubectl nor kustomize is installed, and without one an import cannot be proved",
      expected: "kubectl or kustomize on the PATH",
      fix: "install kubectl: https://kubernetes.io/docs/tasks/tools/",
    },
  ]);
}

function run(program: string, args: readonly string[], name: string, folder: string): readonly YamlValue[] {
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, { maxBuffer: 2 ** 30 });
  if (status === 0) return objectsIn(stdout.toString(), `${name} ${displayPath(folder)}`);
  const said = error?.message ?? (signal ? `it was ended by ${signal}` : stderr.toString());
  throw new InputError([
    {
      file: displayPath(folder),
      what: `${name} refuses the folder: ${messageIn(said)}`,
      expected: "a folder that Kustomize builds",
      fix: "fix it, and import again",
    },
  ]);
}

/** What was read, by its text: layers that stand on each other have most of it in common, such as all definitions. */
const read = new Map<string, readonly YamlValue[]>();

function objectsIn(text: string, file: string): YamlValue[] {
  // What Kustomize prints has its mark between documents alone: all text within them is indented.
  return text.split(/^---\n/m).flatMap((document) => {
    const objects = read.get(document) ?? readYaml(Buffer.from(document), file);
    read.set(document, objects);
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
