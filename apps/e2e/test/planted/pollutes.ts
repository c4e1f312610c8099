import { hold } from "../../fuzz/contract.ts";

const prototype: object = Object.getPrototypeOf(new Map());

/** A reader that changes a prototype, of which Jazzer.js itself looks after that of plain objects alone. */
export async function fuzz(data: Buffer): Promise<void> {
  await hold(
    () => {
      if (data.length > 1) Object.defineProperty(prototype, "planted", { value: 1, configurable: true });
    },
    () => undefined,
  );
}
