import { explain, objectFindings, type Finding, type ObjectFinding } from "@atlas/checks";
import { contentOfCall, placeOf, type Place } from "@atlas/compose/places";
import { selectorProblem } from "@atlas/manifests/manager";
import { migrationSumProblems } from "@atlas/crd-types/migrations";
import { lastKnownRelease, releaseImages, releases } from "@atlas/manifests/releases";
import { displayPath } from "@atlas/input";
import { refinePlace } from "../../places/refine-place.ts";
import { customObjectProblems, isOurs } from "../../validate/custom-objects.ts";
import { stdin } from "../../report/written-finding.ts";
import { codeLists } from "../../problems/known-codes.ts";
import { schemaFindings } from "./schema-findings.ts";
import type { Subject } from "./subject.ts";

const reasons = new Map(codeLists.flatMap(({ codes }) => codes.map(({ code, why }) => [code, why])));

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

/**
 * What a subject has that will not work, each where it was written.
 *
 * @param more what is known of its objects beside what rules and schemas say.
 * @param beside what else is applied to its cluster.
 */
export function findingsOfSubject(
  { name, objects, ignored, isComposed, formerNamespaces = [], placesOf }: Subject,
  more: readonly ObjectFinding[] = [],
  beside: readonly Subject[] = [],
): readonly PlacedFinding[] {
  const bySchema = [...schemaFindings(objects), ...more];
  const byRule = objectFindings(objects, {
    ignored,
    isCommitted: isComposed,
    formerNamespaces,
    beside,
    releases,
    lastRelease: lastKnownRelease,
    images: releaseImages,
    selectorProblem,
    migrationSumProblems,
    validate: (object) =>
      isOurs(object)
        ? customObjectProblems(object).map(({ path = "", what, expected, fix }) => ({
            path,
            message: what,
            ...(expected !== undefined && { expected }),
            ...(fix?.startsWith("did you mean") && { fix }),
          }))
        : [],
  });
  const found = [
    ...bySchema,
    ...byRule.filter((each) => !bySchema.some((other) => isOfSamePlace(each, other))),
  ];
  const places = placesOf(found.map(({ object, finding: { path } }) => ({ object, path })));
  return found.map((each, index) => ({
    ...each.finding,
    subject: name,
    why: explain(each.finding.code)?.why ?? reasons.get(each.finding.code) ?? "",
    ...shownPlace((each.saidBy && placeOfIgnoring(each.saidBy)) ?? places[index]),
  }));
}

/** Where an overlay says of a code that it is ignored. */
function placeOfIgnoring(entry: object): Place | undefined {
  const listed = contentOfCall(entry);
  const index = Array.isArray(listed) ? listed.indexOf(entry) : -1;
  const place = placeOf(entry, index === -1 ? [] : [String(index)]);
  return place && (refinePlace(place) ?? place);
}

/** A field of another type breaks rules as well; once is enough. */
const isOfSamePlace = (one: ObjectFinding, other: ObjectFinding): boolean =>
  one.object === other.object && pathKey(one) === pathKey(other);
const pathKey = ({ finding: { path } }: ObjectFinding): string => JSON.stringify(path.map(String));

/** A place as a finding shows it. */
export function shownPlace(place: Place | undefined): Pick<PlacedFinding, "file" | "line" | "column"> {
  if (place === undefined) return {};
  const { file, line, column } = place;
  return { file: file === stdin ? file : displayPath(file), line, column };
}
