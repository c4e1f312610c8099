import type { Layer } from "../layers/overlay.ts";
import { demandFields } from "../problems/first-argument.ts";
import { typeOf } from "../problems/mistaken.ts";
import { refuseFurther } from "../problems/further-arguments.ts";
import type { Place } from "../problems/places.ts";
import { ComposeError, didYouMean, type Problem } from "../problems/problem.ts";
import { wrongType } from "../problems/field-problems.ts";
import { placeOfField } from "./row-place.ts";
import { describe } from "../problems/described.ts";
import { unreadFields } from "./unread-fields.ts";
import { rowProblems, typeProblems, type RowFields, type RowOf } from "./row-fields.ts";

export type { FieldType, RowFields, RowOf } from "./row-fields.ts";

/** What is made of a row. */
interface Making<Row> {
  /** The environment's name, its own in the fleet and a DNS label: a folder gets it. */
  readonly name: (row: Row) => string;
  /** The environment's layer. */
  readonly overlay: (row: Row) => Layer;
}

/** Many environments from one table. Plain data: no row is looked at before `membersOf`. */
export interface Fleet extends Making<never> {
  readonly type: "fleet";
  /** The table, or the YAML or JSON file that holds it as a list of objects. */
  readonly rows: readonly unknown[] | URL;
  readonly fields?: RowFields;
}

/**
 * Makes an environment of each row of a table. With `fields`, every row is held against them, so the table may lie in a
 * file, which whoever renders reads; without, the rows have whatever type they have.
 */
export function fleet<const F extends RowFields>(
  definition: {
    readonly fields: F;
    readonly rows: readonly NoInfer<RowOf<F>>[] | URL;
  } & Making<NoInfer<RowOf<F>>>,
): Fleet;
export function fleet<Row extends object>(
  definition: { readonly fields?: never; readonly rows: readonly Row[] } & Making<NoInfer<Row>>,
): Fleet;
export function fleet(definition: Omit<Fleet, "type">): Fleet {
  refuseFurther(fleet, arguments);
  demandFields(fleet, arguments, "fleet({ rows, name, overlay })");
  return { ...definition, type: "fleet" };
}

/** Whether a value, such as what a module exports, is a fleet. */
export function isFleet(value: unknown): value is Fleet {
  return typeOf(value) === "fleet";
}

/** An environment of a fleet. */
export interface FleetMember {
  readonly name: string;
  /** Its row, as `rows[3]`. */
  readonly path: string;
  /** Where the row stands, when it was read from a file. */
  readonly place?: Place;
  /** Makes its layer; what the fleet's own function throws comes through. */
  readonly overlay: () => Layer;
}

/**
 * The environments of a fleet, in the order of their rows.
 *
 * @param rows the fleet's table, or what was read from the file that its `rows` names.
 * @throws {ComposeError} with everything that is wrong in any row: fields that the fleet does not have, a value of
 * another type, a name that is none or that another row has. The layer that is made last throws one with the fields that
 * were read for none: what a row states there would be lost.
 */
export function membersOf(given: Fleet, rows: unknown): readonly FleetMember[] {
  const { fields, name: nameOf, overlay } = given;
  const problems = [...definitionProblems(given), ...tableProblems(rows), ...typeProblems(fields ?? {})];
  if (!Array.isArray(rows) || problems.length > 0) throw new ComposeError(problems);
  const members: FleetMember[] = [];
  const { watch, checked } = unreadFields(rows.length);
  for (const [index, row] of rows.entries() as Iterable<[number, never]>) {
    const path = `rows[${index}]`;
    const place = placeOfField(rows, String(index));
    const found = rowProblems(row, fields).map((problem) => {
      const at = placeOfField(row, problem.path) ?? place;
      return { ...problem, path: problem.path ? `${path}.${problem.path}` : path, ...at };
    });
    problems.push(...found);
    if (found.length > 0) continue;
    const watched = watch(row, path);
    const name = checkedName(() => nameOf(watched));
    if (typeof name === "string")
      members.push({
        name,
        path,
        ...(place && { place }),
        overlay: () => checked(path, () => overlay(watched)),
      });
    else problems.push({ path, ...place, ...name });
  }
  problems.push(...memberNamesakes(members));
  if (problems.length > 0) throw new ComposeError(problems);
  return members;
}

const definitionFields = ["rows", "fields", "name", "overlay"];

/** What is wrong with what a fleet was given, which only one that is not type-checked can have. */
function definitionProblems({ type: _type, ...given }: Fleet): Problem[] {
  const unknown = Object.keys(given).flatMap((name): Problem[] =>
    definitionFields.includes(name)
      ? []
      : [
          {
            path: name,
            code: "field-unknown",
            what: `the field "${name}" does not exist`,
            expected: `one of: ${definitionFields.join(", ")}`,
            fix: didYouMean(name, definitionFields, "take the field out"),
          },
        ],
  );
  const makers = (["name", "overlay"] as const).flatMap((name) =>
    typeof given[name] === "function" ? [] : [wrongType(name, "a function of a row", given[name])],
  );
  return [...unknown, ...makers];
}

function tableProblems(rows: unknown): Problem[] {
  const at = { path: "rows", expected: "a list of objects, one for each environment" };
  if (!Array.isArray(rows))
    return [{ ...at, code: "type-mismatch", what: `got ${describe(rows)}`, fix: "make it a list" }];
  if (rows.length > 0) return [];
  return [
    {
      ...at,
      code: "fleet-empty",
      what: "the fleet has no row",
      fix: "add one, or remove the overlay's folder",
    },
  ];
}

/** RFC 1123; such a name is that of a folder on every system, and leads out of none. */
const environmentLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;

function checkedName(nameOf: () => unknown): string | Problem {
  const fix = "fix name(), or the row";
  let name: unknown;
  try {
    name = nameOf();
  } catch (error) {
    return {
      code: "fleet-name-failed",
      what: `name() threw ${String(error)}`,
      expected: "a name for each row",
      fix,
    };
  }
  if (typeof name === "string" && environmentLabel.test(name)) return name;
  const expected = "a DNS label: at most 63 lower-case letters, digits and -, a letter or digit at both ends";
  return { code: "fleet-name-malformed", what: `name() gives ${describe(name)}`, expected, fix };
}

function memberNamesakes(members: readonly FleetMember[]): Problem[] {
  const first = new Map<string, FleetMember>();
  return members.flatMap((member) => {
    const { name, path, place } = member;
    const other = first.get(name);
    if (!other) return (first.set(name, member), []);
    const where = other.place ? ` (${other.place.file}:${other.place.line})` : "";
    return [
      {
        path,
        ...place,
        code: "fleet-name-repeated",
        what: `the name "${name}" is that of ${other.path}${where} too`,
        expected: "a name of its own for each row",
        fix: "drop one of the rows, or tell them apart in name()",
        ...(other.place && { places: [{ label: "first", ...other.place }] }),
      },
    ];
  });
}
