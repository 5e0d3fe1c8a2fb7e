import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { memorySource, type Source } from '../../src/workspace/index.ts';
import { sharedFolder } from '../support/shared.ts';

/** The files of one corpus at the paths that they have in their repositories, under the repository's name; undefined where it is absent. */
export function corpus(name: string): Source | undefined {
  const folder = sharedFolder(`corpus/${name}`);
  if (folder === undefined) return undefined;
  const [, ...rows] = readFileSync(join(folder, 'MANIFEST.tsv'), 'utf8').trimEnd().split('\n');
  const files = rows.map((row) => {
    const [file, repo, path] = row.split('\t') as [string, string, string];
    return [`${repo}/${path}`, readFileSync(join(folder, file))] as const;
  });
  return memorySource(Object.fromEntries(files));
}
