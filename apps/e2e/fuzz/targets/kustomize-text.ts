import { importFiles } from "../kustomize-import.ts";
import type { Files } from "../temporary-folder.ts";

/** The files of a Kustomize directory as text: `-- path --` on a line of its own starts a file. */
export async function fuzz(data: Buffer): Promise<void> {
  await importFiles(filesIn(data.toString("latin1")));
}

function filesIn(archive: string): Files {
  const [, ...parts] = archive.split(/^-- (.+) --\n/m);
  const texts: [string, string][] = [];
  for (let at = 0; at + 1 < parts.length; at += 2) texts.push([`source/${parts[at]}`, parts[at + 1] ?? ""]);
  return { texts, links: [] };
}
