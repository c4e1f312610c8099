import type { Knowledge, ReleaseFacts } from "../findings/world.ts";
import { comesBefore } from "./operator.ts";

/** What a release of the operator knows, and what others do. */
export interface Known {
  readonly flags: ReadonlySet<string>;
  readonly variables: ReadonlySet<string>;
  /** Of a later release, with the one that brings it. */
  readonly laterFlags: ReadonlyMap<string, string>;
  readonly laterVariables: ReadonlyMap<string, string>;
  readonly goneVariables: ReadonlySet<string>;
}

/** What a release knows; undefined where the version is not known, or is none that the table was made for. */
export function knownBy(
  { releases, lastRelease }: Knowledge,
  version: string | undefined,
): Known | undefined {
  if (releases === undefined || version === undefined) return undefined;
  if (lastRelease !== undefined && comesBefore(lastRelease, version)) return undefined;
  const isLater = ({ from }: ReleaseFacts): boolean => comesBefore(version, from);
  const [sofar, later] = [releases.filter((each) => !isLater(each)), releases.filter(isLater)];
  if (sofar.length === 0) return undefined;
  const goneVariables = new Set(sofar.flatMap(({ gone = [] }) => gone));
  return {
    flags: new Set(sofar.flatMap(({ flags = [] }) => flags)),
    variables: new Set(
      sofar.flatMap(({ variables = [] }) => variables).filter((name) => !goneVariables.has(name)),
    ),
    laterFlags: new Map(later.flatMap(({ from, flags = [] }) => flags.map((name) => [name, from]))),
    laterVariables: new Map(
      later.flatMap(({ from, variables = [] }) => variables.map((name) => [name, from])),
    ),
    goneVariables,
  };
}
