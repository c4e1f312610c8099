/** The names that {@link objectMeta} declares. */
export const sharedNames: readonly string[] = [
  "ObjectMeta",
  "NamedObjectMeta",
  "GeneratedObjectMeta",
  "ObjectMetaFields",
  "ObservedObjectMeta",
  "OwnerReference",
  "EmbeddedObject",
  "EmbeddedObjectMeta",
];

/** The types that every module of custom resources shares. */
export const objectMeta = `/** Metadata of an object as a person writes it: it has a name, or what the API server begins one with. */
export type ObjectMeta = NamedObjectMeta | GeneratedObjectMeta;

/** Metadata of an object that has a name. */
export interface NamedObjectMeta extends ObjectMetaFields {
  name: string;
  generateName?: string;
}

/** Metadata of an object that the API server gives a name when it is created. */
export interface GeneratedObjectMeta extends ObjectMetaFields {
  name?: string;
  generateName: string;
}

/** What metadata may have beside the name. */
export interface ObjectMetaFields {
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
export interface ObservedObjectMeta extends NamedObjectMeta {
  uid: string;
  resourceVersion: string;
  generation: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  managedFields?: { [field: string]: unknown }[];
}

/** Metadata of an object inside of another, which may have no name. */
export interface EmbeddedObjectMeta extends ObjectMetaFields {
  name?: string;
  generateName?: string;
}

/** A whole object inside of another (\`x-kubernetes-embedded-resource\`). */
export interface EmbeddedObject {
  apiVersion: string;
  kind: string;
  metadata?: EmbeddedObjectMeta;
  [field: string]: unknown;
}
`;
