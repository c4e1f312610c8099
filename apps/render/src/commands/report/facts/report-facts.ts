import type { Answer } from "./answer.ts";
import type { Connections } from "./connections.ts";
import type { EnvironmentDifference } from "./differences.ts";
import type { AccountPermissions } from "./permissions.ts";
import type { Row } from "../../../rendering/environment-row.ts";

/** An object, as it is shown. */
export interface ObjectFacts {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly apiVersion: string;
  /** Where it is declared, as `file:line`. */
  readonly place: string | undefined;
  /** As it is rendered, without what is secret; undefined where that is too long to be read. */
  readonly text: string | undefined;
}

/** Whether the pods of a workload are admitted to their namespace. */
export interface AdmissionFacts {
  readonly workload: string;
  readonly standard: string;
  readonly answer: Answer;
}

/** Something that a check has found. */
export interface FindingFacts {
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly object: string;
  readonly path: string;
  readonly what: string;
  readonly fix: string | undefined;
  readonly place: string | undefined;
}

/** All that the page says of an environment. */
export interface EnvironmentFacts {
  readonly row: Row;
  readonly objects: readonly ObjectFacts[];
  readonly connections: Connections;
  readonly permissions: readonly AccountPermissions[];
  readonly admissions: readonly AdmissionFacts[];
  readonly findings: readonly FindingFacts[];
}

/** All that the page says. */
export interface ReportFacts {
  readonly environments: readonly EnvironmentFacts[];
  /** Values that are not the same in all environments. */
  readonly differences: readonly EnvironmentDifference[];
}
