import { explain, objectFindings, type Finding } from "@atlas/checks";
import type { Place } from "@atlas/compose/places";
import { lastKnownRelease, releases } from "@atlas/manifests/releases";
import { displayPath } from "@atlas/input";
import { customObjectProblems, isOurs } from "../../validate/custom-objects.ts";
import { stdin } from "../../report/written-finding.ts";
import type { Subject } from "./subject.ts";

/** A finding, with where it was found. */
export interface PlacedFinding extends Finding {
  /** The environment, or the file. */
  readonly subject: string;
  /** Why it will not work, whatever object it is. */
  readonly why: string;
  /** As editors open it; left out where nothing tells. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a subject has that will not work, each where it was written. */
export function findingsIn({ name, objects, ignored, placesOf }: Subject): readonly PlacedFinding[] {
  const found = objectFindings(objects, {
    ignored,
    releases,
    lastRelease: lastKnownRelease,
    validate: (object) =>
      isOurs(object)
        ? customObjectProblems(object).map(({ path = "", what, expected }) => ({
            path,
            message: what,
            ...(expected !== undefined && { expected }),
          }))
        : [],
  });
  const places = placesOf(found.map(({ object, finding: { path } }) => ({ object, path })));
  return found.map(({ finding }, index) => ({
    ...finding,
    subject: name,
    why: explain(finding.code)?.why ?? "",
    ...shownPlace(places[index]),
  }));
}

/** A place as a finding shows it. */
export function shownPlace(place: Place | undefined): Pick<PlacedFinding, "file" | "line" | "column"> {
  if (place === undefined) return {};
  const { file, line, column } = place;
  return { file: file === stdin ? file : displayPath(file), line, column };
}
