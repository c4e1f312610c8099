import { expect, test } from "vitest";
import { apiFields } from "../../../../packages/compose/src/kubernetes/api-fields.ts";
import { builtInGroups, builtInKind } from "../../../../packages/compose/src/kubernetes/schema.ts";
import { unservedKind } from "../../../../packages/compose/src/problems/unserved-kinds.ts";
import { fieldsIn } from "../../../../packages/compose/src/problems/version-problems.ts";
import { bases } from "../../../../packages/checks/test/api-server/bases/index.ts";
import { servedVersion } from "./cluster.ts";
import { servedResources, type ApiResource } from "./discovery.ts";

const version = await servedVersion();
const isOurs = ({ apiVersion }: ApiResource): boolean =>
  builtInGroups.has(apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "core");
const served = (await servedResources()).filter(isOurs);
const nameOf = ({ apiVersion, kind }: Pick<ApiResource, "apiVersion" | "kind">): string =>
  `${apiVersion} ${kind}`;

/** All kinds of the table that the version has. */
function knownKinds(): readonly { readonly apiVersion: string; readonly kind: string }[] {
  return [...apiFields.matchAll(/^(\w+)\.(v\w+)\.(\w+) =[NC]/gm)].flatMap(
    ([, first, name = "", kind = ""]) => {
      const group = [...builtInGroups].find((each) => each.split(".")[0] === first);
      const apiVersion = group === "core" ? name : `${group}/${name}`;
      const definition = builtInKind(apiVersion, kind);
      return definition && fieldsIn(definition, version) ? [{ apiVersion, kind }] : [];
    },
  );
}

test("an API server serves by default all kinds that it has, but for those that are said to be off", () => {
  const names = new Set(served.map(nameOf));
  const known = knownKinds();
  expect(known.length).toBeGreaterThan(70);
  const wrong = known.filter((each) => {
    const isOff = unservedKind({ ...each, metadata: { name: "a" } }, version) !== undefined;
    return isOff === names.has(nameOf(each));
  });
  expect(wrong.map(nameOf)).toEqual([]);
  const unknown = served
    .filter(({ verbs }) => verbs.includes("create"))
    .filter((each) => !builtInKind(each.apiVersion, each.kind));
  expect(unknown.map(nameOf)).toEqual([]);
});

/** What is asked of an API server rather than kept by it, is made by others, or is there in a stable version, too. */
const asked = /Review$|^v1 (?:Binding|ComponentStatus|Node)$|PodCertificateRequest$|\/v\d+beta\d+ /;

test("there is a base of each kind that can be created", () => {
  const tried = new Set(Object.values(bases).map((object) => nameOf(object as ApiResource)));
  const untried = served
    .filter(({ verbs }) => verbs.includes("create"))
    .map(nameOf)
    .filter((name) => !tried.has(name));
  expect([...new Set(untried)].filter((name) => !asked.test(name))).toEqual([]);
});
