import { ignoredIn, ignorePrefix } from "@atlas/checks";
import { displayName, type Layer, type Resource } from "@atlas/compose";
import type { Finding } from "@atlas/input";

/**
 * What is worth knowing of objects, but for what is meant to be: a reason in an annotation of the object, or in `ignoring()` of
 * a layer, is for a render as it is for `check`.
 */
export function withoutMeant(
  found: readonly Finding[],
  layer: Layer,
  objects: readonly Resource[],
): readonly Finding[] {
  const listed = ignoredIn(layer).filter(({ reason }) => reason.trim() !== "");
  const isMeant = (code: string, object: Resource): boolean => {
    const { kind, metadata } = object;
    const { annotations } = metadata as { readonly annotations?: Readonly<Record<string, unknown>> };
    const reason = annotations?.[`${ignorePrefix}${code}`];
    if (typeof reason === "string" && reason.trim() !== "") return true;
    const [name, inSpace] = [displayName(object), `${kind}/${metadata.namespace}/${metadata.name}`];
    return listed.some((each) => each.code === code && (each.object === name || each.object === inSpace));
  };
  return found.filter(({ code, object }) => {
    const namesakes = objects.filter((each) => displayName(each) === object);
    return namesakes.length === 0 || !namesakes.every((each) => isMeant(code, each));
  });
}
