import { InputError } from "@atlas/input";
import { keyName } from "@atlas/typescript/read";
import { parseSync, Visitor, type ObjectPropertyKind, type Program, type Span } from "oxc-parser";

/** Where an image record stands in a source, and what it says. */
export interface FoundImageRecord {
  /** The repository that the image is pulled from: its mirror, else its name. */
  readonly repository: string;
  readonly version: string;
  readonly digest: string;
  /** The source with another version and digest, and nothing else changed. */
  with(version: string, digest: string): string;
}

interface LiteralText extends Span {
  readonly value: string;
}

/**
 * Finds the one image record of a TypeScript source: the object literal that states a name, a version and a digest.
 *
 * @throws {InputError} when the source does not parse, there is none or more than one, or its fields are no plain strings.
 */
export function findImageRecord(source: string, file: string): FoundImageRecord {
  const found = recordsIn(parseSource(source, file));
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

/** Every object literal that is an image record. */
function recordsIn(program: Program): RecordLiteral[] {
  const found: RecordLiteral[] = [];
  new Visitor({
    ObjectExpression({ properties }) {
      const fields = new Map(properties.flatMap(textProperty));
      const [name, version, digest] = ["name", "version", "digest"].map((key) => fields.get(key));
      if (name && version && digest) found.push({ name, version, digest, mirror: fields.get("mirror") });
    },
  }).visit(program);
  return found;
}

/** A property of a literal that is a plain string, as a list of none or one. */
function textProperty(property: ObjectPropertyKind): [string, LiteralText][] {
  if (property.type !== "Property" || property.value.type !== "Literal") return [];
  const { value, start, end } = property.value;
  const name = keyName(property);
  return name === undefined || typeof value !== "string" ? [] : [[name, { value, start, end }]];
}
