import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildProgram } from "../workspace/go-modules.ts";

const databaseUrlHome = fileURLToPath(new URL("../../database-url", import.meta.url));

/** A template of a URL, and what stands in its fields. */
export interface UrlTemplate {
  readonly template: string;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A URL as Go reads it. */
export interface GoUrl {
  readonly URL: string;
  readonly Scheme: string;
  readonly User: string;
  readonly Password: string;
  readonly Hostname: string;
  readonly Port: string;
  readonly Path: string;
  readonly Query: Readonly<Record<string, readonly string[]>>;
}

/**
 * Builds the program that reads URLs as Atlas does.
 *
 * @param folder an empty folder.
 * @throws Error with what Go said.
 */
export async function buildUrlReader(
  folder: string,
): Promise<(templates: readonly UrlTemplate[]) => readonly GoUrl[]> {
  const program = join(folder, "database-url");
  await buildProgram(databaseUrlHome, program);
  return (templates) =>
    execFileSync(program, {
      input: templates.map((line) => `${JSON.stringify(line)}\n`).join(""),
      encoding: "utf8",
      maxBuffer: 1 << 28,
    })
      .trim()
      .split("\n")
      .map((line): GoUrl => JSON.parse(line));
}
