// Writes src/kubernetes/api-fields.ts anew from the OpenAPI documents of every release that kubernetes-releases.ts names:
//
//   node packages/compose/scripts/api-fields.ts
//
// The documents come out of the Go module k8s.io/kubernetes, for which it takes Go and a Go proxy, once.
import { writeFileSync } from "node:fs";
import { fieldsModule } from "./fields-module.ts";

writeFileSync(new URL("../src/kubernetes/api-fields.ts", import.meta.url), await fieldsModule());
