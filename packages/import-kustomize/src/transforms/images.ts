import { imageReference, nearest, repositoryOf, type ImageRecord, type LayerContent } from "@atlas/compose";
import { attempt, note, ownLog, sourcePlace } from "../model/log.ts";
import { transformed, type Tracked } from "../model/state.ts";
import { child, elementCursors, report, takeOver, textIn, type Cursor } from "../read/cursor.ts";
import { onlyFields } from "../read/fields.ts";
import { patternOf, type GoPattern } from "../read/pattern.ts";
import { fieldCursor, type SourceTransform, type TransformWork } from "./transform.ts";
import { lookedInto } from "./workloads.ts";

export const sourceImages: SourceTransform = {
  field: "images",
  saidBy: ["images"],
  phase: "workloads",
  read(root) {
    const sources = imagesIn(root);
    if (sources.length === 0) return undefined;
    return (work) => {
      const known = lookedInto(work, "images");
      const { images, omitted } = planImages(sources, known, known.length === work.state.length);
      work.omit("images", omitted);
      return images.length > 0 ? setImages(work, images) : undefined;
    };
  },
};

/** Sets images; where the engine has no words for that, Kustomize's outcome is taken: two records for one repository, no tag. */
function setImages(work: TransformWork, images: readonly ImageRecord[]): LayerContent | undefined {
  const cursor = fieldCursor(work.root, "images");
  const log = ownLog(cursor.log);
  const state = attempt(log, cursor.place, () => transformed(work.state, { images }));
  if (state) {
    work.state = state;
    return { images };
  }
  const others = log.problems.filter(({ what }) => !what.startsWith("two image records"));
  const whats = [...new Set(others.map(({ what }) => what))];
  takeOver(
    cursor,
    whats.length === 0
      ? "a pair of image records that lead to one repository"
      : `an image transform that names no image of a registry (${whats.join(", ")})`,
    cursor.place.file,
  );
  return undefined;
}

/** The image records of a kustomization, and what was left out. */
interface ImagePlan {
  readonly images: readonly ImageRecord[];
  readonly omitted: readonly string[];
}

/** A transform of `images`. */
interface SourceImage {
  readonly cursor: Cursor;
  readonly name: string;
  readonly record: Omit<ImageRecord, "name">;
}

function imagesIn(root: Cursor): SourceImage[] {
  return elementCursors(root, "images").flatMap((cursor) => {
    onlyFields(cursor, ["name", "newName", "newTag", "digest", "tagSuffix"]);
    const suffix = child(cursor, "tagSuffix");
    if (suffix) {
      takeOver(suffix, "tagSuffix");
      return [];
    }
    const [name, mirror, version, digest] = ["name", "newName", "newTag", "digest"].map((field) =>
      textIn(child(cursor, field)),
    );
    const record = {
      ...(mirror !== undefined && { mirror }),
      ...(version !== undefined && { version }),
      ...(digest !== undefined && { digest }),
    };
    return [{ cursor, name: name ?? "", record }];
  });
}

/** A repository that containers use, and what becomes of it. */
interface ImageRepository {
  readonly name: string;
  /** The references of its images as they are by now. */
  references: readonly string[];
  /** What the transforms so far come to. */
  record: SourceImage["record"];
}

/**
 * What `images` does to the objects, as one record for each repository. Kustomize's names are regular expressions, and a
 * transform sees what those before it have done. One that matches nothing is left out.
 *
 * Source: `filters/imagetag` of Kustomize 5.5.
 *
 * @param isWhole whether these are all objects: else an image that matches nothing may match another.
 */
