import { didYouMean, identity, nearest, type Resource } from "@atlas/compose";
import { InputError, type Finding } from "@atlas/input";

/** An object as a command line names it: `Kind[.group]/[namespace/]name`. */
export function objectName(resource: Resource, isFull = false): string {
  const { group, kind, namespace, name } = identity(resource);
  return isFull
    ? [group ? `${kind}.${group}` : kind, namespace, name].filter(Boolean).join("/")
    : `${kind}/${name}`;
}

/**
 * The object of that name, `Kind[.group]/[namespace/]name`; one that is named by its content also goes by the name
 * without the hash.
 *
 * @throws {InputError} when there is none or more than one.
 */
export function chooseObject(given: string, resources: readonly Resource[]): Resource {
  const found = objectsCalled(given, resources);
  const [object, ...others] = found;
  if (object && others.length === 0) return object;
  throw new InputError([object ? ambiguous(given, found) : missing(given, resources)]);
}

/** Whether an object of that name is among the resources. */
export const isAmong = (given: string, resources: readonly Resource[]): boolean =>
  objectsCalled(given, resources).length > 0;

function objectsCalled(given: string, resources: readonly Resource[]): Resource[] {
  const [type = "", ...rest] = given.split("/");
  const name = rest.pop();
  const [namespace] = rest;
  const [kind = "", ...group] = type.toLowerCase().split(".");
  return resources.filter((resource) => {
    const own = identity(resource);
    return (
      own.kind.toLowerCase() === kind &&
      (group.length === 0 || own.group === group.join(".")) &&
      (namespace === undefined || own.namespace === namespace) &&
      (own.name === name || isHashed(own.name, name ?? ""))
    );
  });
}

const isHashed = (name: string, prefix: string): boolean =>
  name.startsWith(`${prefix}-`) && /^[a-z0-9]{10}$/.test(name.slice(prefix.length + 1));

const ambiguous = (given: string, found: readonly Resource[]): Finding => ({
  code: "object-ambiguous",
  what: `${found.length} objects are ${given}`,
  expected: `one of: ${found.map((resource) => objectName(resource, true)).join(", ")}`,
  fix: "name it in full",
});

function missing(given: string, resources: readonly Resource[]): Finding {
  const names = resources.map((resource) => objectName(resource));
  const near = nearOfKind(given, names);
  return {
    code: "object-unknown",
    what: `there is no object ${given}`,
    expected: `one of: ${names.slice(0, 30).join(", ")}${names.length > 30 ? ", …" : ""}`,
    fix: didYouMean(near ?? given, names, "name it as Kind/name"),
  };
}

/** The kind is what one knows: the only object of it is meant, however it is called, and of several the nearest. */
function nearOfKind(given: string, names: readonly string[]): string | undefined {
  const ofKind = names.filter((name) => namedKind(name) === namedKind(given));
  const [only, ...others] = ofKind;
  return others.length === 0 ? only : nearest(given, ofKind);
}

const namedKind = (name: string): string | undefined => /^[^./]*/.exec(name.toLowerCase())?.[0];
