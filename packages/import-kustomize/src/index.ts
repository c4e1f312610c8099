export {
  importKustomize,
  problemsOf,
  verdictsOn,
  type Imported,
  type ImportedLayer,
  type ImportRequest,
} from "./import-kustomize.ts";
