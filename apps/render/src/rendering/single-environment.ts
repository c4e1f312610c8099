import { loadFolder } from "../environments/environments.ts";
import type { Environment, EnvironmentFolder } from "../environments/environment.ts";
import { InputError } from "@atlas/input";
import { renderEnvironments, type Rendering, type Validation } from "./rendering.ts";

/**
 * The environment of a folder that holds one.
 *
 * @throws {InputError} when it holds a fleet, on which nothing can stand.
 */
export async function singleEnvironment(folder: EnvironmentFolder): Promise<Environment> {
  const { kind, environments } = await loadFolder(folder);
  const [environment] = environments;
  if (environment && kind !== "fleet") return environment;
  throw new InputError([
    {
      environment: folder.name,
      code: "environment-expected",
      what: "a fleet is no environment to stand on",
      expected: "a folder whose module exports an overlay",
      fix: "name another environment, or add a row to the fleet",
    },
  ]);
}

/**
 * Renders one environment.
 *
 * @throws {InputError} with everything that is wrong in it.
 */
export async function renderSingle(
  environment: Environment,
  options: { readonly validate: Validation },
): Promise<Rendering> {
  for await (const rendering of renderEnvironments([environment], options)) return rendering;
  throw new Error(`${environment.name} was not rendered`);
}
