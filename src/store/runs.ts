import {
  closeSync,
  existsSync,
  fstatSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { compareText, PromptctlError } from '../model/index.ts';
import { diskError, errorCode } from './disk-error.ts';

/** A run's folder under `.promptctl/runs`, held by one process at a time. */
export interface RunFolder {
  readonly name: string;
  readonly journal: string;
  readonly recordings: string;
  readonly results: string;
  readonly timings: string;
  /** Lets another process hold the run. */
  release(): void;
}

/** Makes a run named by the time, and holds it. Two that start in the same second get names of their own. */
export function createRun(root: string, nowMs: number): RunFolder {
  const stem = new Date(nowMs).toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-');
  const runs = runsFolder(root);
  try {
    mkdirSync(runs, { recursive: true });
    // Runs and cache are the machine's own; cassettes, which belong in the repository, lie elsewhere.
    const ignore = join(root, '.promptctl', '.gitignore');
    if (!existsSync(ignore)) writeFileSync(ignore, '*\n');
    for (let count = 1; ; count++) {
      const folder = join(runs, count === 1 ? stem : `${stem}-${count}`);
      try {
        mkdirSync(folder);
      } catch (error) {
        if (errorCode(error) === 'EEXIST') continue;
        throw error;
      }
      return hold(folder);
    }
  } catch (error) {
    throw error instanceof PromptctlError ? error : diskError(error, runs);
  }
}

/** Holds an existing run. @throws PromptctlError `usage` where there is none of that name, or another process holds it. */
export function openRun(root: string, name: string): RunFolder {
  const folder = join(runsFolder(root), basename(name));
  if (!existsSync(join(folder, 'journal.jsonl'))) {
    throw new PromptctlError('usage', `There is no run ${basename(name)}`, { hint: `Runs are in ${runsFolder(root)}` });
  }
  return hold(folder);
}

/** The names of all runs, newest first. */
export function listRuns(root: string): string[] {
  const runs = runsFolder(root);
  if (!existsSync(runs)) return [];
  return readdirSync(runs)
    .filter((name) => existsSync(join(runs, name, 'journal.jsonl')))
    .sort((a, b) => compareText(stemOf(b), stemOf(a)) || countOf(b) - countOf(a));
}

/** Where a run keeps its files, for reading only. */
export function runPaths(root: string, name: string): Omit<RunFolder, 'release'> {
  return pathsIn(join(runsFolder(root), basename(name)));
}

/** The line that ends the journal of a run that has nothing left to do. */
export const END_LINE = '{"end":true}';

/** Whether a run has nothing left to do. */
export function isFinished(root: string, name: string): boolean {
  const file = openSync(runPaths(root, name).journal, 'r');
  try {
    const end = `\n${END_LINE}\n`;
    const size = fstatSync(file).size;
    const bytes = Buffer.alloc(end.length);
    readSync(file, bytes, 0, end.length, Math.max(0, size - end.length));
    return bytes.toString() === end;
  } finally {
    closeSync(file);
  }
}

/** Whether a process that is alive holds the run. */
export function isHeld(root: string, name: string): boolean {
  return holderOf(join(runsFolder(root), basename(name), 'lock')) !== undefined;
}

function runsFolder(root: string): string {
  return join(root, '.promptctl', 'runs');
}

const STEM = 'yyyy-mm-dd-hhmmss'.length;

function stemOf(name: string): string {
  return name.slice(0, STEM);
}

function countOf(name: string): number {
  return Number(name.slice(STEM + 1)) || 1;
}

function pathsIn(folder: string): Omit<RunFolder, 'release'> {
  return {
    name: basename(folder),
    journal: join(folder, 'journal.jsonl'),
    recordings: join(folder, 'recordings.jsonl'),
    results: join(folder, 'results.json'),
    timings: join(folder, 'timings.json'),
  };
}

function hold(folder: string): RunFolder {
  const lock = join(folder, 'lock');
  for (;;) {
    // Written first and linked into place, so that nobody ever reads a lock without a name in it.
    const mine = `${lock}.${process.pid}`;
    try {
      writeFileSync(mine, String(process.pid));
      linkSync(mine, lock);
      break;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw diskError(error, lock);
    } finally {
      rmSync(mine, { force: true });
    }
    const holder = holderOf(lock);
    if (holder !== undefined) {
      throw new PromptctlError('usage', `Run ${basename(folder)} is in the hands of process ${holder}`, {
        hint: 'Wait for it, or stop it, then resume',
      });
    }
    // Whoever held it is gone: killed, most likely.
    rmSync(lock, { force: true });
  }
  return { ...pathsIn(folder), release: () => rmSync(lock, { force: true }) };
}

function holderOf(lock: string): number | undefined {
  let pid: number;
  try {
    pid = Number(readFileSync(lock, 'utf8'));
  } catch {
    // No lock: nobody holds the run.
    return undefined;
  }
  // Our own number in a lock is that of a process before us: another container, most likely.
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return undefined;
  try {
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    // Signal 0 reaches a living process, or is not allowed to.
    return errorCode(error) === 'EPERM' ? pid : undefined;
  }
}
