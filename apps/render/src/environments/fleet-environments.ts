import { readFileSync } from "node:fs";
import { isLayer, mistaken, typeOf, type Layer } from "@atlas/compose";
import { isFleet, membersOf, type FleetMember } from "@atlas/compose/fleet";
import { displayPath, type Finding, findingsOf, InputError } from "@atlas/input";
import { errorMessage } from "../problems/error-message.ts";
import type { Environment, EnvironmentFolder } from "./environment.ts";
import { errorPlace } from "../places/error-place.ts";
import { readYaml } from "@atlas/input/yaml";

/**
 * The environments of a folder whose module exports a fleet.
 *
 * @throws {InputError} when it exports none, or its file can't be read.
 * @throws {ComposeError} with everything that is wrong in its rows.
 */
export function environmentsOfFleet(folder: EnvironmentFolder, exported: unknown): readonly Environment[] {
  if (!isFleet(exported)) throw new InputError([notAnOverlay(folder, exported)]);
  const rows = exported.rows instanceof URL ? readRows(exported.rows, folder) : exported.rows;
  return membersOf(exported, rows).map((member) => {
    const name = `${folder.name}/${member.name}`;
    return { name, layer: () => memberLayer(member, { ...folder, name }) };
  });
}

/** What a module exports by default in place of an overlay or a fleet, and what to do about it. */
function notAnOverlay(folder: EnvironmentFolder, exported: unknown): Finding {
  if (exported === undefined) return noOverlay(folder, "the module exports no overlay by default");
  if (typeOf(exported) === "component") {
    const fix = "export an overlay that lists it: overlay({ base, components: [it] })";
    return { ...noOverlay(folder, "the module exports a component by default"), fix };
  }
  if (typeof exported === "function") {
    const fix = "call it where it is exported, and export what it gives: export default overlay({ … })";
    return { ...noOverlay(folder, "the module exports a function by default"), fix };
  }
  if (Array.isArray(exported)) {
    const fix = "export one overlay of a folder, or fleet({ … }) for several of one table";
    return { ...noOverlay(folder, "the module exports a list by default"), fix };
  }
  const { what, fix = "give the object to overlay() or fleet(): export default overlay({ … })" } =
    mistaken(exported);
  return { ...noOverlay(folder, `the module exports ${what} by default`), fix };
}

const noOverlay = ({ name, module }: EnvironmentFolder, what: string): Finding => ({
  environment: name,
  file: displayPath(module),
  code: "overlay-missing",
  what,
  expected: "export default overlay({ … }), or fleet({ … })",
  fix: "add the default export",
});

function memberLayer(member: FleetMember, folder: EnvironmentFolder): Layer {
  const row = member.place ? `${member.path} (${member.place.file}:${member.place.line})` : member.path;
  let layer: unknown;
  try {
    layer = member.overlay();
  } catch (error) {
    const found = findingsOf(error, folder.name);
    if (found) throw new InputError(found);
    throw new InputError([
      {
        environment: folder.name,
        ...errorPlace(error, displayPath(folder.module)),
        code: "overlay-fails",
        what: `overlay() threw for ${row}: ${errorMessage(error)}`,
        expected: "an overlay for each row",
        fix: "fix overlay(), or the row",
      },
    ]);
  }
  if (isLayer(layer)) return layer;
  throw new InputError([
    { ...noOverlay(folder, `overlay() gives ${givenInstead(layer)} for ${row}`), fix: fixOfMaking(layer) },
  ]);
}

const givenInstead = (layer: unknown): string => (layer === undefined ? "none" : mistaken(layer).what);

const fixOfMaking = (layer: unknown): string =>
  layer instanceof Promise
    ? "return overlay({ … }) of a function that is not async, and import what it needs at the top of the file"
    : "return overlay({ … })";

/** The table that lies in a file; a file that is empty holds none. */
function readRows(source: URL, { name }: EnvironmentFolder): unknown {
  const expected = "a YAML or JSON file with a list of objects, one for each environment";
  if (source.protocol !== "file:") {
    const fix = 'name a file: new URL("clusters.yaml", import.meta.url)';
    throw new InputError([
      {
        environment: name,
        path: "rows",
        code: "fleet-rows-malformed",
        what: `got ${source.href}`,
        expected,
        fix,
      },
    ]);
  }
  const file = displayPath(source);
  const refuse = (what: string, fix: string): InputError =>
    new InputError([{ environment: name, file, code: "fleet-rows-malformed", what, expected, fix }]);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(source);
  } catch (error) {
    throw refuse(
      `the fleet's file cannot be read: ${errorMessage(error)}`,
      "write it, or correct its name in rows",
    );
  }
  const [rows, ...others] = readYaml(bytes, file);
  if (others.length > 0)
    throw refuse(`the file holds ${others.length + 1} documents`, "put all rows into one list");
  if (rows === undefined) throw refuse("the file is empty", "add a row for each environment");
  if (!Array.isArray(rows))
    throw refuse(
      `the file holds ${typeof rows === "object" && rows !== null ? "an object" : "a single value"} in place of a list`,
      "make it a list: start each row with a hyphen",
    );
  return rows;
}
