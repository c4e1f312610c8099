// Writes src/kubernetes/feature-gates.ts anew, from the Go modules k8s.io/kubernetes and k8s.io/api of every release that
// kubernetes-releases.ts names:
//
//   node packages/compose/scripts/feature-gates.ts
//
// It takes Go and a Go proxy, once, and has to run whenever src/kubernetes/api-fields.ts is new.
import { writeFileSync } from "node:fs";
import { gatesModule } from "./gates-module.ts";

writeFileSync(new URL("../src/kubernetes/feature-gates.ts", import.meta.url), await gatesModule());
