import type { KubernetesObject, Layer } from "@atlas/compose";
import type { Case, Content } from "./cases.ts";
import { caseMark } from "./kubectl.ts";

/** Something that Kustomize and this package do differently on purpose: a row of the README's table. */
export interface Difference {
  readonly what: string;
  readonly given: Case;
  /** What we compose, where the case cannot say it. */
  readonly layer?: Layer;
  /** What is looked at in the rendered objects. */
  readonly at: (objects: readonly object[]) => unknown;
  readonly Kustomize: unknown;
  /** A value, or the problem that is reported. */
  readonly here: unknown;
}

export const problem = (what: string): object => ({ problem: what });

export const objectOf = (apiVersion: string, kind: string, fields: object = {}): KubernetesObject => ({
  apiVersion,
  kind,
  metadata: { name: caseMark },
  ...fields,
});
export const named = (object: KubernetesObject, metadata: object): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, ...metadata },
});

export const deployment = (spec: object, fields: object = {}): KubernetesObject =>
  objectOf("apps/v1", "Deployment", { spec: { ...fields, template: { spec } } });
export const web = { name: "web", image: "example/web:1" };
export const plainWeb = deployment({ containers: [web] });
export const custom = (spec: object): KubernetesObject => objectOf("example.com/v1", caseMark, { spec });

/** The value at a path of the first object. */
export const first =
  (path: string): Difference["at"] =>
  ([object]) =>
    path
      .split(".")
      .reduce<unknown>((value, name) => (value as Record<string, unknown> | undefined)?.[name], object);

/** Layers over an object. */
export const over = (target: KubernetesObject, ...contents: Content[]): Case => ({
  layers: [{ resources: [target] }, ...contents],
});

export const containers = "spec.template.spec.containers";
