/** A registry that has the images under their own names. */
export interface Registry {
  /** What stands before the name of an image, a host alone or with a path: `registry.example.com/mirror`. */
  readonly prefix: string;
  /** The Secrets with which a node may pull from it, in the namespace of the pods. */
  readonly pullSecrets?: readonly string[];
}

/** Where a registry has an image, whose name may state its own host. */
export const mirrorIn = ({ prefix }: Registry, name: string): string =>
  `${prefix.replace(/\/+$/, "")}/${name}`;

/** The Secrets as pods name them, of those registries that ask for some. */
export const pullSecretsOf = ({ pullSecrets = [] }: Registry): { readonly name: string }[] =>
  pullSecrets.map((name) => ({ name }));
