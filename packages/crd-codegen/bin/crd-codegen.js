#!/usr/bin/env -S node --conditions=@atlas/source
// The command in a checkout: it runs the sources, of which Node strips the types. The published command is dist/start.js.
void import("../src/start.js");