function planImages(sources: readonly SourceImage[], state: readonly Tracked[], isWhole: boolean): ImagePlan {
  const repositories = repositoriesIn(state);
  const omitted: string[] = [];
  for (const source of sources) {
    const pattern = imagePattern(source);
    if (!pattern) continue;
    const matches = repositories.filter(({ references }) => references.some((each) => pattern.test(each)));
    if (matches.length === 0 && isWhole) omitted.push(noteMiss(source, repositories));
    takeOverReached(source, matches, repositories);
    for (const repository of matches) {
      repository.references = repository.references.map((each) => moved(each, source.record));
      repository.record = { ...withoutReplaced(repository.record, source.record), ...source.record };
    }
  }
  const images = repositories.flatMap(({ name, record: { mirror, ...rest } }): ImageRecord[] => {
    const record = { ...(mirror !== undefined && mirror !== name && { mirror }), ...rest };
    return Object.keys(record).length === 0 ? [] : [{ name, ...record }];
  });
  return { images, omitted };
}

function repositoriesIn(state: readonly Tracked[]): ImageRepository[] {
  const references = new Set(
    state.flatMap(({ current }) =>
      current.kind === "CustomResourceDefinition" ? [] : [...imageReferences(current)],
    ),
  );
  const names = new Set([...references].map(repositoryOf));
  return [...names].map((name) => ({
    name,
    references: [...references].filter((each) => repositoryOf(each) === name),
    record: {},
  }));
}

function imagePattern({ name, cursor }: SourceImage): GoPattern | undefined {
  const pattern = patternOf(`^${name}(?::[a-zA-Z0-9_.{}-]*)?(?:@sha256:[a-zA-Z0-9_.{}-]*)?$`);
  const what = `the name ${JSON.stringify(name)} cannot be read as a pattern`;
  if (!pattern) report(cursor, what, "the name of a repository", "correct it");
  return pattern;
}

function noteMiss({ name, cursor }: SourceImage, repositories: readonly ImageRepository[]): string {
  const { place, path, log } = cursor;
  const used = repositories.flatMap(({ references }) => references).slice(0, 10);
  const subject = name === "" ? "an image without a name" : `the image "${name}"`;
  const what = `${subject} matches no container, so its transform is left out`;
  const near = nearest(
    name,
    used.map((reference) => repositoryOf(reference)),
  );
  note(log, {
    ...place,
    path,
    code: "import-without-effect",
    what,
    expected: `one of: ${used.join(", ") || "(there is none)"}`,
    ...(near !== undefined && { fix: `did you mean "${near}"? Then correct it, and import again` }),
  });
  return `Left out: ${subject} in ${sourcePlace(place, log)} matches no container.`;
}

/** A record of ours also reaches what its mirror has reached before; Kustomize's transform does not. */
function takeOverReached(
  { record: { mirror }, cursor }: SourceImage,
  matches: readonly ImageRepository[],
  repositories: readonly ImageRepository[],
): void {
  const isReached = repositories.some((other) => other.name === mirror && !matches.includes(other));
  if (matches.length === 0 || !isReached) return;
  const what = `the image "${mirror}", which some containers have already that the transform is not for,`;
  takeOver(cursor, what, cursor.place.file);
}

/** A reference after a transform: a tag or a digest takes the place of both. */
function moved(reference: string, { mirror, version, digest }: SourceImage["record"]): string {
  const repository = repositoryOf(reference);
  const isKept = version === undefined && digest === undefined;
  const kept = isKept ? reference.slice(repository.length) : "";
  return (
    imageReference({
      name: mirror ?? repository,
      ...(version !== undefined && { version }),
      ...(digest !== undefined && { digest }),
    }) + kept
  );
}

/** An earlier record without what a later one takes the place of. */
function withoutReplaced(
  earlier: SourceImage["record"],
  later: SourceImage["record"],
): SourceImage["record"] {
  if (later.version === undefined && later.digest === undefined) return earlier;
  return earlier.mirror === undefined ? {} : { mirror: earlier.mirror };
}

/** The images of the containers that an object describes, wherever it does. */
function* imageReferences(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if ((name === "containers" || name === "initContainers") && Array.isArray(inner)) {
      for (const container of inner as readonly { image?: unknown }[])
        if (typeof container?.image === "string") yield container.image;
    } else yield* imageReferences(inner);
  }
}
