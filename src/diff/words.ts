import { diffWordsWithSpace } from 'diff';

const CONTEXT = 40;

/** A part of a text: kept, taken out, or put in. */
export interface WordRun {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

export function wordRuns(old: string, now: string): readonly WordRun[] {
  return diffWordsWithSpace(old, now).map(({ value, added, removed }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }));
}

/** The runs around the changes: what is the same is cut to some words on either side. */
export function excerpt(runs: readonly WordRun[], context: number = CONTEXT): readonly WordRun[] {
  return runs.map((run, at) => {
    if (run.kind !== 'same' || run.text.length <= context * 2) return run;
    const head = at === 0 ? '' : cutEnd(run.text, context);
    const tail = at === runs.length - 1 ? '' : cutStart(run.text, context);
    return {
      kind: 'same',
      text: `${head}${at === 0 || at === runs.length - 1 ? '' : ' '}...${at === 0 ? '' : ' '}${tail}`,
    };
  });
}

function cutEnd(text: string, length: number): string {
  return text.slice(0, length).replace(/\s+\S*$/, '');
}

function cutStart(text: string, length: number): string {
  return text.slice(-length).replace(/^\S*\s+/, '');
}
