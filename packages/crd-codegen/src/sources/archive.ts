import { Parser } from "tar";
import type { Text } from "../read/documents.ts";

/** More than all YAML of any project, and far from where memory ends. */
const mostUnpacked = 256 * 1024 * 1024;

/** Whether a file of that name is an archive that can be read: a tape archive, packed or not. */
export const isArchive = (name: string): boolean => /\.(?:tgz|tar|tar\.gz)$/i.test(name);

/**
 * The files in an archive that may hold CRDs, in the order of their names. Nothing is written anywhere.
 *
 * @throws an error when it is no archive, or holds more than 256 MiB of YAML and JSON.
 */
export async function filesInArchive(bytes: Uint8Array): Promise<Text[]> {
  const files: Text[] = [];
  let size = 0;
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      const isFile = entry.type === "File" || entry.type === "OldFile";
      size += isFile && isSourceFile(entry.path) ? entry.size : 0;
      if (!isFile || !isSourceFile(entry.path) || size > mostUnpacked) {
        entry.resume();
        return;
      }
      const chunks: Uint8Array[] = [];
      entry.on("data", (chunk: Uint8Array) => chunks.push(chunk));
      entry.on("end", () => files.push({ file: entry.path, text: Buffer.concat(chunks).toString("utf8") }));
    },
  });
  await new Promise<void>((resolve, reject) => {
    parser.on("error", (error: Error) => reject(new Error(`it is not a whole archive: ${error.message}`)));
    parser.on("end", resolve);
    parser.end(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  });
  if (size > mostUnpacked) throw new Error(`its YAML files have more than ${mostUnpacked} bytes`);
  return files.toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

const isSourceFile = (path: string): boolean => /\.(?:ya?ml|json)$/i.test(path);
