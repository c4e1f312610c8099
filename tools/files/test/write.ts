/** Changes files in a folder, says so, and waits to be killed. */
import { changeFiles, replaceFiles, type FileChange } from "@atlas/files";

const [, , root = "", list = "[]"] = process.argv;
const files: FileChange[] = JSON.parse(list, (_key, value: unknown) => value);
await changeFiles(root, async (changes) => {
  replaceFiles(
    changes,
    files.map(({ path, content }) => ({ path, content })),
  );
  process.stdout.write("written\n");
  await new Promise((resolve) => setTimeout(resolve, 60_000));
});
