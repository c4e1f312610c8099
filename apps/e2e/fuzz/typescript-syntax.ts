import { stripTypeScriptTypes } from "node:module";
import { BrokenContract } from "./contract.ts";

/** @throws {BrokenContract} where a module that is written is not TypeScript. */
export function checkSyntax(path: string, text: string): void {
  try {
    stripTypeScriptTypes(text);
  } catch (error) {
    throw new BrokenContract(`${path} is not TypeScript: ${String(error)}\n${text}`);
  }
}
