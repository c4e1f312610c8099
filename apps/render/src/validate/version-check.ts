import type { Resource } from "@atlas/compose";
import { versionProblems, type TargetVersion } from "@atlas/compose/validation";
import { opened } from "../read/external.ts";
import type { Finding } from "@atlas/input";

/** What of objects of Kubernetes itself the version that they are for does not have. */
export const versionFindings = (resources: readonly Resource[], target: TargetVersion): readonly Finding[] =>
  resources.flatMap((resource) => versionProblems(opened(resource), target));
