#!/usr/bin/env -S node --conditions=@atlas/source
// The command in a checkout: it runs the sources. From the second start on, Node finds in its compile cache what it made
// of them when it stripped their types. The published command is dist/main.js.
process.getBuiltinModule("node:module").enableCompileCache();
await import("../src/run.ts");
