import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { errorsInFile } from "./compile.ts";
import { versionsOf } from "./crds.ts";
import type { Sample } from "./samples.ts";
import type { ServerVerdict } from "./server.ts";

/** What is asked of a generated validator. */
interface SampleValidator {
  readonly validate: (value: unknown) => readonly { readonly path: string; readonly message: string }[];
  readonly complete: (value: unknown) => { readonly [field: string]: unknown };
}

/**
 * Where the package that was generated in the folder says something else of a sample than the API server: its validators,
 * its defaults, or, of what the server takes, its types.
 *
 * @returns the differences, a line each.
 */
export async function sampleDifferences(
  folder: string,
  verdicts: ReadonlyMap<Sample, ServerVerdict>,
): Promise<string[]> {
  if (verdicts.size === 0) return [];
  const file = pathToFileURL(join(folder, "src/generated/validators.ts")).href;
  const { validators }: { validators: Readonly<Record<string, SampleValidator>> } = await import(file);
  const differences = [...verdicts].flatMap(([sample, verdict]) => {
    const validator = validators[sample.key];
    if (!validator) return [`${sample.key} has no validator`];
    return difference(sample, verdict, validator).map((text) => `${sample.file}: ${sample.key} ${text}`);
  });
  const accepted = [...verdicts].flatMap(([sample, verdict]) => ("stored" in verdict ? [sample] : []));
  return [...differences, ...(await typeErrors(folder, accepted))];
}

function difference({ object }: Sample, verdict: ServerVerdict, validator: SampleValidator): string[] {
  const [issue] = validator.validate(object);
  if ("refused" in verdict)
    return issue ? [] : [`is valid; the API server refuses it: ${verdict.refused.slice(0, 400)}`];
  if (issue) return [`is refused, and the API server takes it: ${issue.path}: ${issue.message}`];
  const completed = validator.complete(object);
  return unequal(withoutMetadata(completed), withoutMetadata(verdict.stored), "").map(
    ({ path, left, right }) => `is stored with ${right} at ${path}, and completed to ${left}`,
  );
}

/** What the server says of the object itself is no default. */
const withoutMetadata = (value: object): object => ({ ...value, metadata: undefined });

interface Unequal {
  readonly path: string;
  readonly left: string;
  readonly right: string;
}

/** Where two values differ. */
function unequal(left: unknown, right: unknown, path: string): Unequal[] {
  if (isDeepStrictEqual(left, right)) return [];
  const [ours, theirs] = [fieldEntries(left), fieldEntries(right)];
  if (!ours || !theirs || Array.isArray(left) !== Array.isArray(right))
    return [{ path, left: shortText(left), right: shortText(right) }];
  const names = new Set([...ours.keys(), ...theirs.keys()]);
  return [...names].flatMap((name) => unequal(ours.get(name), theirs.get(name), `${path}/${name}`));
}

const fieldEntries = (value: unknown): ReadonlyMap<string, unknown> | undefined =>
  typeof value === "object" && value !== null ? new Map(Object.entries(value)) : undefined;
const shortText = (value: unknown): string => (JSON.stringify(value) ?? "nothing").slice(0, 200);

/** What the API server alone writes into an object's metadata; tools leave `creationTimestamp: null` there. */
const serverFields = new Set([
  "creationTimestamp",
  "generation",
  "resourceVersion",
  "selfLink",
  "uid",
  "managedFields",
]);

/**
 * What the types are for: a status that is a subresource is ignored where a person writes it, so that they have none, and a
 * field without a value is left out.
 */
function writtenPart({ crd, version, object }: Sample): object {
  const { subresources } = versionsOf(crd).find(({ name }) => name === version) ?? {};
  const { status, metadata, ...rest } = object;
  const own = Object.entries(Object(metadata)).filter(([name]) => !serverFields.has(name));
  return {
    ...rest,
    metadata: Object.fromEntries(own),
    ...(subresources?.["status"] === undefined && { status }),
  };
}

const withoutNulls = (_name: string, value: unknown): unknown => value ?? undefined;

async function typeErrors(folder: string, samples: readonly Sample[]): Promise<string[]> {
  const lines = samples.map(
    (sample) =>
      `validators[${JSON.stringify(sample.key)}].complete(${JSON.stringify(writtenPart(sample), withoutNulls)});`,
  );
  const head = 'import { validators } from "./src/generated/validators.ts";';
  writeFileSync(join(folder, "samples.ts"), `${[head, ...lines].join("\n")}\n`);
  const errors = await errorsInFile(folder, "samples.ts");
  return errors.map((error) => {
    const [, line = "0"] = /samples\.ts\((\d+),/.exec(error) ?? [];
    const { file, key } = samples[Number(line) - 2] ?? { file: "samples.ts", key: "" };
    return `${file}: ${key} has a type that refuses it, and the API server takes it: ${error}`;
  });
}
