import { ignoredIn, objectFindings, printedPath } from "@atlas/checks";
import { displayName, isExternal, type KubernetesObject, type Layer, type Resource } from "@atlas/compose";
import type { Finding } from "@atlas/input";
import { readExternal } from "../read/external.ts";

/** What Secrets of an environment hold for whoever reads the repository that it is committed to, as `check` finds it. */
export function plainSecrets(layer: Layer, objects: readonly Resource[]): readonly Finding[] {
  const secrets = objects
    .filter(({ kind }) => kind === "Secret")
    .map((object): KubernetesObject => (isExternal(object) ? readExternal(object.source) : object));
  const found = objectFindings(secrets, { ignored: ignoredIn(layer), isCommitted: true });
  return found.flatMap(({ finding: { code, path, what, fix }, object }) =>
    code === "secret-in-plain-text"
      ? [
          {
            code,
            object: displayName(object),
            ...(path.length > 0 && { path: printedPath(path) }),
            what,
            ...(fix !== undefined && { fix }),
          },
        ]
      : [],
  );
}
