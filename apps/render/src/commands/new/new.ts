import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { namespaceMentions, operatorsMeet } from "@atlas/checks";
import { displayName, identity, isClusterScoped, isExternal, type Resource } from "@atlas/compose";
import { changeFiles } from "@atlas/files";
import { answersFrom, userTerminal, type TerminalStreams } from "./answers.ts";
import { consequences } from "./consequences.ts";
import { claim, type Claims } from "../../rendering/cluster-claims.ts";
import { fileErrorOf, InputError, type Finding } from "@atlas/input";
import { labelProblem } from "../../problems/label.ts";
import { overlayFolders, type OverlayFolders } from "../../environments/overlay-folders.ts";
import { askFacts, askFrom } from "./overlay-questions.ts";
import { overlaySource } from "./overlay-source.ts";
import type { Rendering } from "../../rendering/rendering.ts";
import { printableLine } from "../../terminal/printable.ts";
import { say } from "../../terminal/say.ts";
import { renderSingle, singleEnvironment } from "../../rendering/single-environment.ts";

/** What `atlas-render new` is asked for. */
export interface NewRequest {
  readonly name: string;
  /** What has been answered on the command line already. */
  readonly given: Readonly<
    Record<
      "from" | "namespace" | "name-prefix" | "kubernetes-version" | "replicas" | "version" | "digest",
      string | undefined
    >
  >;
  readonly environments: string | undefined;
}

/**
 * Makes the overlay folder of a new environment: a small one, that stands on another environment and says only what
 * differs. Returns the files that were written, one a line.
 *
 * @param terminal where the user is asked what the command line leaves open.
 * @throws {InputError} when the name is taken, an answer is wrong or the environment does not render; nothing is written
 * then.
 */
export async function newEnvironment(
  { name, given, environments }: NewRequest,
  terminal: TerminalStreams | undefined = userTerminal(),
): Promise<string> {
  const folders = overlayFolders(environments);
  refuseName(name, folders);
  const answers = answersFrom(given, terminal);
  try {
    const from = await askFrom(folders, answers);
    const environment = await singleEnvironment(from);
    const below = await renderSingle(environment, { validate: "none" });
    const facts = await askFacts(name, { ...from, ...environment }, below, folders, answers);
    const files = overlaySource(facts);
    const rendered = await placeOverlay(name, files, folders.folder);
    if (answers.taken.length > 0)
      say(`There is no terminal to ask on, so taken: ${answers.taken.join(", ")}\n`);
    if (facts.namespace && below.namespace !== undefined) reportMentions(rendered, below.namespace);
    for (const line of consequences(below, rendered)) say(`${printableLine(`${name}: ${line}`)}\n`);
    reportClaims(below, rendered);
    const shown = relative(process.cwd(), join(folders.folder, name));
    return [...files.keys()].map((file) => `${join(shown, file)}\n`).join("");
  } finally {
    answers.close();
  }
}

function refuseName(name: string, { environments, reserved, folder }: OverlayFolders): void {
  const problem =
    labelProblem("an environment's name", name) ??
    (reserved.includes(name) ? reservedName(name, reserved) : undefined) ??
    (environments.some((other) => other.name === name) || existsSync(join(folder, name))
      ? takenName(name, join(folder, name))
      : undefined);
  if (problem) throw new InputError([problem]);
}

const reservedName = (name: string, reserved: readonly string[]): Finding => ({
  code: "environment-name-reserved",
  what: `an environment cannot be called "${name}": the name means something else already`,
  expected: `none of: ${[...new Set(reserved)].toSorted().join(", ")}`,
  fix: `did you mean "${name}-env"? Otherwise choose another`,
});

const takenName = (name: string, file: string): Finding => ({
  file,
  code: "environment-exists",
  what: `there is an environment "${name}" already`,
  expected: "a name that is free",
  fix: "choose another, or change what is there",
});

/** Writes the overlay beside its place, renders it from there, and renames it. */
async function placeOverlay(
  name: string,
  files: ReadonlyMap<string, string>,
  folder: string,
): Promise<Rendering> {
  try {
    return await changeFiles(folder, async (changes) => {
      const target = join(folder, name);
      const staged = changes.beside(target);
      changes.record({ staged: changes.path(staged), target: name });
      mkdirSync(staged);
      for (const [file, text] of files) writeFileSync(join(staged, file), text);
      const module = pathToFileURL(join(staged, "index.ts"));
      const rendering = await renderSingle(await singleEnvironment({ name, module }), { validate: "known" });
      renameSync(staged, target);
      return rendering;
    });
  } catch (error) {
    throw fileErrorOf(error, folder, "the overlay cannot be written");
  }
}

/** A patch can't be made of these by rule: which of them should follow is for a person to say. */
function reportMentions({ name, objects }: Rendering, namespace: string): void {
  for (const object of objects)
    for (const { path } of isExternal(object) ? [] : namespaceMentions(object, namespace)) {
      const what = `still names the namespace "${namespace}"`;
      const line = printableLine(`${name}: ${displayName(object)}: ${path}: ${what}`);
      say(`${line}; patch it if it means this one\n`);
    }
}

/** Of what stands in a namespace, one cluster has one: an environment that is the same in both is no second one. */
function reportTheSame(below: Rendering, { name, objects }: Pick<Rendering, "name" | "objects">): void {
  const known = new Set(below.objects.map(identityKey));
  const same = objects.filter((object) => !isClusterScoped(object) && known.has(identityKey(object)));
  if (same.length === 0) return;
  say(
    `${name}: in a cluster that has ${below.name} as well, ${same.length} of its objects are those of ${below.name}, and to delete one environment deletes them in both: give it a namespace of its own (--namespace ${name}) or names (--name-prefix ${name}-)\n`,
  );
}

const identityKey = (object: Resource): string => {
  const { group, kind, namespace, name } = identity(object);
  return JSON.stringify([group, kind, namespace, name]);
};

/** Names of their own do not tell operators apart: each reconciles what it is not told to leave alone. */
function reportOperators(below: string, name: string): void {
  say(
    `${name}: for a cluster that has ${below} as well, tell their operators apart with instance() or scope() of @atlas/manifests/options (from v0.7.36 on): both reconcile every AtlasSchema and AtlasMigration, and to delete one environment deletes the CRDs of both\n`,
  );
}

/** What the two environments would take from each other in one cluster. */
function reportClaims(below: Rendering, { name, objects }: Rendering): void {
  if (operatorsMeet(objects, below.objects)) return reportOperators(below.name, name);
  const claims: Claims = new Map();
  claim(claims, "", below.name, below.objects);
  const shared = [...new Set(claim(claims, "", name, objects).map(({ object }) => object))];
  if (shared.length === 0) return reportTheSame(below, { name, objects });
  say(
    `${name}: for a cluster that has ${below.name} as well, give it names of its own (--name-prefix ${name}-): both have ${shared.join(", ")}\n`,
  );
}
