#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Node 22 and later keep compiled code on disk between runs; Node 20 has no such call.
nodeModule.enableCompileCache?.();
const { main } = await import('../dist/cli.js');
process.exitCode = await main(process.argv.slice(2));
