import { readFileSync } from "node:fs";
import {
  compose,
  isExternal,
  overlay,
  type Component,
  type KubernetesObject,
  type Layer,
} from "@atlas/compose";
import { base, operator } from "@atlas/manifests";
import {
  customConfig,
  gitops,
  instance,
  leastPrivilege,
  monitoring,
  persistence,
  privateRegistry,
  proxy,
  resources,
  rolesForPeople,
  scope,
} from "@atlas/manifests/options";
import dev from "@atlas/manifests/overlays/dev";
import { parse } from "yaml";

/** A release that knows every flag and variable of the options. */
export const release = {
  ...operator.image,
  name: operator.image.mirror,
  version: "v0.7.37",
  digest: `sha256:${"1".repeat(64)}`,
} as const;

/** The namespaces of the option `scope`. */
export const scopes = ["shop", "billing"] as const;

/** Each option as a person would state it, over an environment that runs in a namespace. */
export const options: Readonly<Record<string, (operatorNamespace: string) => Component>> = {
  scope: (operatorNamespace) => scope({ image: release, namespaces: scopes, operatorNamespace }),
  leastPrivilege: () => leastPrivilege(),
  instance: () => instance({ image: release, name: "billing", labelSelector: "team=billing", crds: "owned" }),
  "monitoring by PodMonitor": (namespace) =>
    monitoring({
      scrape: { by: "PodMonitor", from: namespace === operator.name ? "proxy" : "manager" },
      labels: { release: "prometheus" },
    }),
  resources: () =>
    resources({ requests: { cpu: "50m", memory: "256Mi" }, limits: { memory: "512Mi" }, tmp: "128Mi" }),
  rolesForPeople: () => rolesForPeople(),
  persistence: () => persistence({ image: release, storage: "1Gi", accessMode: "ReadWriteMany" }),
  customConfig: () => customConfig(release),
  proxy: () => proxy({ url: "http://proxy.example.com:3128", except: [".example.com"] }),
  gitops: () => gitops("argocd", "flux"),
  privateRegistry: () =>
    privateRegistry(release, { prefix: "registry.example.com/mirror", pullSecrets: ["registry"] }),
};

/** What the options are put over, with the namespace that the operator runs in. */
export const environments: readonly (readonly [name: string, layer: Layer, namespace: string])[] = [
  ["base", base, "default"],
  ["dev", dev, operator.name],
];

/** An environment at that release, with the options. */
export const withOptions = (layer: Layer, components: readonly Component[]): Layer =>
  overlay({ base: overlay({ base: layer, images: [release] }), components });

const readYaml = (source: URL): KubernetesObject => parse(readFileSync(source, "utf8"));

/** The objects of a layer, with what lies in files. */
export const objectsOf = (layer: Layer): readonly KubernetesObject[] =>
  compose(layer, readYaml).map((resource): KubernetesObject =>
    isExternal(resource) ? readYaml(resource.source) : resource,
  );
