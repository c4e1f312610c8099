import { join } from "node:path";
import { downloadModule } from "../workspace/go-modules.ts";
import { yamlFiles } from "./crds.ts";
import { projects, type CrdModule } from "./projects.ts";

/** The controller of Flux that applies Kustomizations, from 1.9 on, which has rules of what to ignore. */
const kustomizeController: CrdModule = {
  path: "github.com/fluxcd/kustomize-controller",
  version: "v1.9.6",
  sum: "h1:XB+G3A0mky0j5uVHZWv4oSlS2RvZBoNIUhstIvY0JKE=",
  crds: ["config/crd/bases/kustomize.toolkit.fluxcd.io_kustomizations.yaml"],
};

/** What of other projects' modules is needed: what Argo CD reads, and where Flux takes it from. */
const others: Readonly<Record<string, RegExp>> = {
  "argo-cd": /application(?:set)?-crd\.yaml$/,
  "flux-source": /gitrepositories\.yaml$/,
};

/**
 * The files of the CRDs of Application, ApplicationSet, GitRepository and Kustomization.
 *
 * @throws Error with what Go said, or where the content of a module is another than was pinned.
 */
export async function deliveryCrds(): Promise<readonly string[]> {
  const files: string[] = [];
  const modules = projects.filter(({ name }) => others[name]).flatMap((project) => project.modules);
  for (const module of [...modules, kustomizeController]) {
    const folder = await downloadModule(module);
    files.push(...module.crds.flatMap((path) => yamlFiles(join(folder, path))));
  }
  const needed = [...Object.values(others), /kustomizations\.yaml$/];
  return files.filter((file) => needed.some((pattern) => pattern.test(file)));
}
