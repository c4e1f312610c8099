import { join, show, type ValidationIssue } from "./issue.ts";
import { isFields } from "./schema.ts";

/** Where the subresource `scale` finds its fields: the steps to each, none for one that is not named. */
export interface Scale {
  readonly specReplicas: readonly string[];
  readonly statusReplicas: readonly string[];
  readonly labelSelector: readonly string[];
}

const mostInt32 = 2 ** 31 - 1;

/**
 * What is wrong with the fields that the subresource `scale` reads, whatever the schema says of them
 * (apiextensions-apiserver 1.34, `registry/customresource/validator.go`).
 */
export function scaleIssues(value: unknown, scale: Scale, hasStatus: boolean): readonly ValidationIssue[] {
  return [
    ...countIssues(value, scale.specReplicas),
    // Where the status is a subresource, it is not written here.
    ...(hasStatus
      ? []
      : [...countIssues(value, scale.statusReplicas), ...textIssues(value, scale.labelSelector)]),
  ];
}

function countIssues(value: unknown, steps: readonly string[]): ValidationIssue[] {
  const count = valueAtSteps(value, steps);
  const isCount = Number.isInteger(count) && Number(count) >= 0 && Number(count) <= mostInt32;
  return count === undefined || isCount
    ? []
    : [
        issueAt(
          steps,
          "the subresource scale reads a count here",
          `a whole number from 0 to ${mostInt32}`,
          count,
        ),
      ];
}

function textIssues(value: unknown, steps: readonly string[]): ValidationIssue[] {
  const text = valueAtSteps(value, steps);
  return text === undefined || typeof text === "string"
    ? []
    : [issueAt(steps, "the subresource scale reads a selector here", "string", text)];
}

function valueAtSteps(value: unknown, steps: readonly string[]): unknown {
  if (steps.length === 0) return undefined;
  return steps.reduce<unknown>((found, step) => (isFields(found) ? found[step] : undefined), value);
}

const issueAt = (
  steps: readonly string[],
  message: string,
  expected: string,
  got: unknown,
): ValidationIssue => ({ path: steps.reduce(join, ""), message, expected, got: show(got) });
