#!/usr/bin/env node
// Node 22 and later keep compiled code on disk between runs. Node 20 can't, and would load the module for nothing.
if (Number.parseInt(process.versions.node, 10) >= 22) process.getBuiltinModule('node:module').enableCompileCache?.();
const { main } = await import('../dist/cli.js');
process.exitCode = await main(process.argv.slice(2));
