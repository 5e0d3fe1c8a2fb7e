#!/usr/bin/env node
// Runs dist/cli.cjs. More than half of a short command's time goes to compiling it, so what V8 compiled is kept for the next run:
// a file for each command, Node and build, in the user's own cache folder. Trouble with that costs only time.
'use strict';

const fs = require('node:fs');
const { createRequire } = require('node:module');
const path = require('node:path');
const vm = require('node:vm');

const { version } = require('../package.json');

const MAX_KEPT = 50;
// V8 compiles a function when it is first called, so each of a command's first runs adds those that it was the first to call.
const RUNS_THAT_ADD = 4;
const OPTIONS_WITH_VALUE = new Set(['-C', '--config', '--format', '--color']);
/** What a connection needs, loaded by the command line where it opens one. */
const UNDICI = './undici-pool.cjs';

const loaded = [];

if (process.argv[2] === '--version' || process.argv[2] === '-V') fs.write(1, `${version}\n`, () => {});
else run(process.argv.slice(2));

function run(args) {
  const command = commandOf(args);
  // In a long run V8 drops the code of functions that ran once, so that the next run would have to compile them again.
  if (command === 'eval') require('node:v8').setFlagsFromString('--no-flush-bytecode');
  load('./cli.cjs', command)
    .main(args)
    .then((exitCode) => {
      process.exitCode = exitCode;
      // An unknown command is nothing to keep.
      if (exitCode < 2) for (const { script, cache, runs } of loaded) keepMore(script, cache, runs);
    });
}

/** The exports of a script of dist; its compiled code goes by `name`. */
function load(file, name) {
  const bundle = path.join(__dirname, '../dist', file);
  const source = fs.readFileSync(bundle, 'latin1');
  const cache = cacheOf(name, source);
  const { cachedData, runs } = (cache && read(cache)) || { runs: 0 };
  const script = new vm.Script(`(function (require, module, __filename, __import) {${source}\n})`, {
    filename: bundle,
    cachedData,
  });
  loaded.push({ script, cache, runs: script.cachedDataRejected ? 0 : runs });
  const module = { exports: {} };
  const require = createRequire(bundle);
  const requireOurs = (id) => (id === UNDICI ? load(UNDICI, 'undici') : require(id));
  script.runInThisContext()(requireOurs, module, bundle, (specifier) => import(specifier));
  return module.exports;
}

/** The command's name, or what stands in its place. */
function commandOf(args) {
  let at = 0;
  while (at < args.length && OPTIONS_WITH_VALUE.has(args[at])) at += 2;
  return args[at];
}

function keepMore(script, cache, runs) {
  if (cache && runs < RUNS_THAT_ADD) keep(cache, script.createCachedData(), runs + 1);
}

/** The file for compiled code; undefined where there is no place for it. */
function cacheOf(word = '--help', source) {
  const command = /^(?:--)?([a-z]{1,20})$/.exec(word)?.[1];
  const { env, platform, arch } = process;
  if (!command || env.NODE_DISABLE_COMPILE_CACHE) return undefined;
  const home =
    platform === 'win32'
      ? env.LOCALAPPDATA
      : env.XDG_CACHE_HOME || (env.HOME && path.join(env.HOME, platform === 'darwin' ? 'Library/Caches' : '.cache'));
  if (!home || !path.isAbsolute(home)) return undefined;
  // The build writes a hash of the bundle into its first line: V8 itself compares no more than lengths.
  const build = source.slice(2, source.indexOf('\n'));
  return path.join(home, 'promptctl/compiled', `${command}-${build}-${process.version}-${arch}`);
}

/** What a file keeps, whose last byte counts the runs; only of this user's own file, for anyone else's could be any program. */
function read(file) {
  let descriptor;
  try {
    descriptor = fs.openSync(file, 'r');
    if (process.getuid && fs.fstatSync(descriptor).uid !== process.getuid()) return undefined;
    const bytes = fs.readFileSync(descriptor);
    return { cachedData: bytes.subarray(0, -1), runs: bytes.at(-1) };
  } catch {
    return undefined;
  } finally {
    if (descriptor !== undefined) fs.closeSync(descriptor);
  }
}

/** Writes whole files only, for a torn one could send V8 anywhere; the newest stay. */
function keep(cache, compiled, runs) {
  const folder = path.dirname(cache);
  const unfinished = `${cache}.${process.pid}`;
  try {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    fs.writeFileSync(unfinished, Buffer.concat([compiled, Buffer.of(runs)]), { flush: true, mode: 0o600, flag: 'wx' });
    fs.renameSync(unfinished, cache);
    const kept = fs.readdirSync(folder).map((name) => path.join(folder, name));
    const byAge = kept
      .map((file) => ({ file, written: fs.statSync(file).mtimeMs }))
      .sort((a, b) => b.written - a.written);
    for (const { file } of byAge.slice(MAX_KEPT)) fs.rmSync(file);
  } catch {
    // No place to write, or another run was first.
    fs.rm(unfinished, () => {});
  }
}
