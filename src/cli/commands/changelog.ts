import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ChangelogSection, releaseSections, sectionOf } from '../../release/index.ts';
import { changelogText, sectionText, withSection } from '../../report/changelog-text.ts';
import { writeFileAtomic } from '../../store/index.ts';
import type { Command } from '../command.ts';
import { type Ground, groundOf } from '../comparison.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT } from '../exit.ts';
import { today } from '../today.ts';
import { planVersions, type VersionPlan } from '../versions.ts';

export const command: Command = {
  formats: ['markdown', 'json'],
  options: [
    { flags: '--against <ref>', description: 'a ref; by default the last release before HEAD' },
    { flags: '--all', description: 'every release, the newest first' },
    { flags: '--write', description: 'put the section into the file that release.changelog names' },
  ],
  examples: [
    { command: 'promptctl changelog', description: 'what the next release changes' },
    { command: 'promptctl changelog --write', description: 'put it into CHANGELOG.md' },
    { command: 'promptctl changelog --all', description: 'the whole history, from the release tags' },
  ],
  run: (context) => {
    const ground = groundOf(context);
    const plan = planVersions(ground, {}, context.options.text('against'));
    const pending = pendingSections(ground, plan);
    const sections = context.options.flag('all')
      ? [
          ...pending.filter(({ entries }) => entries.length > 0),
          ...releaseSections(plan.history, ground.config, today()),
        ]
      : pending;
    if (context.options.flag('write')) {
      const state = write(ground, sections, context.options.flag('all'));
      context.terminal.note(`${ground.config.release.changelog} ${state}.\n`);
      return EXIT.fine;
    }
    emit(
      context,
      sections,
      {
        markdown: (shown) => (context.options.flag('all') ? changelogText(shown) : shown.map(sectionText).join('\n')),
        json: (shown) => envelope('changelog', ground.folder, { summary: { sections: shown.length }, sections: shown }),
      },
      'markdown',
    );
    if (plan.since.length === 0 && sections.length === 0)
      context.terminal.note('There is no release yet to compare with; `promptctl release` makes the first.\n');
    return EXIT.fine;
  },
};

/** What is not released yet, under the version that is declared for it. */
function pendingSections({ config }: Ground, { since, history }: VersionPlan): ChangelogSection[] {
  return since.map(({ report }) => {
    const isNew = config.version !== undefined && !history.tags.some(({ text }) => text === config.version);
    const version = isNew && !history.names.isIndependent ? config.version : undefined;
    return sectionOf(report, version, version === undefined ? undefined : today());
  });
}

function write({ folder, config }: Ground, sections: readonly ChangelogSection[], isAll: boolean): string {
  const path = resolve(folder, config.release.changelog);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const text = isAll ? changelogText(sections) : sections.reduce(withSection, before);
  if (text === before) return 'says so already';
  writeFileAtomic(path, text);
  return 'written';
}
