import type { Text } from "../read/documents.ts";
import { runProgram } from "./program.ts";

/**
 * All CRDs of a cluster, through kubectl, which knows how to get there.
 *
 * @param context that of the kubeconfig; the current one where it is empty.
 * @throws an error when kubectl is not there, or with what it said.
 */
export async function readCluster(context: string): Promise<Text> {
  const at = context === "" ? [] : [`--context=${context}`];
  const ran = await runProgram("kubectl", [...at, "get", "customresourcedefinitions", "--output=json"]);
  if ("isMissing" in ran) throw new Error("kubectl, which asks the cluster, is not on the PATH");
  return { file: `cluster:${context}`, text: ran.stdout };
}
