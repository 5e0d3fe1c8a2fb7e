import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { applyFixes, type LintResult } from '../../lint/index.ts';
import { writeFileAtomic } from '../../store/index.ts';
import { loadWorkspace, memorySource, type Source } from '../../workspace/index.ts';
import type { Context } from '../command.ts';
import type { Opened } from '../workspace.ts';

/** Fixes may make room for others; more passes than this would mean two that undo each other. */
const MAX_PASSES = 10;

export interface FixedRun {
  readonly opened: Opened;
  readonly changed: readonly string[];
  readonly count: number;
}

/** Fixes file by file until nothing changes; each file is written once, whole. */
export async function fix(context: Context, opened: Opened, lintOf: (opened: Opened) => LintResult): Promise<FixedRun> {
  const unsafe = context.options.flag('fixUnsafe');
  const texts = new Map<string, string>();
  const before = new Map<string, string>();
  let count = 0;
  let current = opened;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const { findings } = lintOf(current);
    const fixable = findings.filter((finding) => finding.fixes.some((candidate) => candidate.safe || unsafe));
    if (fixable.length === 0) break;
    for (const file of new Set(fixable.map((finding) => finding.file))) {
      const text = current.workspace.textOf(file) ?? '';
      if (!before.has(file)) before.set(file, text);
      const fixed = applyFixes(
        text,
        fixable.filter((finding) => finding.file === file),
        { unsafe },
      );
      texts.set(file, fixed.text);
      count += fixed.applied.length;
    }
    current = reopened(opened, texts);
  }
  const changed = [...texts].filter(([file, text]) => text !== before.get(file));
  if (context.options.flag('diff')) await showDiff(context, changed, before);
  else if (!context.options.flag('stdin'))
    // A link stays one: the file that it leads to is written.
    for (const [file, text] of changed) writeFileAtomic(realpathSync(resolve(opened.folder, file)), text);
  return { opened: current, changed: changed.map(([file]) => file), count };
}

/** The workspace with some files as they would be. */
function reopened(opened: Opened, texts: ReadonlyMap<string, string>): Opened {
  const disk = opened.workspace.source;
  const overlay = memorySource(Object.fromEntries(texts));
  const source: Source = {
    label: disk.label,
    list: () => disk.list(),
    read: (paths) => new Map([...disk.read(paths), ...overlay.read(paths)]),
  };
  const files = opened.workspace.prompts.map(({ file }) => file);
  const workspace = loadWorkspace(source, opened.config, { files });
  const wanted = new Set(opened.selected.map(({ file }) => file));
  return { ...opened, workspace, selected: workspace.prompts.filter(({ file }) => wanted.has(file)) };
}

async function showDiff(
  context: Context,
  changed: readonly (readonly [string, string])[],
  before: ReadonlyMap<string, string>,
): Promise<void> {
  const { createTwoFilesPatch } = await import('diff');
  for (const [file, text] of changed)
    context.terminal.out(
      createTwoFilesPatch(`a/${file}`, `b/${file}`, before.get(file)!, text, '', '', { context: 2 }),
    );
}
