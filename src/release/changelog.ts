import { type Change, type DiffReport, diffSides, type Side, witnessText } from '../diff/index.ts';
import type { Config } from '../workspace/index.ts';
import type { ReleaseHistory } from './required.ts';
import { sideAt } from './sides.ts';
import type { ReleaseTag } from './tags.ts';

/** Keep-a-Changelog's headings, in its order. */
export const HEADINGS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const;

export type Heading = (typeof HEADINGS)[number];

export interface ChangelogSection {
  /** A version, or undefined for what is not released. */
  readonly version: string | undefined;
  readonly date: string | undefined;
  readonly entries: readonly { readonly heading: Heading; readonly promptId: string; readonly text: string }[];
}

/** A section made of judged changes: what a commit message says of them does not count. */
export function sectionOf(report: DiffReport, version: string | undefined, date: string | undefined): ChangelogSection {
  return {
    version,
    date,
    entries: [...report.prompts, { id: 'bundle', changes: report.bundleChanges }].flatMap(({ id, changes }) =>
      changes.map((change) => ({ heading: headingOf(change), promptId: id, text: textOf(change) })),
    ),
  };
}

function headingOf(change: Change): Heading {
  if (change.security) return 'Security';
  if (change.kind === 'prompt-deprecated') return 'Deprecated';
  if (change.kind.endsWith('-removed')) return 'Removed';
  return change.kind.endsWith('-added') && change.severity === 'safe' ? 'Added' : 'Changed';
}

function textOf(change: Change): string {
  const example = 'witness' in change ? `, for example \`${witnessText(change.witness)}\`` : '';
  return `${change.severity === 'breaking' ? '**Breaking:** ' : ''}${change.message}${example}`;
}

/** The sections of releases, the newest first; each compares a release with the one before it on the same line. */
export function releaseSections(history: ReleaseHistory, config: Config, today: string): readonly ChangelogSection[] {
  const sections: ChangelogSection[] = [];
  const previousById = new Map<string, Side>();
  for (const tag of history.tags.filter(({ isReachable, version }) => isReachable && version.pre.length === 0)) {
    const side = sideAtTag(history, config, tag);
    const key = tag.id ?? '';
    const before = previousById.get(key) ?? { ...side, prompts: [], unread: [], experiments: new Map() };
    previousById.set(key, side);
    const report = diffSides(before, side, { today, ...(tag.id === undefined ? {} : { ids: [tag.id] }) });
    sections.unshift(sectionOf(report, tag.id === undefined ? tag.text : `${tag.id} ${tag.text}`, tag.date));
  }
  return sections;
}

export function sideAtTag(history: ReleaseHistory, config: Config, tag: ReleaseTag): Side {
  return sideAt(history.repository, { commit: tag.commit, label: tag.name }, config);
}
