#!/usr/bin/env -S node --conditions=@atlas/source
// The command in a checkout. It runs the sources: Node strips their types and, from the second run on, finds the result
// in its compile cache. The published command is dist/main.js.
import { enableCompileCache } from "node:module";

enableCompileCache();
await import("../src/main.ts");
