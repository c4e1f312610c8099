import { setTimeout as sleep } from "node:timers/promises";
import { versionsOf, type WrittenCrd } from "./crds.ts";
import type { Sample } from "./samples.ts";

/** Where an API server is asked, as `kubectl proxy` serves it. */
export interface Server {
  readonly api: string;
}

/** What an API server makes of a sample: the object as it would store it, or why it refuses it. */
export type ServerVerdict = { readonly stored: object } | { readonly refused: string };

const crdPath = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";

/**
 * What the API server makes of each sample with strict field validation; nothing is stored. A version is asked as if it were
 * the only one: what conversion makes of an object is the project's own.
 *
 * @throws Error where it takes a CRD for none, or does not answer as an API server does.
 */
export async function serverVerdicts(
  server: Server,
  samples: readonly Sample[],
): Promise<ReadonlyMap<Sample, ServerVerdict>> {
  const verdicts = new Map<Sample, ServerVerdict>();
  for (let rest = samples; rest.length > 0; rest = rest.filter((sample) => !verdicts.has(sample))) {
    const versions = new Map(rest.map(({ crd, version }) => [crd, version]));
    const asked = rest.filter(({ crd, version }) => versions.get(crd) === version);
    const said = await verdictsIn(server, versions, asked);
    for (const [index, sample] of asked.entries()) verdicts.set(sample, said[index] ?? { refused: "" });
  }
  return verdicts;
}

/** The verdicts on samples while each CRD is served in one version. */
async function verdictsIn(
  server: Server,
  versions: ReadonlyMap<WrittenCrd, string>,
  samples: readonly Sample[],
): Promise<ServerVerdict[]> {
  try {
    for (const [crd, version] of versions) await establish(server, crd, version);
    const verdicts: ServerVerdict[] = [];
    for (let start = 0; start < samples.length; start += 20)
      verdicts.push(
        ...(await Promise.all(samples.slice(start, start + 20).map((sample) => verdictOn(server, sample)))),
      );
    return verdicts;
  } finally {
    const paths = [...versions.keys()].map(({ metadata }) => `${crdPath}/${metadata.name}`);
    for (const path of paths) await send(server, "DELETE", path);
    for (const path of paths) await until(async () => (await send(server, "GET", path)).status === 404);
  }
}

const approvalAnnotation = "api-approved.kubernetes.io";

/** Labels and annotations may be Helm's templates. */
async function establish(server: Server, crd: WrittenCrd, version: string): Promise<void> {
  const { conversion: _conversion, ...spec } = crd.spec;
  const { name, annotations = {} } = crd.metadata;
  const metadata = { name, annotations: { [approvalAnnotation]: annotations[approvalAnnotation] } };
  const versions = versionsOf(crd).filter((other) => other.name === version);
  const alone = versions.map((own) => ({ ...own, storage: true }));
  const { status, body } = await send(server, "POST", crdPath, {
    ...crd,
    metadata,
    spec: { ...spec, versions: alone },
  });
  if (status !== 201) throw new Error(`${name}: the API server says ${JSON.stringify(body)}`);
  await until(async () => {
    const { body: found } = await send(server, "GET", `${crdPath}/${name}`);
    return (found.status?.conditions ?? []).some(
      ({ type, status: is }) => type === "Established" && is === "True",
    );
  });
  const list = `/apis/${spec.group}/${version}/${spec.names.plural}`;
  await until(async () => (await send(server, "GET", list)).status === 200);
}

async function verdictOn(server: Server, { crd, version, object }: Sample): Promise<ServerVerdict> {
  const { group, scope, names } = crd.spec;
  const namespace = scope === "Namespaced" ? "/namespaces/default" : "";
  const path = `/apis/${group}/${version}${namespace}/${names.plural}?dryRun=All&fieldValidation=Strict`;
  const { status, body } = await send(server, "POST", path, object);
  if (status === 201) return { stored: body };
  if (status === 400 || status === 422) return { refused: String(body.message) };
  throw new Error(`${path}: the API server says ${status} ${JSON.stringify(body)}`);
}

/** What is read of an answer: of an object that is kept or refused, and of a CRD, whose conditions are null at first. */
interface ServerAnswer {
  readonly message?: string;
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[] | null;
  };
}

async function send(
  { api }: Server,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: ServerAnswer }> {
  const response = await fetch(`${api}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  // JSON.parse promises nothing, and whatever else is said is printed as it is.
  return { status: response.status, body: JSON.parse(await response.text()) };
}

/** Some megabytes of CRDs keep a busy machine's API server waiting for minutes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 300_000;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error("the API server was not ready with a CRD within five minutes");
    await sleep(100);
  }
}
