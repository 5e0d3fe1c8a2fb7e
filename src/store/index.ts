export { writeFileAtomic } from './atomic.ts';
export { Cache, type CacheMode } from './cache.ts';
export { Cassettes, type Recording } from './cassettes.ts';
export { fileDigest, isThere, removeFile, syncFolder } from './files.ts';
export { Journal } from './journal.ts';
export { createRun, END_LINE, isFinished, isHeld, listRuns, openRun, type RunFolder, runPaths } from './runs.ts';
export { type Lines, openLines } from './line-file.ts';
export { UserCache } from './user-cache.ts';
