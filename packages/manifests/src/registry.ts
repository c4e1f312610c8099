import {
  objectNameProblem,
  refuseSettings,
  settingProblem,
  unknownSettings,
  type SettingsOf,
} from "./settings.ts";

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

/** Refuses a registry whose images, or whose Secrets, have no name. */
export function refuseRegistry(registry: Registry): void {
  refuseSettings(...unknownSettings(registry, registrySettings));
  const { prefix, pullSecrets = [] } = registry;
  refuseSettings(
    isPrefix(prefix)
      ? undefined
      : settingProblem(
          "prefix",
          prefix,
          "is not a registry, with or without a path",
          "write it as registry.example.com/mirror, without a scheme",
        ),
    ...pullSecrets.map((name) => objectNameProblem("pullSecrets", name)),
  );
}

const registrySettings: SettingsOf<Registry> = { prefix: null, pullSecrets: null };

const registryHost = "[a-zA-Z\\d](?:[a-zA-Z\\d.-]*[a-zA-Z\\d])?";
const part = "[a-z\\d]+(?:(?:\\.|_|__|-+)[a-z\\d]+)*";
const registryForm = new RegExp(`^${registryHost}(?::\\d+)?(?:/${part})*/*$`);
const isPrefix = (prefix: string): boolean => registryForm.test(prefix);
