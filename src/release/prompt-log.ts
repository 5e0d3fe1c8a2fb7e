import { type Change, diffSides, type Level, type Side } from '../diff/index.ts';
import type { Config } from '../workspace/index.ts';
import { sideAtTag } from './changelog.ts';
import type { ReleaseHistory } from './required.ts';

/** One release that changed a prompt. */
export interface LogEntry {
  readonly tag: string;
  readonly date: string;
  readonly version: string | undefined;
  readonly level: Level;
  readonly changes: readonly Change[];
}

/**
 * The releases that changed a prompt, the newest first, through renames that kept an alias. A release whose message has the
 * digest of the one before is passed over without reading its tree.
 */
export function promptLog(
  history: ReleaseHistory,
  config: Config,
  ids: readonly string[],
  today: string,
): readonly LogEntry[] {
  const entries: LogEntry[] = [];
  let before: Side | undefined;
  let digest: string | undefined;
  const known = new Set(ids);
  for (const tag of history.tags) {
    if (!tag.isReachable || (tag.id !== undefined && !known.has(tag.id))) continue;
    const said = tag.trailers?.prompts.find(({ id }) => known.has(id));
    if (said && before && said.digest === digest) continue;
    const side = sideAtTag(history, config, tag);
    const report = diffSides(before ?? { ...side, prompts: [], unread: [], experiments: new Map() }, side, { today });
    const prompt = report.prompts.find(({ id, pair }) => known.has(id) || known.has(pair.old?.json.id ?? ''));
    before = side;
    digest = said?.digest;
    if (!prompt || prompt.changes.length === 0) continue;
    entries.unshift({
      tag: tag.name,
      date: tag.date,
      version: prompt.pair.new?.json.version,
      level: prompt.level,
      changes: prompt.changes,
    });
  }
  return entries;
}
