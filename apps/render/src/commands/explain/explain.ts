import type { Layer } from "@atlas/compose";
import { historyOf, type Change, type History } from "@atlas/compose/history";
import { namesIn } from "@atlas/compose/places";
import { toJson } from "@atlas/compose/yaml";
import { chooseObject, isAmong, objectName } from "../../places/choose-object.ts";
import { displayPath, findingsOf, InputError } from "@atlas/input";
import { listEnvironments } from "../../environments/environments.ts";
import { readExternal } from "../../read/external.ts";
import { hiddenFields, hiddenValue } from "../../read/secret.ts";
import { layerNames } from "../../places/layer-names.ts";
import { oneLine } from "../../terminal/printable.ts";
import { refinePlace } from "../../places/refine-place.ts";
import { selectEnvironments } from "../../environments/selection.ts";
import { valuesAt } from "./value-history.ts";

/** What `atlas-render explain` is asked for. */
export interface ExplainRequest {
  readonly environment: string;
  /** `Kind[.group]/[namespace/]name`. */
  readonly object: string;
  /** A value of the object, or an object or list in it; empty for the whole object. */
  readonly path: string;
  readonly format: "text" | "json";
  readonly environments: string | undefined;
}

/** A change of a value, as it is printed. */
interface HistoryStep {
  readonly layer: string;
  readonly by: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  readonly before: unknown;
  readonly after: unknown;
}

interface ExplainedValue {
  readonly path: string;
  readonly value: unknown;
  readonly changes: readonly HistoryStep[];
}

/**
 * Which layers have set a value of an object, where, and what it was before. Of an object or a list, the values that are
 * not just as the base declares them.
 *
 * @throws {InputError} for an environment, an object or a path that is not there, and for layers with problems.
 */
export async function explainCommand(request: ExplainRequest): Promise<string> {
  const { environments } = await selectEnvironments(
    [request.environment],
    listEnvironments(request.environments),
  );
  const [environment] = environments;
  if (!environment) return "";
  try {
    return explainIn(environment.layer(), { ...request, environment: environment.name });
  } catch (error) {
    const findings = findingsOf(error, environment.name);
    throw findings ? new InputError(findings) : error;
  }
}

function explainIn(layer: Layer, { environment, object, path, format }: ExplainRequest): string {
  const history = historyOf(
    layer,
    (there, removed) => chooseObject(object, isAmong(object, there) ? there : [...there, ...removed]),
    readExternal,
  );
  const nameOf = layerNames(layer, environment);
  const found = valuesAt(path, history);
  const isChanged = found.filter(({ changes }) => changes.length > 1 || !isOfBase(changes[0]));
  const shown = isChanged.length > 0 ? isChanged : found;
  const hidden = hiddenFields(history.object);
  const values = shown.map(({ path: place, value, changes }) => {
    const steps = changes.map((change) => stepOf(change, nameOf(change.statement.by)));
    const explained = { path: place, value, changes: steps };
    return hidden.includes(namesIn(place)?.[0] ?? "") ? withoutValues(explained) : explained;
  });
  const name = oneLine(objectName(history.object));
  const removal = history.removal && removalOf(history.removal, nameOf(history.removal.statement.by));
  if (format === "json")
    return `${toJson({ environment, object: name, ...(removal && { removal }), values }, 2)}\n`;
  const rest = found.length - shown.length;
  const note = `${rest === 1 ? "1 other value is" : `${rest} other values are`} as the base declares ${rest === 1 ? "it" : "them"}`;
  const head = removal
    ? [`${name} in ${environment}: removed`, "", `  ${stepRow(removal).slice(0, 3).join("  ")}  (removed)`]
    : [`${name} in ${environment}`];
  return [...head, ...blocksOf(values), ...(rest > 0 ? ["", note] : []), ""].join("\n");
}

const inPlaceOf = (value: unknown): unknown => (value === undefined ? undefined : hiddenValue);

/** What is said of a value without it: that there is one, and who has set it. */
function withoutValues({ path, value, changes }: ExplainedValue): ExplainedValue {
  const steps = changes.map((step) => ({
    ...step,
    before: inPlaceOf(step.before),
    after: inPlaceOf(step.after),
  }));
  return { path, value: inPlaceOf(value), changes: steps };
}

const isOfBase = (change: Change | undefined): boolean => {
  const by = change?.statement.by;
  return by?.type === "layer" && by.below === undefined;
};

/** The removal of the whole object. */
const removalOf = ({ statement, place }: NonNullable<History["removal"]>, layer: string): HistoryStep =>
  stepOf({ statement, place, before: undefined, after: undefined }, layer);

function stepOf(
  { statement, place, before, after }: Pick<Change, "statement" | "place" | "before" | "after">,
  layer: string,
): HistoryStep {
  const exact = place && (refinePlace(place) ?? place);
  return {
    layer,
    by: statement.says,
    ...(exact && { file: displayPath(exact.file), line: exact.line, column: exact.column }),
    before,
    after,
  };
}

/** A block for each value: its path, and a line for each change, in columns. */
function blocksOf(values: readonly ExplainedValue[]): string[] {
  const rows = values.map(({ changes }) => changes.map(stepRow));
  const widths = [0, 1, 2].map((column) => Math.max(...rows.flat().map((row) => row[column]?.length ?? 0)));
  return values.flatMap(({ path }, index) => [
    "",
    oneLine(path),
    ...(rows[index] ?? []).map(
      (row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`,
    ),
  ]);
}

function stepRow({ layer, by, file, line, column, before, after }: HistoryStep): string[] {
  const place = file === undefined ? "(unknown)" : `${file}:${line}:${column}`;
  return [
    ...[layer, by, place].map(oneLine),
    before === undefined ? valueText(after) : `${valueText(before)} → ${valueText(after)}`,
  ];
}

const valueText = (value: unknown): string => (value === undefined ? "(removed)" : toJson(value));
