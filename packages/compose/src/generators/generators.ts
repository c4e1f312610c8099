import { fieldProblems } from "../problems/field-problems.ts";
import {
  contentOf,
  contentRules,
  isInFiles,
  readContent,
  type GeneratedContent,
} from "./generated-content.ts";
import type { Generator } from "./generated.ts";
import { malformedName } from "../problems/malformed.ts";
import { nameByContent } from "../transforms/name-by-content.ts";
import {
  displayName,
  settableFields,
  identity,
  type KubernetesObject,
  type Resource,
} from "../kubernetes/object.ts";
import { demandFields } from "../problems/first-argument.ts";
import { refuseFurther } from "../problems/further-arguments.ts";
import { rememberCall } from "../problems/places.ts";
import { copy, isObject, setOwn, type PlainObject } from "../value/plain.ts";
import { didYouMean, type Problem } from "../problems/problem.ts";
import type { Reader } from "../kubernetes/reader.ts";
import { withRules } from "../kubernetes/rules.ts";
import { parseDefinition, type Definition } from "../kubernetes/schema.ts";
import { isEntryMeant, type Entry } from "../transforms/entry.ts";

export type { GeneratedContent } from "./generated-content.ts";
export type { Generator } from "./generated.ts";

/** What a ConfigMap or a Secret is made of. Files are given as their content, or by URL. */
export interface GeneratorOptions extends GeneratedContent {
  /** The name without the hash, by which other objects refer to it. */
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Whether the API server refuses changes. */
  readonly immutable?: boolean;
  /**
   * Keeps the name as it is; then pods do not restart when the content changes. What is merged into an object that keeps
   * its name leaves that as it is.
   */
  readonly disableNameSuffixHash?: boolean;
  /**
   * What is done where the layer below (or this one) has an object of this name: `merge` sets keys of it, `replace` takes
   * all of its keys away first. `create`, if nothing is said, is a problem there, and the others are one elsewhere.
   */
  readonly behavior?: "create" | "merge" | "replace";
}

/**
 * A ConfigMap whose name ends in a hash of its content, as Kustomize's `configMapGenerator` makes it: where the content
 * changes, so does the name, and with it every pod that uses it. References to the name follow.
 */
export function configMapGenerator(options: GeneratorOptions): Generator {
  refuseFurther(configMapGenerator, arguments);
  demandFields(configMapGenerator, arguments, "configMapGenerator({ name, … })");
  return rememberCall(generator(options, configMapOf), configMapGenerator, options);
}

/** A Secret whose name ends in a hash of its content, as Kustomize's `secretGenerator` makes it. */
export function secretGenerator(options: SecretOptions): Generator {
  refuseFurther(secretGenerator, arguments);
  demandFields(secretGenerator, arguments, "secretGenerator({ name, … })");
  return rememberCall(generator(options, secretOf), secretGenerator, options);
}

/** What a Secret is made of. */
interface SecretOptions extends GeneratorOptions {
  /** `Opaque`, if nothing is said. */
  readonly type?: string;
}

/** An object, and what is wrong with its content. */
interface Made {
  readonly object: KubernetesObject;
  readonly problems: readonly Problem[];
}

function configMapOf(options: GeneratorOptions): Made {
  const { data, binaryData, problems } = contentOf(options, "ConfigMap");
  const misfits = [...problems, ...optionProblems(options, configMapOptions)];
  const object = {
    ...headOf("ConfigMap", options),
    ...(Object.keys(data).length > 0 && { data }),
    ...(Object.keys(binaryData).length > 0 && { binaryData }),
    ...(options.immutable === true && { immutable: true }),
  };
  return { object: withRules(object, contentRules), problems: misfits };
}

function secretOf(options: SecretOptions): Made {
  const { data, problems } = contentOf(options, "Secret");
  const misfits = [...problems, ...optionProblems(options, secretOptions)];
  const object = {
    ...headOf("Secret", options),
    type: options.type ?? "Opaque",
    data,
    ...(options.immutable === true && { immutable: true }),
  };
  return { object: withRules(object, contentRules), problems: misfits };
}

const commonFields =
  "name:a namespace labels:{s} annotations:{s} immutable:b disableNameSuffixHash:b behavior:a literals:{a} files:{a} env:a";
const configMapOptions = parseDefinition(`GeneratorOptions ${commonFields}`);
const secretOptions = parseDefinition(`GeneratorOptions ${commonFields} type`);

/** Options that there are not, and values of another type; keys and contents are looked at where they are written. */
const optionProblems = (options: GeneratorOptions, definition: Definition): readonly Problem[] =>
  fieldProblems(options, { type: "object", definition }, "");

function headOf(
  kind: "ConfigMap" | "Secret",
  { name, namespace, labels, annotations }: GeneratorOptions,
): KubernetesObject {
  const metadata = {
    name,
    ...(namespace !== undefined && { namespace }),
    ...(labels && { labels: { ...labels } }),
    ...(annotations && { annotations: { ...annotations } }),
  };
  return { apiVersion: "v1", kind, metadata };
}

