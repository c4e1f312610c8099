import { readdirSync, readFileSync } from "node:fs";
import { compose, displayName, isExternal, type KubernetesObject, type Layer } from "@atlas/compose";
import { base, operator } from "@atlas/manifests";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

interface PodBearing extends KubernetesObject {
  spec: {
    replicas: number;
    selector: { matchLabels: Record<string, string> };
    template: {
      metadata: { labels: Record<string, string>; annotations?: Record<string, string> };
      spec: {
        serviceAccountName: string;
        volumes: { name: string }[];
        containers: { image: string; args: string[]; volumeMounts: { name: string; mountPath: string }[] }[];
      };
    };
  };
}
interface Binding extends KubernetesObject {
  roleRef: { kind: string; name: string };
  subjects: { kind: string; name: string; namespace?: string }[];
}
interface Rules extends KubernetesObject {
  rules: { apiGroups: string[]; resources: string[] }[];
}

const overlays = new URL("../src/overlays/", import.meta.url);
const environments: [string, Layer][] = [["base", base]];
for (const name of readdirSync(overlays)) {
  const { default: layer }: { default: Layer } = await import(new URL(`${name}/index.ts`, overlays).href);
  environments.push([name, layer]);
}

describe.each(environments)("%s", (environment, layer) => {
  const objects = compose(layer).map((resource): KubernetesObject =>
    isExternal(resource) ? parse(readFileSync(resource.source, "utf8")) : resource,
  );
  const named = (name: string): KubernetesObject | undefined =>
    objects.find((object) => displayName(object) === name);
  const deployment = named(`Deployment/${operator.name}`) as PodBearing;

  test("selects the pods that it makes", () => {
    expect(deployment.spec.template.metadata.labels).toMatchObject(deployment.spec.selector.matchLabels);
  });

  test("runs the release of the one image record, or one that it states itself, by version and digest", () => {
    const { mirror, version, digest } = operator.image;
    const reference = /^(.+):([^:@]+)@(sha256:[0-9a-f]{64})$/;
    const [, ...parts] = reference.exec(deployment.spec.template.spec.containers[0]?.image ?? "") ?? [];
    expect(parts).toEqual([mirror, expect.any(String), expect.any(String)]);
    if (environment === "base") expect(parts).toEqual([mirror, version, digest]);
    expect(parts[1] === version).toBe(parts[2] === digest);
  });

  test("elects a leader wherever more than one replica runs", () => {
    const args = deployment.spec.template.spec.containers[0]?.args ?? [];
    // As Go reads a flag: with one dash or two, and with a value or without.
    const elects = args.some((arg) => /^--?leader-elect(=(1|t|T|true|TRUE|True))?$/.test(arg));
    expect(elects || deployment.spec.replicas <= 1).toBe(true);
  });

  test("can write to /tmp, without which no reconcile works", () => {
    const { containers, volumes } = deployment.spec.template.spec;
    const mount = containers[0]?.volumeMounts.find(({ mountPath }) => mountPath === "/tmp");
    expect(volumes.map(({ name }) => name)).toContain(mount?.name);
  });

  test("binds roles and accounts that are there", () => {
    const bindings = objects.filter(({ kind }) => kind.endsWith("RoleBinding")) as Binding[];
    expect(bindings).toHaveLength(2);
    for (const { roleRef, subjects } of bindings) {
      expect(named(`${roleRef.kind}/${roleRef.name}`)).toBeDefined();
      for (const { kind, name, namespace } of subjects) {
        expect(named(`${kind}/${name}`)?.metadata.namespace).toBe(namespace);
      }
    }
  });

  test("declares the CRDs that its ClusterRole names, and no others", () => {
    const { rules } = named(`ClusterRole/${operator.name}`) as Rules;
    const custom = rules.flatMap(({ apiGroups, resources }) =>
      // Kubernetes' own groups are plain words, or end so.
      apiGroups
        .filter((group) => /\./.test(group) && !group.endsWith(".k8s.io"))
        .flatMap((group) => resources.map((resource) => `${resource.split("/", 1)[0]}.${group}`)),
    );
    const crds = objects.filter(({ kind }) => kind === "CustomResourceDefinition");
    expect(crds.map(({ metadata }) => metadata.name).toSorted()).toEqual([...new Set(custom)].toSorted());
    expect(custom).toContain("atlasschemas.db.atlasgo.io");
  });
});
