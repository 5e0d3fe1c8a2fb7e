export { writeFileAtomic } from './atomic.ts';
export { Cache, type CacheMode } from './cache.ts';
export { Cassettes, type Recording } from './cassettes.ts';
export { Journal } from './journal.ts';
export { createRun, isHeld, listRuns, openRun, type RunFolder, runPaths } from './runs.ts';
