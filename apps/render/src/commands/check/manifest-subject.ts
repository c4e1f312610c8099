import { readFileSync } from "node:fs";
import type { KubernetesObject } from "@atlas/compose";
import { placeOf, type Place } from "@atlas/compose/places";
import { listItems } from "@atlas/compose/yaml";
import { InputError, type Finding } from "@atlas/input";
import { readYaml } from "@atlas/input/yaml";
import { stdin } from "../../report/written-finding.ts";
import type { Subject } from "./subject.ts";

/**
 * The objects of rendered manifests, of whatever made them: files of YAML or JSON, with several objects or a List of them, read
 * as `kubectl apply -f` reads them.
 *
 * @param files the files, `-` for stdin.
 * @throws {InputError} for files that cannot be read, and with each document that is not an object of Kubernetes.
 */
export function manifestSubject(files: readonly string[]): Subject {
  const findings: Finding[] = [];
  let kustomizations = 0;
  const objects = files.flatMap((file) => {
    const name = file === "-" ? stdin : file;
    return readYaml(manifestBytes(file), name, "kubectl")
      .flatMap((value) => inList(value, () => placeOf(value)))
      .flatMap(({ value, place }) => {
        if (isKustomizationObject(value)) {
          kustomizations++;
          return [];
        }
        const problem = whyNoObject(value);
        if (problem === undefined) return [value as KubernetesObject];
        findings.push({ file: name, ...place(), ...problem });
        return [];
      });
  });
  if (findings.length > 0) throw new InputError(findings);
  if (objects.length === 0) throw new InputError([emptyManifests(files, kustomizations > 0)]);
  return {
    name: files.map((file) => (file === "-" ? stdin : file)).join(", "),
    objects,
    isComposed: false,
    ignored: [],
    placesOf: (values) => values.map(({ object, path }) => placeOf(object, path.map(String))),
  };
}

function manifestBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === "-" ? 0 : file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const isFolder = code === "EISDIR";
    throw new InputError([
      {
        file,
        code: "file-not-readable",
        what: isFolder ? "it is a folder" : `it cannot be read: ${message}`,
        expected: "files of manifests, or - for stdin",
        fix: isFolder
          ? `name its files, or give what kubectl kustomize makes of it: kubectl kustomize ${file} | atlas-render check --file -`
          : "check the path, and its permissions",
      },
    ]);
  }
}

/** Nothing to look at is not nothing to find: what should have made the manifests has failed, or was given another file. */
const emptyManifests = (files: readonly string[], isKustomize: boolean): Finding => ({
  code: "manifests-empty",
  what: `there is no object in ${files.map((file) => (file === "-" ? stdin : file)).join(", ")}${isKustomize ? ", but a kustomization" : ""}`,
  expected: "the manifests that are applied",
  fix: isKustomize
    ? "give what kubectl kustomize makes of it"
    : "look at what makes them: a command before a pipe may have failed unseen",
});

/** The items of a List, as kubectl writes several objects in one, which may be lists again. */
function inList(value: unknown, place: Item["place"]): readonly Item[] {
  const items = listItems(value);
  return (
    items?.flatMap((item, index) => inList(item, () => placeOf(items, [String(index)]))) ?? [{ value, place }]
  );
}

/** A document, or an item of one, and where it begins, which is looked up where it matters. */
interface Item {
  readonly value: unknown;
  readonly place: () => Place | undefined;
}

/** What a Kustomize directory holds beside its objects is read by whoever builds it. */
function isKustomizationObject(value: unknown): boolean {
  const { apiVersion } = fieldsOfRecord(value);
  return typeof apiVersion === "string" && apiVersion.startsWith("kustomize.config.k8s.io/");
}

/** Why a value is no object of Kubernetes; undefined for one that is. */
function whyNoObject(value: unknown): Finding | undefined {
  const { apiVersion, kind, metadata } = fieldsOfRecord(value);
  const { name, namespace } = fieldsOfRecord(metadata);
  const identity = { apiVersion, kind, "metadata.name": name, "metadata.namespace": namespace || "default" };
  const missing = Object.entries(identity).filter(([, given]) => typeof given !== "string" || given === "");
  if (missing.length === 0) return undefined;
  const given = missing.find(([, each]) => typeof each === "boolean" || typeof each === "number")?.[1];
  return {
    code: "object-malformed",
    what: `the document is not an object of Kubernetes: it has no ${missing.map(([field]) => field).join(", ")}${given === undefined ? "" : " that is text"}`,
    expected: "objects with apiVersion, kind and metadata.name",
    fix: identityFix(given),
  };
}

const identityFix = (given: unknown): string => {
  if (typeof given === "boolean")
    return "quote it: kubectl reads y, yes, on, n, no and off as true and false";
  return typeof given === "number"
    ? "quote it: it is read as a number"
    : "give the manifests that are applied, as kubectl kustomize or helm template write them";
};

const fieldsOfRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
