import { expect, test } from "vitest";
import { importCrds } from "../src/import-crds.ts";
import { InputError } from "../src/problem.ts";
import { validatorsOf } from "../src/validators.ts";
import { brokenCrds } from "./broken-crds.ts";

type Fields = Record<string | number, unknown>;

/** A copy of a value with another in the place of each of its parts, and where. */
function* replaced(value: unknown, other: unknown, path = ""): Generator<readonly [string, unknown]> {
  if (typeof value !== "object" || value === null) return;
  for (const [step, inner] of Object.entries(value)) {
    const place = `${path}.${step}`;
    const copy = (): Fields => structuredClone(value) as Fields;
    yield [place, Object.assign(copy(), { [step]: other })];
    for (const [innerPlace, each] of replaced(inner, other, place))
      yield [innerPlace, Object.assign(copy(), { [step]: each })];
  }
}

/** What stops when it is given something, other than a report of what is wrong with that. */
function faultOf(act: () => unknown): string | undefined {
  try {
    act();
  } catch (error) {
    if (!(error instanceof InputError)) return String(error);
  }
  return undefined;
}

const shop = { apiVersion: "example.com/v1", kind: "Shop", metadata: { name: "a" }, spec: { size: "big" } };

test.each([{ toString: null }, [{ toString: "a", valueOf: 1 }]])(
  "%j, of which no text can be made, is answered wherever it stands in a CRD",
  (textless) => {
    const ruled = brokenCrds.filter(({ isTaken }) => isTaken).map(({ crd }) => crd);
    const faults = ruled.flatMap((sound) =>
      [...replaced(sound, textless)].flatMap(([place, made]) => {
        const crd = made as { readonly [field: string]: never };
        const text = JSON.stringify(crd);
        return [
          faultOf(() => importCrds([{ file: "a.json", text }], { crds: [], definitions: {} })),
          faultOf(() => validatorsOf(crd).get("v1")?.validate(shop)),
        ].flatMap((fault) => (fault === undefined ? [] : [`${place}: ${fault}`]));
      }),
    );
    expect([...new Set(faults)]).toEqual([]);
  },
);
