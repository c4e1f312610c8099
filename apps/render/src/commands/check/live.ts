import { explainLive, fieldsOf, symptoms, type Symptom } from "@atlas/checks";
import { toJson } from "@atlas/compose/yaml";
import { subjectsOf } from "./check.ts";
import { shownPlace, type PlacedFinding } from "./checked.ts";
import { readLive } from "./cluster.ts";
import type { AssumptionsRequest } from "./assumptions.ts";
import type { Subject } from "./subject.ts";
import { checkedText } from "./text.ts";

/**
 * What is wrong in the cluster that environments or manifests were applied to, and what to do; ends with 1 when there is an
 * error among it. The cluster is only read.
 *
 * @throws {InputError} for what cannot be rendered or read, and where there is no cluster.
 */
export async function checkLive(request: AssumptionsRequest): Promise<string> {
  const checked = new Map<string, readonly PlacedFinding[]>();
  for await (const subject of subjectsOf(request)) checked.set(subject.name, await liveFindings(subject));
  const findings = [...checked.values()].flat();
  if (findings.some(({ severity }) => severity === "error")) process.exitCode = 1;
  return request.format === "json" ? `${toJson(findings, 2)}\n` : checkedText(checked);
}

async function liveFindings(subject: Subject): Promise<readonly PlacedFinding[]> {
  const { objects, kubernetesVersion, name } = subject;
  const live = await readLive(objects);
  const found = symptoms(objects, live, kubernetesVersion === undefined ? {} : { kubernetesVersion });
  const values = found.map(({ object, path }) => ({ object, path: fieldsOf(path) }));
  const isRendered = new Set(objects);
  const places = subject.placesOf(values);
  return found.map((symptom, index) => ({
    ...symptomFinding(symptom, name),
    path: values[index]?.path ?? [],
    ...(isRendered.has(symptom.object) && shownPlace(places[index])),
  }));
}

function symptomFinding(
  { code, severity, object, what, fix }: Symptom,
  subject: string,
): Omit<PlacedFinding, "path"> {
  const { apiVersion, kind, metadata } = object;
  const { name, namespace } = metadata;
  const reference = { apiVersion, kind, name, ...(namespace !== undefined && { namespace }) };
  return { code, severity, object: reference, what, fix, subject, why: explainLive(code).why };
}
