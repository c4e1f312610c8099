import { accepted } from "@atlas/checks/api-server";
import { acceptedFor } from "@atlas/checks/api-server/by-kind";
import { expect, test } from "vitest";
import { bases } from "./bases/index.ts";
import { wrongOthers } from "./wrong-others.ts";
import { wrongPods } from "./wrong-pods.ts";

const objects = [
  ...Object.entries(bases),
  ...[...wrongPods, ...wrongOthers].map(([title, object]) => [title, object] as const),
];

test.each(objects)("%s is judged the same by the rules of its kind alone", async (_title, object) => {
  const alone = await acceptedFor([object as { apiVersion: string; kind: string }]);
  // Without a namespace and a name it breaks a rule of every kind that there are rules for.
  for (const each of [object, { ...object, metadata: {} }]) expect(alone(each)).toEqual(accepted(each));
});
