import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { projects } from "../../src/foreign-crds/projects.ts";
import { downloadModule } from "../../src/workspace/go-modules.ts";
import { environments, objectsOf, options, scopes, withOptions } from "../checks/option-cases.ts";
import { isExisting, quietly, request } from "./cluster.ts";
import { servedResources } from "./discovery.ts";
import { established, removed } from "./live.ts";

/*
 * Each option over each environment, as the API server takes it: strictly, by the CRDs of the operator and of the Prometheus
 * Operator, without keeping it. Mesh objects are what the environments have without options.
 */
const project = projects.find(({ name }) => name === "prometheus-operator");
const namespaces = [...scopes, ...environments.map(([, , namespace]) => namespace)].filter(
  (name) => name !== "default",
);
const crds = ["podmonitors", "servicemonitors", "prometheusrules"];

describe.skipIf(isExisting)("the API server takes", () => {
  let paths: ReadonlyMap<string, string>;
  let files: readonly string[];

  beforeAll(async () => {
    const [module] = project?.modules ?? [];
    if (module === undefined) throw new Error("there is no project prometheus-operator");
    const folder = join(await downloadModule(module), String(module.crds[0]));
    files = crds.map((name) => join(folder, `monitoring.coreos.com_${name}.yaml`));
    for (const file of files) await quietly("apply", "--server-side", "--filename", file);
    for (const name of namespaces) await quietly("create", "namespace", name);
    await established();
    paths = new Map(
      (await servedResources()).map(({ apiVersion, kind, root, resource }) => [
        `${apiVersion} ${kind}`,
        `${root} ${resource}`,
      ]),
    );
  });
  afterAll(async () => {
    for (const file of files) await removed("--filename", file);
    for (const name of namespaces) await removed("namespace", name);
  });

  const rows = environments.flatMap(([name, layer, namespace]) => {
    // What no option changes is applied elsewhere.
    const before = new Set(objectsOf(withOptions(layer, [])).map((object) => JSON.stringify(object)));
    return Object.entries(options).map(([option, component]) => {
      const objects = objectsOf(withOptions(layer, [component(namespace)]));
      return [option, name, objects.filter((object) => !before.has(JSON.stringify(object)))] as const;
    });
  });

  test.each(rows)("%s over %s", async (_option, _name, objects) => {
    expect(objects).not.toEqual([]);
    const answers = await Promise.all(
      objects.map(async (object) => {
        const [root = "", resource = ""] = (paths.get(`${object.apiVersion} ${object.kind}`) ?? "").split(
          " ",
        );
        const { namespace } = object.metadata;
        const path = `${root}${namespace === undefined ? "" : `/namespaces/${namespace}`}/${resource}`;
        const { status, body } = await request("POST", `${path}?dryRun=All&fieldValidation=Strict`, object);
        // What is there already is judged all the same.
        return status === 201 || status === 409 ? [] : [{ object, status, message: body.message ?? body }];
      }),
    );
    expect(answers.flat()).toEqual([]);
  });
});
