import { asksForHelp, type Run } from "./command.ts";
import { renderCommand } from "./render-command.ts";

/**
 * What the arguments ask for. All commands but the one that a cold start is for are declared in a file that is loaded when
 * one of them is meant.
 *
 * @throws {InputError} when they ask for nothing that exists.
 */
export async function askedOf(args: readonly string[]): Promise<Run> {
  const [name, ...rest] = args;
  const isRender = name === renderCommand.name || name === renderCommand.alias;
  if (isRender && !asksForHelp(rest)) return renderCommand.prepare(rest);
  return (await import("./command-line.ts")).parseCommandLine(args);
}
