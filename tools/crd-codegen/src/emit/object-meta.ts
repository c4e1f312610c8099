/** The names that {@link objectMeta} declares. */
export const sharedNames: readonly string[] = [
  "ObjectMeta",
  "ObservedObjectMeta",
  "OwnerReference",
  "EmbeddedObject",
  "EmbeddedObjectMeta",
];

/** The types that every module of custom resources shares. */
export const objectMeta = `/** Metadata of an object as a person writes it. */
export interface ObjectMeta {
  name: string;
  namespace?: string;
  labels?: { [name: string]: string };
  annotations?: { [name: string]: string };
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** An object that this one belongs to; it is deleted with it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  blockOwnerDeletion?: boolean;
  controller?: boolean;
}

/** Metadata of an object as the API server returns it. */
export interface ObservedObjectMeta extends ObjectMeta {
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  generateName?: string;
  managedFields?: { [field: string]: unknown }[];
}

/** Metadata of an object inside of another, which may have no name. */
export interface EmbeddedObjectMeta {
  name?: string;
  namespace?: string;
  labels?: { [name: string]: string };
  annotations?: { [name: string]: string };
  finalizers?: string[];
  ownerReferences?: OwnerReference[];
}

/** A whole object inside of another (\`x-kubernetes-embedded-resource\`). */
export interface EmbeddedObject {
  apiVersion: string;
  kind: string;
  metadata?: EmbeddedObjectMeta;
  [field: string]: unknown;
}
`;
