import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { kindSchemasOf } from "@atlas/crd-codegen/kind-schemas";
import { parseAllDocuments } from "yaml";
import { istioRelease } from "../src/validate/istio-release.ts";
import type { IstioSchema } from "../src/validate/istio-schema.ts";

/**
 * The files of schemas/istio/, by path: of each kind what a validator has to know of it. Of a status, which nobody writes,
 * the schema is left out.
 *
 * @throws Error with what Go said, where the module is not to be had, and when versions of a kind differ.
 */
export async function istioSchemas(): Promise<ReadonlyMap<string, string>> {
  const crds = parseAllDocuments(await definitionsFile()).map((document): object => document.toJS());
  const files = crds.map((crd) => {
    const versions = kindSchemasOf({ ...crd });
    const [first, ...others] = versions;
    const all = versions.map(({ apiVersion }) => apiVersion.split("/")[1] ?? "");
    if (!first) throw new Error("a definition serves no version");
    const { apiVersion, kind, scope, hasStatus, schema } = first;
    if (others.some((other) => JSON.stringify(other.schema) !== JSON.stringify(schema)))
      throw new Error(`the versions of ${kind} have schemas that differ: give each its own`);
    const { status: _status, ...properties } = schema.properties ?? {};
    const kept = {
      ...properties,
      ...(hasStatus && { status: { type: "object", "x-kubernetes-preserve-unknown-fields": true } }),
    };
    const file: IstioSchema = {
      kind,
      scope,
      hasStatus,
      versions: all,
      schema: { ...schema, properties: kept },
    };
    return [`${apiVersion.split("/")[0]}/${kind}.json`, `${JSON.stringify(file)}\n`] as const;
  });
  return new Map(files);
}

/** `kubernetes/customresourcedefinitions.gen.yaml` of the module. */
async function definitionsFile(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "istio-module-"));
  try {
    // A module of its own, so that none of the settings of another project count.
    writeFileSync(join(folder, "go.mod"), "module scripts\n");
    const env = { ...process.env, GOFLAGS: "-mod=mod", GOWORK: "off" };
    const args = ["mod", "download", "-json", `istio.io/api@v${istioRelease}`];
    const { stdout } = await promisify(execFile)("go", args, { cwd: folder, env });
    const { Dir }: { readonly Dir: string } = JSON.parse(stdout);
    return readFileSync(join(Dir, "kubernetes/customresourcedefinitions.gen.yaml"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
