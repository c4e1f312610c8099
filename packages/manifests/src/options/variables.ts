import { patch, type Patch } from "@atlas/compose";
import { deployment } from "../base/deployment.ts";

/** An environment variable with its value. */
export interface Variable {
  readonly name: string;
  readonly value: string;
}

/** Sets environment variables of the manager, beside those that are there. */
export const addVariables = (variables: readonly Variable[]): Patch =>
  patch(deployment, {
    spec: { template: { spec: { containers: { manager: { env: { $add: [...variables] } } } } } },
  });
