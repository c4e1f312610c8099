import { undefinedField, wrongType } from "../problems/field-problems.ts";
import { repositoryOf } from "./image-reference.ts";
import type { ImageRecord } from "./image.ts";
import { lostValue, lostValueIn } from "../problems/lost-values.ts";
import { isObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";

const imageFields: readonly string[] = [
  "name",
  "mirror",
  "version",
  "digest",
] satisfies (keyof ImageRecord)[];

/** What others call the fields: Kustomize, Helm charts, people. */
const otherNames: Readonly<Record<string, keyof ImageRecord>> = {
  image: "name",
  newName: "mirror",
  newTag: "version",
  registry: "mirror",
  repository: "mirror",
  tag: "version",
};

/** What keeps a value from being an image record; whoever writes in TypeScript has been told before. */
export function imageProblems(record: unknown, path: string): readonly Problem[] {
  if (typeof record === "string") return [asText(record, path)];
  if (!isObject(record)) return [wrongType(path, exampleOf("a/b", { version: "v1" }), record)];
  const stated = Object.keys(record);
  const unknown = stated.filter((name) => !imageFields.includes(name));
  const missing = stated.filter((name) => record[name] === undefined && imageFields.includes(name));
  const fields = [
    ...unknown.map((name) => unknownImageField(name, record[name], path)),
    ...missing.map((name) => undefinedField(`${path}.${name}`)),
  ];
  if (fields.length > 0) return fields;
  const { name, mirror, version, digest } = record as { readonly [K in keyof ImageRecord]?: unknown };
  const lost = imageFields.flatMap((field) => {
    const text = record[field];
    const word = lostValueIn(text);
    return typeof text === "string" && word ? [{ path: `${path}.${field}`, ...lostValue(text, word) }] : [];
  });
  if (lost.length > 0) return lost;
  return [
    ...repositoryProblems(name, `${path}.name`),
    ...(mirror === undefined ? [] : repositoryProblems(mirror, `${path}.mirror`)),
    ...(version === undefined ? [] : imageVersionProblems(version, `${path}.version`)),
    ...(digest === undefined ? [] : digestProblems(digest, `${path}.digest`)),
    ...([mirror, version, digest].every((field) => field === undefined) ? [saysNothing(name, path)] : []),
  ];
}

const asRegistry = "state version and digest as the registry does";

/** A record as it is written in TypeScript. */
const exampleOf = (name: string, rest: Omit<ImageRecord, "name">): string =>
  `{ ${Object.entries({ name, ...rest })
    .map(([field, value]) => `${field}: ${JSON.stringify(value)}`)
    .join(", ")} }`;

/** The record that a text says, as `docker` or `kustomize edit set image` take it: `a/b:v1`, `a/b=c/d:v1@sha256:…`. */
function asText(text: string, path: string): Problem {
  const [left = "", right] = text.split("=", 2);
  const reference = right ?? left;
  const repository = repositoryOf(reference);
  const [, version, digest] = /^(?::([^@]*))?(?:@(.*))?$/.exec(reference.slice(repository.length)) ?? [];
  const example = exampleOf(right === undefined ? repository : repositoryOf(left), {
    ...(right !== undefined && repository !== left && { mirror: repository }),
    ...(version && { version }),
    ...(digest && { digest }),
  });
  const isWhole = version || digest || right !== undefined;
  return {
    code: "image-malformed",
    what: `got ${JSON.stringify(text)}`,
    path,
    expected: "an object: name, and version, digest or mirror",
    fix: isWhole ? `write ${example}` : `write ${exampleOf(repository, { version: "…" })}`,
  };
}

function unknownImageField(name: string, value: unknown, path: string): Problem {
  const other = Object.hasOwn(otherNames, name) ? otherNames[name] : undefined;
  return {
    code: "field-unknown",
    what: `the field "${name}" does not exist`,
    path: `${path}.${name}`,
    expected: `one of: ${imageFields.join(", ")}`,
    fix: other
      ? `here it is ${other}: ${JSON.stringify(value) ?? "…"}`
      : didYouMean(name, imageFields, "take the field out"),
  };
}

const saysNothing = (name: unknown, path: string): Problem => ({
  code: "image-unchanged",
  what: `the image "${String(name)}" is to stay as it is`,
  path,
  expected: "a version, a digest or a mirror",
  fix: asRegistry,
});

function repositoryProblems(value: unknown, path: string): readonly Problem[] {
  if (typeof value === "string" && /^[\w][\w.:/-]*$/.test(value) && repositoryOf(value) === value) return [];
  const repository = typeof value === "string" ? repositoryOf(value) : "";
  return [
    {
      code: "image-malformed",
      what: `got ${JSON.stringify(value) ?? "nothing"}`,
      path,
      expected: "a repository, without tag and digest",
      fix:
        repository === "" || repository === value
          ? "give it as images name it: arigaio/atlas-operator"
          : `write ${JSON.stringify(repository)}, and the rest as version or digest`,
    },
  ];
}

function imageVersionProblems(value: unknown, path: string): readonly Problem[] {
  if (typeof value === "string" && value.length <= 128 && /^\w[\w.-]*$/.test(value)) return [];
  return [
    {
      code: "image-malformed",
      what: `got ${JSON.stringify(value)}`,
      path,
      expected: "a tag: letters, digits, . _ -",
      fix: typeof value === "number" ? `quote it: "${value}"` : asRegistry,
    },
  ];
}

function digestProblems(value: unknown, path: string): readonly Problem[] {
  if (typeof value === "string" && value.length === 71 && /^sha256:[0-9a-f]*$/.test(value)) return [];
  return [
    {
      code: "image-malformed",
      what: `got ${JSON.stringify(value)}`,
      path,
      expected: "sha256: and 64 hexadecimal digits",
      fix: asRegistry,
    },
  ];
}
