import type { FoundCharacter } from '../../detectors/unicode.ts';
import { includedFiles } from '../../../workspace/index.ts';
import type { Fix, Place, Report, RuleContext } from '../../rule.ts';

type Texts = Iterable<{ readonly text: string; readonly file: string | undefined }>;

/** The file and the partials it includes, each as it stands on disk. */
export function* rawTexts({ file, yaml, workspace }: RuleContext): Texts {
  yield { text: yaml.text, file: undefined };
  if (!yaml.text.includes('{{>')) return;
  for (const partial of includedFiles(file)) {
    const text = partial === file.file ? undefined : workspace.textOf(partial);
    if (text !== undefined) yield { text, file: partial };
  }
}

/** Characters that stand together, up to a few letters apart, are one finding. */
export function runsOf(found: readonly FoundCharacter[]): readonly (readonly FoundCharacter[])[] {
  const runs: FoundCharacter[][] = [];
  for (const character of found) {
    const run = runs.at(-1);
    if (run && character.start === run.at(-1)!.end) run.push(character);
    else runs.push([character]);
  }
  return runs;
}

/** Tells of a run of characters, with a fix that takes them out; in a partial there is nothing to fix from here. */
export function reportRun(
  run: readonly FoundCharacter[],
  file: string | undefined,
  words: Pick<Report, 'message' | 'help'>,
  context: RuleContext,
): void {
  const start = run[0]!.start;
  const end = run.at(-1)!.end;
  const at: Place = { offsets: [start, end], ...(file === undefined ? {} : { file }) };
  const fixes: Fix[] = file === undefined ? [{ safe: true, edits: [{ start, end, text: '' }] }] : [];
  context.report({ ...words, at, fixes });
}

export function codeOf(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;
}
