import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { lintKept, type LintResult } from '../../lint/index.ts';
import { UserCache } from '../../store/index.ts';
import { diskSource, findConfig, promptFiles } from '../../workspace/index.ts';
import type { Context } from '../command.ts';
import type { Opened } from '../workspace.ts';

/** What a run over a workspace looked at and found. */
export interface Looked {
  /** With the prompts that were read now: what is known of the others is in the result. */
  readonly opened: Opened;
  readonly files: readonly string[];
  readonly result: LintResult;
}

/** Under this many prompts a run is over before the kept findings are read. */
const WORTH_KEEPING = 50;

/** Lints a whole workspace with the findings of the last run at hand; undefined where that would win nothing. */
export function lintWhole(context: Context): Looked | undefined {
  const build = context.options.flag('cache') ? buildHash() : undefined;
  if (build === undefined) return undefined;
  const { folder, config } = findConfig(context.cwd, context.config);
  const disk = diskSource(folder);
  const listed = disk.list();
  const source = { ...disk, list: () => listed };
  if (promptFiles(source, config).length < WORTH_KEEPING) return undefined;
  const cache = new UserCache('lint');
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const before = cache.read(name);
  const { result, files, workspace, text } = lintKept(source, config, { build, now: new Date(), kept: before });
  if (text !== before) cache.write(name, text);
  return { opened: { folder, config, workspace, selected: workspace.prompts }, files, result };
}

/** The build writes a hash of itself into its first line. The source has none: while it is edited nothing is kept. */
function buildHash(): string | undefined {
  const bytes = Buffer.alloc(67);
  const file = openSync(fileURLToPath(import.meta.url), 'r');
  readSync(file, bytes);
  closeSync(file);
  return /^\/\/([0-9a-f]{64})\n/.exec(bytes.toString('latin1'))?.[1];
}