function generator<O extends GeneratorOptions>(options: O, make: (options: O) => Made): Generator {
  const { behavior = "create", disableNameSuffixHash = false } = options;
  const { object: stated, problems: wrong } = make(options);
  const add = (entries: Entry[], read?: Reader["bytes"]): readonly Problem[] => {
    // That a name is none, or no text, is said already.
    const isNamed = typeof options.name === "string" && options.name !== "";
    const malformed = isNamed ? malformedName(stated) : undefined;
    if (wrong.length > 0 || malformed) return [...wrong, ...(malformed ? [malformed] : [])];
    const { object, problems } = isInFiles(options)
      ? filled(options, make, read)
      : { object: stated, problems: [] };
    if (problems.length > 0) return problems;
    const wanted = identity(object);
    const found = entries.filter(
      (entry) =>
        isEntryMeant(entry, wanted) && (behavior !== "create" || isInSameSpace(entry.object, object)),
    );
    const [entry] = found;
    const misfit = generatorMisfit(object, behavior, found, entries);
    if (misfit) return [misfit];
    if (!entry)
      entries.push({
        origin: stated,
        stated: { value: stated, by: made, fields: [] },
        object: copy(object),
        isNamedByContent: !disableNameSuffixHash,
      });
    else {
      entry.object = mergeInto(entry.object, object, behavior);
      if (disableNameSuffixHash) entry.isNamedByContent = false;
    }
    return [];
  };
  const made: Generator = { object: stated, add, finish: nameByContent };
  return made;
}

/** The object with the content of the files that the options name. */
function filled<O extends GeneratorOptions>(
  options: O,
  make: (options: O) => Made,
  read: Reader["bytes"],
): Made {
  const failed = (what: string, fix: string): Made => {
    const { object } = make({ ...options, files: {}, env: [], literals: {} });
    const expected = "files that can be read, of UTF-8 where they hold an environment";
    return {
      object,
      problems: [{ code: "generator-file-unreadable", what, object: displayName(object), expected, fix }],
    };
  };
  if (!read)
    return failed("the content lies in files, and nothing reads them", "give compose a reader with `bytes`");
  try {
    return make({ ...options, ...readContent(options, read) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return failed(`a file of the content cannot be read: ${reason}`, "put it there, or correct its URL");
  }
}

const isInSameSpace = (one: Resource, other: Resource): boolean =>
  identity(one).namespace === identity(other).namespace;

const behaviors = ["create", "merge", "replace"];

/** Why the object cannot be added; undefined when it can. */
function generatorMisfit(
  object: KubernetesObject,
  behavior: string,
  found: readonly Entry[],
  entries: readonly Entry[],
): Problem | undefined {
  const name = displayName(object);
  if (!behaviors.includes(behavior)) {
    const fix = didYouMean(behavior, behaviors, "leave it out to create the object");
    return {
      code: "generator-behavior-unknown",
      what: `the behavior is ${JSON.stringify(behavior)}`,
      object: name,
      expected: behaviors.join(", "),
      fix,
    };
  }
  if (behavior === "create") {
    if (found.length === 0) return undefined;
    return {
      code: "generator-target-exists",
      what: "a generator creates what is there already",
      object: name,
      expected: "an object that is new",
      fix: 'say behavior: "merge" or "replace"',
    };
  }
  if (found.length === 1) return undefined;
  const names = entries.flatMap((entry) =>
    entry.object.kind === object.kind ? [displayName(entry.object)] : [],
  );
  return {
    code: "generator-target-missing",
    what: `a generator is to ${behavior} what is ${found.length === 0 ? "not there" : "there more than once"}`,
    object: name,
    expected:
      names.length === 0 ? `a ${object.kind} of the layer below` : `one of: ${names.slice(0, 30).join(", ")}`,
    fix: didYouMean(name, names, found.length === 0 ? "create it" : "state its namespace"),
  };
}

/** The new object in the place of the old one, whose name, labels and annotations it keeps. */
function mergeInto(old: object, added: KubernetesObject, behavior: string): KubernetesObject {
  const before = old as PlainObject;
  const result: PlainObject = settableFields(copy(added));
  const metadata: PlainObject = isObject(before["metadata"]) ? before["metadata"] : {};
  const own: PlainObject = isObject(result["metadata"]) ? result["metadata"] : {};
  for (const field of ["labels", "annotations"]) {
    const pairs = merged(metadata[field], own[field]);
    if (pairs) own[field] = pairs;
  }
  result["metadata"] = { ...own, name: metadata["name"], namespace: metadata["namespace"] };
  if (metadata["namespace"] === undefined) delete result["metadata"]["namespace"];
  if (behavior === "replace") return result as unknown as KubernetesObject;
  // A key that was text may be binary now, or the reverse.
  const named = new Set([result["data"], result["binaryData"]].flatMap((data) => Object.keys(data ?? {})));
  for (const field of ["data", "binaryData"]) {
    const kept = Object.entries(before[field] ?? {}).filter(([key]) => !named.has(key));
    const data = merged(Object.fromEntries(kept), result[field]);
    if (data) result[field] = data;
    else delete result[field];
  }
  return result as unknown as KubernetesObject;
}

/** Two objects in one, or nothing where both are empty. */
function merged(...parts: readonly unknown[]): PlainObject | undefined {
  const result: PlainObject = {};
  for (const part of parts.filter(isObject)) {
    for (const [key, value] of Object.entries(part)) setOwn(result, key, value);
  }
  return Object.keys(result).length > 0 ? result : undefined;
}
