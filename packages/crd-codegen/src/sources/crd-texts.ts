import { dirname, join } from "node:path/posix";
import type { Text } from "../read/documents.ts";

/**
 * Those of a folder's or an archive's files that may hold CRDs: others (values, manifests) are none of ours, nor are the
 * templates of a Helm chart, which are no YAML yet. Of a package that this command has made, it is the CRDs as a cluster
 * takes them.
 *
 * @param name what the folder or archive is called in messages.
 * @throws an error when there is none.
 */
export function crdTexts(files: readonly Text[], name: string): Text[] {
  const charts = files
    .filter(({ file }) => /(?:^|\/)Chart\.yaml$/.test(file))
    .map(({ file }) => dirname(file));
  const templates = charts.map((chart) => `${join(chart, "templates")}/`);
  const isOwn = files.some(({ file }) => file === "crd-codegen.yaml");
  const found = files.filter(
    ({ file, text }) =>
      text.includes("CustomResourceDefinition") &&
      !templates.some((folder) => file.startsWith(folder)) &&
      (!isOwn || file.startsWith("manifests/")),
  );
  if (found.length === 0) throw new Error("no file in it holds a CustomResourceDefinition");
  return found.map(({ file, text }) => ({ file: `${name.replace(/\/$/, "")}/${file}`, text }));
}
