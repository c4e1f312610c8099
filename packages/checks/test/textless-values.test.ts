import { assumptions, check, type KubernetesObject } from "@atlas/checks";
import { expect, test } from "vitest";
import { bases } from "./api-server/bases/index.ts";
import { changed, type Steps } from "./api-server/change.ts";

/** The places within a value. */
const places = (value: unknown, steps: Steps = []): readonly Steps[] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([step, inner]) => {
        const place = [...steps, Array.isArray(value) ? Number(step) : step];
        return [place, ...places(inner, place)];
      })
    : [];

/** Whoever reads objects sees to it that these are text. */
const identity = new Set(["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace"]);

test.each([{ toString: null }, [{ toString: "a", valueOf: 1 }]])(
  "%j, of which no text can be made, is answered wherever it stands",
  (textless) => {
    const cases = Object.entries(bases).flatMap(([name, object]) =>
      places(object)
        .filter((place) => !identity.has(place.join(".")))
        .map((place) => ({ name, place, object: changed(object, [[place, textless]]) as KubernetesObject })),
    );
    const failed = cases.flatMap(({ name, place, object }) => {
      try {
        check([object]);
        assumptions([object]);
        return [];
      } catch (error) {
        return [`${name}: ${place.join(".")}: ${String(error)}`];
      }
    });
    expect(failed).toEqual([]);
  },
);
