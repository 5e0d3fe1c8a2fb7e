import { type ChangeObject, diffLines, diffWordsWithSpace } from 'diff';

const CONTEXT = 40;
const MOST_EDITS = 1500;

/** A part of a text: kept, taken out, or put in. */
export interface WordRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What became of a text, word by word: changes with nothing but blanks between them are told as one. */
export function wordRuns(old: string, now: string): readonly WordRun[] {
  const runs: WordRun[] = [];
  let change = { removed: '', added: '' };
  let blank = '';
  const flush = (): void => {
    const { removed, added } = change;
    if (removed !== '') runs.push({ kind: 'removed', text: removed });
    if (added !== '') runs.push({ kind: 'added', text: added });
    change = { removed: '', added: '' };
  };
  for (const { value, added, removed } of compared(old, now)) {
    const isChange = added || removed;
    const isOpen = change.removed !== '' || change.added !== '';
    if (!isChange && isOpen && blank === '' && /^[^\S\n]+$/.test(value)) {
      blank = value;
      continue;
    }
    if (isChange) {
      change = { removed: change.removed + blank, added: change.added + blank };
      if (added) change.added += value;
      else change.removed += value;
    } else {
      const end = blank === '' ? sharedBlankEnd(change) : 0;
      const kept = end > 0 ? change.added.slice(-end) : blank;
      if (end > 0) change = { removed: change.removed.slice(0, -end), added: change.added.slice(0, -end) };
      flush();
      runs.push({ kind: 'same', text: kept + value });
    }
    blank = '';
  }
  flush();
  if (blank !== '') runs.push({ kind: 'same', text: blank });
  return runs;
}

/** Texts with little in common are compared by lines, or told as two: the search for the fewest words grows with their square. */
function compared(old: string, now: string): readonly ChangeObject<string>[] {
  const most = { maxEditLength: MOST_EDITS };
  return (
    diffWordsWithSpace(old, now, most) ??
    diffLines(old, now, most) ?? [
      { value: old, removed: true, added: false, count: 1 },
      { value: now, removed: false, added: true, count: 1 },
    ]
  );
}

/** How many blanks both halves of a change end in: they did not change. */
function sharedBlankEnd({ removed, added }: { readonly removed: string; readonly added: string }): number {
  let count = 0;
  while (/[^\S\n]/.test(removed.at(-1 - count) ?? '') && removed.at(-1 - count) === added.at(-1 - count)) count++;
  return count;
}

/** The runs around the changes: what is the same is cut to some words on either side. */
export function excerpt(runs: readonly WordRun[], context: number = CONTEXT): readonly WordRun[] {
  return runs.map((run, at) => {
    if (run.kind !== 'same' || run.text.length <= context * 2) return run;
    const head = at === 0 ? [] : [cutEnd(run.text, context)];
    const tail = at === runs.length - 1 ? [] : [cutStart(run.text, context)];
    return { kind: 'same', text: [...head, '...', ...tail].join(' ') };
  });
}

function cutEnd(text: string, length: number): string {
  return text.slice(0, length).replace(/\s+\S*$/, '');
}

function cutStart(text: string, length: number): string {
  return text.slice(-length).replace(/^\S*\s+/, '');
}
