#!/usr/bin/env node
// From the second start on, Node finds in its compile cache what V8 made of all that is imported from here on: that is a
// tenth of a cold render.
process.getBuiltinModule("node:module").enableCompileCache();
await import("./run.ts");
