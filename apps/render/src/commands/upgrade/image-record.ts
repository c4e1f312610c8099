import { parseSync, type Program } from "oxc-parser";
import { InputError } from "@atlas/input";

/** Where an image record stands in a source, and what it says. */
export interface FoundImageRecord {
  /** The repository that the image is pulled from: its mirror, else its name. */
  readonly repository: string;
  readonly version: string;
  readonly digest: string;
  /** The source with another version and digest, and nothing else changed. */
  with(version: string, digest: string): string;
}

interface LiteralText {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the one image record of a TypeScript source: the object literal that states a name, a version and a digest.
 *
 * @throws {InputError} when the source does not parse, there is none or more than one, or its fields are no plain strings.
 */
export function findImageRecord(source: string, file: string): FoundImageRecord {
  const found = [...records(parseSource(source, file))];
  const [record] = found;
  if (!record || found.length > 1) {
    throw new InputError([
      {
        file,
        code: "image-record-missing",
        what: record ? "there are several image records" : "there is no image record",
        expected:
          'one object literal { name: "…", version: "…", digest: "sha256:…" }, its fields plain strings',
        fix: record ? "leave one of them" : "write it so, or change version and digest by hand",
        ...(found[1] && { line: lineAt(source, found[1].version.start) }),
      },
    ]);
  }
  const { name, mirror, version, digest } = record;
  return {
    repository: (mirror ?? name).value,
    version: version.value,
    digest: digest.value,
    with: (newVersion, newDigest) =>
      [
        { ...version, value: newVersion },
        { ...digest, value: newDigest },
      ]
        .toSorted((a, b) => b.start - a.start)
        .reduce((text, change) => replacedLiteral(text, change), source),
  };
}

/** The literal keeps its quotes; neither a version nor a digest has any. */
const replacedLiteral = (source: string, { start, end, value }: LiteralText): string =>
  `${source.slice(0, start + 1)}${value}${source.slice(end - 1)}`;

const lineAt = (source: string, offset: number): number => source.slice(0, offset).split("\n").length;

function parseSource(source: string, file: string): Program {
  const { program, errors } = parseSync(file, source, { lang: "ts" });
  const [error] = errors;
  if (!error) return program;
  const [label] = error.labels;
  throw new InputError([
    {
      file,
      ...(label && { line: lineAt(source, label.start) }),
      code: "source-malformed",
      what: `the file does not parse: ${error.message}`,
      expected: "TypeScript",
      fix: "fix the line named",
    },
  ]);
}

interface RecordLiteral {
  readonly name: LiteralText;
  readonly mirror: LiteralText | undefined;
  readonly version: LiteralText;
  readonly digest: LiteralText;
}

/** Every object literal in the tree that is an image record. */
function* records(value: unknown): Generator<RecordLiteral> {
  if (typeof value !== "object" || value === null) return;
  if ("type" in value && value.type === "ObjectExpression" && "properties" in value) {
    const fields = new Map((value.properties as readonly unknown[]).flatMap(stringProperty));
    const [name, version, digest] = ["name", "version", "digest"].map((key) => fields.get(key));
    if (name && version && digest) yield { name, version, digest, mirror: fields.get("mirror") };
  }
  for (const inner of Object.values(value)) yield* records(inner);
}

/** A property of a literal that is a plain string, as a list of none or one. */
function stringProperty(property: unknown): [string, LiteralText][] {
  const { type, computed, key, value } = property as {
    readonly type: string;
    readonly computed?: boolean;
    readonly key?: { readonly name?: string; readonly value?: unknown };
    readonly value?: {
      readonly type: string;
      readonly value?: unknown;
      readonly start: number;
      readonly end: number;
    };
  };
  if (type !== "Property" || computed || value?.type !== "Literal" || typeof value.value !== "string")
    return [];
  return [[key?.name ?? String(key?.value), { value: value.value, start: value.start, end: value.end }]];
}
