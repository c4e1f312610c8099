import type { KubernetesObject } from "@atlas/compose";
import { toYaml } from "@atlas/compose/yaml";
import type { Planned } from "./layer-plan.ts";
import { note, sourcePlace } from "../model/log.ts";
import { camelCase, namesFor } from "../model/names.ts";
import type { Build } from "../proof/oracle.ts";
import { emptyContent, type Declaration } from "../model/plan.ts";
import { track } from "../model/state.ts";
import { treeProblems, type Kustomization } from "../tree/tree.ts";

/** Leaves a kustomization as Kustomize builds it: each of its objects in a YAML file, and a note of why. */
export function leave(kustomization: Kustomization, folder: string, build: Build): Planned {
  const { log } = kustomization.root;
  const objects = build(kustomization.folder) as unknown as readonly KubernetesObject[];
  const why = treeProblems(kustomization);
  for (const problem of why) note(log, { ...problem, what: `left as Kustomize builds it: ${problem.what}` });
  const names = namesFor(objects, new Set());
  const resources = objects.map((object, index): Declaration => {
    const name = names[index] ?? "";
    const form = { kind: "external", file: `${name}.yaml`, text: toYaml(object) } as const;
    return { name: camelCase(name), module: `${folder}/${name}.ts`, object, form };
  });
  const comments = why.map(({ what, path = "", ...place }) => {
    const at = place.file === undefined ? "" : `${sourcePlace({ ...place, file: place.file }, log)}: `;
    return `Left as Kustomize builds it: ${at}${path && `${path}: `}${what}.`;
  });
  const content = { ...emptyContent(), resources, omitted: { resources: comments } };
  const plan = { folder, isComponent: false, bases: [], steps: [content] };
  return { plan, state: resources.map((declaration) => track(declaration)) };
}
