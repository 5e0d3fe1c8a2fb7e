import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { bundleVectors } from '../../scripts/bundle-vectors.ts';

const docs = fileURLToPath(new URL('../../docs/', import.meta.url));

interface Vectors {
  readonly bundle: unknown;
  readonly requests: readonly {
    readonly id: string;
    readonly values: unknown;
    readonly nonce: string;
    readonly messages: unknown;
  }[];
}

const vectors = JSON.parse(readFileSync(`${docs}bundle-vectors.json`, 'utf8')) as Vectors;

it('the vectors are what the runtime renders', () => {
  expect(JSON.parse(JSON.stringify(bundleVectors()))).toEqual(vectors);
});

const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) console.log('skipped: there is no python3 to run docs/bundle-loader.py');

it.skipIf(!hasPython)('a loader written from the page, in Python, gives the same bytes', () => {
  const input = JSON.stringify(vectors.requests.map((request) => ({ ...request, bundle: vectors.bundle })));
  const run = spawnSync('python3', [`${docs}bundle-loader.py`], { input, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  const rendered = run.stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);
  expect(rendered).toEqual(vectors.requests.map(({ messages }) => messages));
});
