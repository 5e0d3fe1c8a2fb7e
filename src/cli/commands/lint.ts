import { realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { applyFixes, lint, type LintResult } from '../../lint/index.ts';
import type { Finding } from '../../model/index.ts';
import { compactLint } from '../../report/lint-compact.ts';
import { prettyLint } from '../../report/lint-pretty.ts';
import { writeFileAtomic } from '../../store/index.ts';
import { findConfig, loadWorkspace, memorySource, diskSource, type Source } from '../../workspace/index.ts';
import type { Command, Context } from '../command.ts';
import { emit, envelope } from '../emit.ts';
import { EXIT, usage } from '../exit.ts';
import { type Opened, openWorkspace } from '../workspace.ts';

/** Fixes may make room for others; more passes than this would mean two that undo each other. */
const MAX_PASSES = 10;

export const command: Command = {
  arguments: [{ name: '[paths...]', description: 'prompt files, folders or ids; all prompts by default' }],
  formats: ['pretty', 'json', 'compact'],
  options: [
    { flags: '--fix', description: 'repair what can be repaired without changing what a prompt means' },
    { flags: '--fix-unsafe', description: 'repair also what may change what a prompt means' },
    { flags: '--diff', description: 'with a fix: show the changes, write nothing' },
    { flags: '--max-warnings <n>', description: 'fail when there are more warnings' },
    { flags: '--stdin', description: 'read one prompt from standard input' },
    { flags: '--stdin-filename <path>', description: 'the path that the input is checked as' },
    { flags: '--allow-empty', description: 'no prompt is no failure' },
  ],
  examples: [
    { command: 'promptctl lint', description: 'check every prompt' },
    {
      command: 'promptctl lint prompts/support --fix',
      description: 'check a folder and repair what is safe to repair',
    },
    { command: 'promptctl lint --json > lint.json', description: 'for other programs' },
  ],
  run: async (context) => {
    const limit = warningLimit(context);
    const wantsFix = context.options.flag('fix') || context.options.flag('fixUnsafe');
    if (context.options.flag('diff') && !wantsFix)
      throw usage('--diff shows what a fix would change', 'add --fix or --fix-unsafe');
    if (context.options.flag('stdin') && wantsFix && !context.options.flag('diff'))
      throw usage('A fix of standard input has no file to go to', 'add --diff to see it');
    const opened = context.options.flag('stdin') ? await openStdin(context) : openWorkspace(context);
    const fixed = wantsFix ? await fix(context, opened) : undefined;
    if (context.options.flag('diff')) return fixed!.changed.length > 0 ? EXIT.findings : EXIT.fine;
    const workspace = fixed?.opened.workspace ?? opened.workspace;
    const selected = fixed?.opened.selected ?? opened.selected;
    const result = lintSelected(workspace, selected);
    if (fixed && fixed.count > 0)
      context.terminal.note(
        `${fixed.count} fixed in ${fixed.changed.length} file${fixed.changed.length === 1 ? '' : 's'}.\n`,
      );
    emit(
      context,
      result,
      {
        pretty: (report) => prettyLint(report, { color: context.terminal.color, textOf: workspace.textOf }),
        compact: compactLint,
        json: (report) => jsonLint(report, opened.folder),
      },
      'pretty',
    );
    return exitOf(result, limit);
  },
};

function lintSelected(workspace: Opened['workspace'], selected: Opened['selected']): LintResult {
  const result = lint(workspace);
  if (selected.length === workspace.prompts.length) return result;
  const files = new Set(selected.map(({ file }) => file));
  const isPrompt = new Set(workspace.prompts.map(({ file }) => file));
  return {
    ...result,
    findings: result.findings.filter(({ file }) => files.has(file) || !isPrompt.has(file)),
    files: selected.length,
  };
}

function jsonLint(result: LintResult, folder: string): string {
  const count = (severity: Finding['severity']): number =>
    result.findings.filter((finding) => finding.severity === severity).length;
  const summary = {
    files: result.files,
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    suppressed: result.suppressed,
  };
  return envelope('lint', folder, { summary, findings: result.findings });
}

function warningLimit(context: Context): number {
  const limit = context.options.text('maxWarnings');
  if (limit !== undefined && !/^\d+$/.test(limit)) throw usage(`--max-warnings takes a whole number, not ${limit}`);
  return limit === undefined ? Infinity : Number(limit);
}

function exitOf(result: LintResult, limit: number): number {
  const warnings = result.findings.filter(({ severity }) => severity === 'warning').length;
  if (result.unreadable) return EXIT.unreadable;
  const failed = result.findings.some(({ severity }) => severity === 'error') || warnings > limit;
  return failed ? EXIT.findings : EXIT.fine;
}

interface FixedRun {
  readonly opened: Opened;
  readonly changed: readonly string[];
  readonly count: number;
}

/** Fixes file by file until nothing changes; each file is written once, whole. */
async function fix(context: Context, opened: Opened): Promise<FixedRun> {
  const unsafe = context.options.flag('fixUnsafe');
  const texts = new Map<string, string>();
  const before = new Map<string, string>();
  let count = 0;
  let current = opened;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const { findings } = lintSelected(current.workspace, current.selected);
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

async function openStdin(context: Context): Promise<Opened> {
  const { folder, config } = findConfig(context.cwd, context.config);
  const named = context.options.text('stdinFilename') ?? 'stdin.prompt.yml';
  const file = relative(folder, resolve(context.cwd, named)).split(sep).join('/');
  if (file.startsWith('../')) throw usage(`${named} lies outside the workspace ${folder}`);
  const bytes = await context.terminal.stdin();
  const disk = diskSource(folder);
  const overlay = memorySource({ [file]: bytes });
  const source: Source = { ...disk, read: (paths) => new Map([...disk.read(paths), ...overlay.read(paths)]) };
  const workspace = loadWorkspace(source, config, { files: [file] });
  return { folder, config, workspace, selected: workspace.prompts };
}
