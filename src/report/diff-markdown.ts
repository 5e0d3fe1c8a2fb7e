import { type Change, excerpt, type PromptDiff, witnessText, wordRuns } from '../diff/index.ts';
import { deltaWords, type DiffView, partialGroups, places, stakes, versionWords } from './diff-view.ts';
import { counted, grouped, printable } from './paint.ts';

/** A comparison as Markdown, for a comment on a pull request. */
export function markdownDiff(view: DiffView): string {
  const { report } = view;
  const changed = report.prompts.filter(({ changes }) => changes.length > 0);
  const unread = report.unread.map(({ message }) => `- can't be read: ${cell(message)}`);
  const waivers = report.waivers
    .filter(({ state }) => state !== 'used')
    .map(({ promptId, message }) => `- \`${promptId}\`: ${cell(message)}`);
  if (report.changes.length === 0)
    return [
      ...unread,
      ...waivers,
      `No ${unread.length > 0 ? 'other change' : 'change that counts'}, against \`${report.old}\`.`,
      '',
    ].join('\n');
  const words = versionWords({ version: report.bundle });
  return [
    ...unread,
    `${counted(report.changes.length, 'change')} in ${places(changed.length, report.bundleChanges.length > 0)} against \`${report.old}\`; the bundle${words === '' ? '' : ` (${words})`} needs **${report.level}**.`,
    '',
    ...(changed.length > 0
      ? [
          '| prompt | level | version | tokens |',
          '| --- | --- | --- | --- |',
          ...changed.map((prompt) => row(prompt, view)),
          '',
        ]
      : []),
    ...changed.flatMap((prompt) => [`**${prompt.id}**`, '', ...prompt.changes.flatMap(changeLines), '']),
    ...(report.bundleChanges.length > 0
      ? ['**The bundle**', '', ...report.bundleChanges.flatMap(changeLines), '']
      : []),
    ...[...partialGroups(report)].map(
      ([name, { ids }]) => `The partial \`${name}\` changed; it stands in ${counted(ids.length, 'prompt')}.`,
    ),
    ...waivers,
    '',
  ].join('\n');
}

function row(prompt: PromptDiff, view: DiffView): string {
  const weight = view.weightById.get(prompt.id);
  const tokens = weight ? deltaWords(weight.old, weight.new, grouped) : '';
  return `| \`${prompt.id}\` | ${prompt.level} | ${versionWords(prompt)} | ${tokens} |`;
}

function changeLines(change: Change): string[] {
  const waived = change.waived ? ` _(waived until ${cell(change.waived.until)}: ${cell(change.waived.reason)})_` : '';
  const lines = [`- **${stakes(change)}** ${cell(change.message)} (\`${change.kind}\`)${waived}`];
  if ('witness' in change) lines.push(`  - example: ${code(witnessText(change.witness))}`);
  if (change.kind === 'text-changed' && typeof change.old === 'string' && typeof change.new === 'string') {
    const runs = excerpt(wordRuns(change.old, change.new));
    const text = runs
      .map(({ kind, text: part }) => (kind === 'same' ? part : kind === 'added' ? `{+${part}+}` : `[-${part}-]`))
      .join('');
    lines.push('', ...fence(text).map((line) => `  ${line}`));
  }
  return lines;
}

/** A prompt's text can't leave its fence: the fence is longer than any in it. */
function fence(text: string): string[] {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return [`${marks}text`, ...text.replace(/\n$/, '').split('\n').map(printable), marks];
}

function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const marks = '`'.repeat(longest + 1);
  return `${marks}${longest > 0 ? ' ' : ''}${printable(text)}${longest > 0 ? ' ' : ''}${marks}`;
}

/** Text by others in a line of Markdown: no markup, no mention, no line break. */
export function cell(text: string): string {
  return printable(text.replaceAll('\n', ' '))
    .split(/(`[^`]*`)/)
    .map((part, at) =>
      at % 2 === 1
        ? part.replaceAll('|', '\\|')
        : part.replace(/[<>|*_[\]`]/g, (mark) => `\\${mark}`).replaceAll('@', '@&#8203;'),
    )
    .join('');
}
