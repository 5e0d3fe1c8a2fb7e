import {
  type Change,
  excerpt,
  type Level,
  type PromptDiff,
  type WordRun,
  witnessText,
  wordRuns,
} from '../diff/index.ts';
import { deltaWords, type DiffView, partialGroups, places, stakes, versionWords, type Weight } from './diff-view.ts';
import { counted, grouped, paint, type Paint, printable } from './paint.ts';
import { dollars } from './tokens-pretty.ts';

const INDENT = ' '.repeat(12);

/** A comparison for people: by prompt, the worst first, with an example, the words that changed, and what it weighs. */
export function prettyDiff(view: DiffView, options: { readonly color: boolean; readonly width: number }): string {
  const colors = paint(options.color);
  const { report } = view;
  const width = Math.max(60, Math.min(options.width, 110));
  const changed = report.prompts.filter(({ changes }) => changes.length > 0);
  const lines = [
    ...report.unread.map(({ message }) => colors.bad(`can't be read: ${printable(message)}`)),
    ...changed.flatMap((prompt) => promptLines(prompt, view, colors, width)),
    ...(view.isTouched
      ? report.prompts
          .filter(({ changes }) => changes.length === 0)
          .map(({ id }) => `${colors.bold(id)}  unchanged (comments, tests or layout only)`)
      : []),
    ...partialLines(view, colors),
    ...waiverLines(view, colors),
    summary(view, colors, width),
  ];
  return `${lines.join('\n')}\n`;
}

function promptLines(prompt: PromptDiff, view: DiffView, colors: Paint, width: number): string[] {
  const words = versionWords(prompt);
  const weight = view.weightById.get(prompt.id);
  return [
    heading(
      `${colors.bold(prompt.id)}${words === '' ? '' : `  ${words}`}`,
      `${prompt.id}  ${words}`,
      prompt.level,
      colors,
      width,
    ),
    ...prompt.changes.flatMap((change) => changeLines(change, view, colors, width)),
    ...(view.renderedById?.get(prompt.id) ?? []).flatMap(({ row, role, old, new: now }) => [
      `  ${colors.dim(`rendered, ${printable(row)}, ${role}:`)}`,
      ...runLines(wordRuns(old, now), view.isWhole, colors),
    ]),
    ...(weight ? [weightLine(weight)] : []),
  ];
}

function heading(text: string, plain: string, level: Level, colors: Paint, width: number): string {
  const gap = Math.max(2, width - plain.length - level.length);
  return `${text}${' '.repeat(gap)}${level === 'major' ? colors.bad(level) : level}`;
}

function changeLines(change: Change, view: DiffView, colors: Paint, width: number): string[] {
  const word = stakes(change).padEnd(9);
  const painted = change.waived
    ? colors.dim(word)
    : isBad(change)
      ? colors.bad(word)
      : change.severity === 'dangerous'
        ? colors.severity('warning', word)
        : word;
  const message = printable(change.message);
  const gap = Math.max(2, width - 12 - message.length - change.kind.length);
  const head = `  ${painted} ${message}${' '.repeat(gap)}${colors.dim(change.kind)}`;
  const example = 'witness' in change ? [`${INDENT}example: ${printable(witnessText(change.witness))}`] : [];
  const waived = change.waived
    ? [`${INDENT}${colors.dim(`waived until ${change.waived.until}: ${printable(change.waived.reason)}`)}`]
    : [];
  return [head, ...example, ...textLines(change, view, colors), ...waived];
}

function isBad(change: Change): boolean {
  return change.security || change.severity === 'breaking';
}

function textLines(change: Change, view: DiffView, colors: Paint): string[] {
  if (change.kind !== 'text-changed' || typeof change.old !== 'string' || typeof change.new !== 'string') return [];
  return runLines(wordRuns(change.old, change.new), view.isWhole, colors);
}

/** `[-removed-]{+added+}`, as git shows words; colours only mark what the brackets say. */
function runLines(runs: readonly WordRun[], isWhole: boolean, colors: Paint): string[] {
  const shown = (isWhole ? runs : excerpt(runs))
    .map(({ kind, text }) =>
      kind === 'same'
        ? plain(text)
        : kind === 'added'
          ? `\u0001+${plain(text)}+\u0002`
          : `\u0003-${plain(text)}-\u0004`,
    )
    .join('');
  return shown
    .replace(/\n$/, '')
    .split('\n')
    .map((line) => `${INDENT}${bracketed(line, colors)}`.trimEnd());
}

/** The marks are ours alone. */
function plain(text: string): string {
  return text.replace(/[\u0001-\u0004]/g, '\ufffd');
}

function bracketed(line: string, colors: Paint): string {
  return line
    .split(/([\u0001-\u0004])/)
    .map((part) =>
      part === '\u0001'
        ? colors.good('{')
        : part === '\u0002'
          ? colors.good('}')
          : part === '\u0003'
            ? colors.bad('[')
            : part === '\u0004'
              ? colors.bad(']')
              : printable(part),
    )
    .join('');
}

function weightLine({ old, new: now, kind, costUsd }: Weight): string {
  const tokens = old === now ? 'tokens as before' : `tokens ${deltaWords(old, now, grouped)}`;
  const cost =
    costUsd && costUsd.old !== costUsd.new
      ? `, cost ${costUsd.new > costUsd.old ? '+' : '-'}${dollars(Math.abs(costUsd.new - costUsd.old) * 1000)} per 1 000 calls`
      : '';
  return `  ${tokens}${cost}${kind === 'estimate' ? ' (estimated)' : ''}`;
}

function partialLines(view: DiffView, colors: Paint): string[] {
  return [...partialGroups(view.report)].flatMap(([name, { change, ids }]) => {
    const deltas = new Set(
      ids.map((id) => view.weightById.get(id)).map((weight) => (weight ? weight.new - weight.old : NaN)),
    );
    const [delta = NaN] = deltas;
    const tokens =
      deltas.size === 1 && !Number.isNaN(delta)
        ? `: ${delta >= 0 ? '+' : ''}${delta} tokens${ids.length > 1 ? ' each' : ''}`
        : '';
    const who = ids.length === 1 ? '1 prompt includes' : `${ids.length} prompts include`;
    return [
      `${who} the partial ${name}, which changed${tokens}`,
      ...runLines(wordRuns(String(change.old), String(change.new)), view.isWhole, colors),
    ];
  });
}

function waiverLines({ report }: DiffView, colors: Paint): string[] {
  return report.waivers
    .filter(({ state }) => state !== 'used')
    .map(({ promptId, message }) => colors.severity('warning', `${promptId}: ${printable(message)}`));
}

function summary(view: DiffView, colors: Paint, width: number): string {
  const { report } = view;
  const { bundle, level, changes, old } = report;
  if (changes.length === 0)
    return report.unread.length > 0
      ? `No other change, against ${old}.`
      : colors.good(`No change that counts, against ${old}.`);
  const own = report.bundleChanges.flatMap((change) => changeLines(change, view, colors, width));
  const touched = report.prompts.filter((prompt) => prompt.changes.length > 0).length;
  const words = versionWords({ version: bundle });
  const text = `bundle${words === '' ? '' : `  ${words}`}`;
  const head = heading(colors.bold(text), text, level, colors, width);
  const count = `${counted(changes.length, 'change')} in ${places(touched, own.length > 0)}, against ${old}.`;
  return [head, ...own, count].join('\n');
}
