// Writes src/typed/newer-fields.ts anew: what kubernetes-types does not say of the fields in src/kubernetes/api-fields.ts.
//
//   node packages/compose/scripts/newer-fields.ts
//
// It takes nothing but the two, and has to run whenever one of them is new.
import { writeFileSync } from "node:fs";
import { newerFieldsModule } from "./newer-fields-module.ts";

writeFileSync(new URL("../src/typed/newer-fields.ts", import.meta.url), newerFieldsModule());
