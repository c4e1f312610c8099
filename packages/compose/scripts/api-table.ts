import { minorOf } from "./kubernetes-releases.ts";
import type { ApiDefinition, ApiField } from "./release-api.ts";

/** The API of each release, the oldest first. */
export type Releases = readonly (readonly [release: string, api: ReadonlyMap<string, ApiDefinition>])[];

/** The table that `src/kubernetes/api-fields.ts` explains: one definition a line, sorted by name. */
export function apiTable(releases: Releases): string {
  const names = [...new Set(releases.flatMap(([, api]) => [...api.keys()]))].toSorted();
  /** The first definition with these fields, by group, name and fields: mostly, versions of a group differ in few. */
  const first = new Map<string, string>();
  return names
    .map((name) => {
      const { about, fields } = lineOf(name, releases);
      const [group = "", version = "", ...kind] = name.split(".");
      const key = [group, ...kind, fields].join(" ");
      const same = fields.length > 8 ? first.get(key) : undefined;
      first.set(key, same ?? version);
      return [name, about, same === undefined ? fields : `>${same}`].filter(Boolean).join(" ");
    })
    .join("\n");
}

/** What every kind has. */
const ofKinds = new Map([
  ["apiVersion", "s"],
  ["kind", "s"],
  ["metadata", "meta.v1.ObjectMeta"],
]);

function lineOf(name: string, releases: Releases): { readonly about: string; readonly fields: string } {
  const here = releases.flatMap(([release, api]) => {
    const definition = api.get(name);
    return definition ? [[minorOf(release), definition] as const] : [];
  });
  const span = spanOf(here, releases);
  const scope = here.findLast(([, definition]) => definition.scope)?.[1].scope ?? "";
  const names = [...new Set(here.flatMap(([, { fields }]) => [...fields.keys()]))].toSorted();
  const isKind = [...ofKinds].every(([field, type]) => here.at(-1)?.[1].fields.get(field)?.type === type);
  const home = name.split(".").slice(0, 2).join(".");
  const minors = here.map(([minor]) => minor);
  const texts = names.flatMap((field) => {
    if (isKind && ofKinds.has(field)) return [];
    const versions = here.flatMap(([minor, definition]) => {
      const known = definition.fields.get(field);
      return known ? [[minor, known] as const] : [];
    });
    return [fieldText(field, versions, minors, home)];
  });
  const mark = isKind ? `=${scope || "P"}` : span && "=";
  return { about: mark + span, fields: texts.join(" ") };
}

type Versions<T> = readonly (readonly [minor: number, value: T])[];

function fieldText(
  name: string,
  versions: Versions<ApiField>,
  known: readonly number[],
  home: string,
): string {
  const newest: Partial<ApiField> = versions.at(-1)?.[1] ?? {};
  // What one release takes without the field, no message may refuse for all.
  const isRequired = versions.length === known.length && versions.every(([, field]) => field.isRequired);
  const type = withValues(newest.type ?? "a", versions).replace(new RegExp(`^([[{]?)${home}(?=\\.)`), "$1");
  const given = newest.default === undefined ? "" : `=${String(newest.default).replaceAll(" ", "_")}`;
  const stated = `${name}${spanBetween(
    versions.map(([minor]) => minor),
    known,
  )}${isRequired ? "!" : ""}`;
  return type === "s" && given === "" ? stated : `${stated}:${type}${given}`;
}

/** A text, or a list of texts, with the values that any release has, and since when and until when. */
function withValues(type: string, versions: Versions<ApiField>): string {
  const withEnum = versions.filter(([, { values }]) => values);
  // Where one release takes any text, so does the table.
  if (withEnum.length === 0 || withEnum.at(-1)?.[0] !== versions.at(-1)?.[0]) return type;
  const known = withEnum.map(([minor]) => minor);
  const all = [...new Set(withEnum.flatMap(([, { values = [] }]) => values))].toSorted();
  const texts = all.map((value) => {
    const minors = withEnum.filter(([, { values }]) => values?.includes(value)).map(([minor]) => minor);
    return value.replaceAll(" ", "_") + spanBetween(minors, known);
  });
  return type.replace("s", `(${texts.join("|")})`);
}

/** `@36` for what is there from 1.36 on, `@30-33` for what 1.33 is the last to have, nothing for what is always there. */
function spanBetween(minors: readonly number[], known: readonly number[]): string {
  const [since, until] = [minors[0] ?? 0, minors.at(-1) ?? 0];
  const isNew = since !== known[0];
  const isGone = until !== known.at(-1);
  return isNew || isGone ? `@${isNew ? since : ""}${isGone ? `-${until}` : ""}` : "";
}

const spanOf = (here: Versions<unknown>, releases: Releases): string =>
  spanBetween(
    here.map(([minor]) => minor),
    releases.map(([release]) => minorOf(release)),
  );
