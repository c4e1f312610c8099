import { hold } from "../../fuzz/contract.ts";

let count = 0;

/** A reader that gives something else each time. */
export async function fuzz(data: Buffer): Promise<void> {
  await hold(
    () => (data.length > 1 ? count++ : 0),
    () => undefined,
  );
}
