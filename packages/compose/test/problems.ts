import {
  compose,
  ComposeError,
  overlay,
  type KubernetesObject,
  type LayerContent,
  type Patch,
  type Problem,
} from "@atlas/compose";
import { shop } from "./fixtures.ts";

/** The problems that composing the overlay ends with. */
export function problemsOf(
  content: LayerContent,
  below = shop,
  read?: (source: URL) => KubernetesObject,
): readonly Problem[] {
  try {
    compose(overlay({ base: below, ...content }), read);
  } catch (error) {
    if (error instanceof ComposeError) return error.problems;
    throw error;
  }
  return [];
}

/** A patch as plain data, the way it comes from a file: no type has looked at it. */
export const untyped = (target: Patch["target"], body: unknown, override = false): Patch => ({
  target,
  body,
  override,
});
