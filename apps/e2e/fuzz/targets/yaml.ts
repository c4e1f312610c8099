import { toYaml } from "../../../../packages/compose/src/value/yaml.ts";
import { readYaml } from "@atlas/input/yaml";
import { BrokenContract, hold } from "../contract.ts";
import { findings } from "../findings.ts";

/** A file of any bytes. What is read is printed and read again, which must come to the same. */
export async function fuzz(data: Buffer): Promise<void> {
  await hold(() => {
    const values = readYaml(data, "fuzz.yaml");
    const again = readYaml(
      Buffer.from(values.map((value) => toYaml(value as object)).join("---\n")),
      "again.yaml",
    );
    if (JSON.stringify(values) !== JSON.stringify(again))
      throw new BrokenContract("what is printed is read as something else");
    return values;
  }, findings);
}
