import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The TypeScript examples of a package's README, in order. */
export function examplesOf(room: string): readonly string[] {
  const file = fileURLToPath(new URL(`../../../../${room}/README.md`, import.meta.url));
  return [...readFileSync(file, "utf8").matchAll(/```ts\n([^]*?)```/g)].map(([, code = ""]) => code);
}

/** What an example says that it prints: the comment that it ends with. */
export const saidOutput = (code: string): string | undefined =>
  /(?:^\/\/ .*\n)+$/m.exec(code)?.[0].replaceAll(/^\/\/ /gm, "");
