import { relative, resolve, sep } from 'node:path';
import {
  CONFIG_FILE,
  diskSource,
  findConfig,
  loadWorkspace,
  memorySource,
  type Source,
} from '../../workspace/index.ts';
import type { Context } from '../command.ts';
import { usage } from '../exit.ts';
import { type Opened, openWorkspace } from '../workspace.ts';

/** What a lint looks at: the prompts that the arguments name, narrowed by --since and --staged, or standard input. */
export async function openLint(context: Context): Promise<Opened> {
  const { options } = context;
  if (options.flag('stdin')) return openStdin(context);
  if (options.flag('staged')) return openStaged(context);
  const opened = openWorkspace(context);
  const ref = options.text('since');
  if (ref === undefined) return opened;
  const { changedSince, reachedBy } = await import('./changed.ts');
  // Of a file that is named, only what it includes was read, and that is all that is asked here.
  return noted(context, { ...opened, selected: reachedBy(changedSince(opened.folder, ref), opened) }, `since ${ref}`);
}

/** The index instead of the working tree, configuration included. */
async function openStaged(context: Context): Promise<Opened> {
  const { folder, config: onDisk } = findConfig(context.cwd, context.config);
  const { reachedBy, stagedPaths } = await import('./changed.ts');
  const { indexSource } = await import('./index-source.ts');
  const { configIn } = await import('../../release/index.ts');
  const staged = stagedPaths(folder);
  const source = indexSource(folder);
  const file = onDisk.file ?? CONFIG_FILE;
  const config = source.list().includes(file) ? configIn(source, file) : onDisk;
  const workspace = loadWorkspace(source, config);
  const wanted = context.args.map((arg) => relative(folder, resolve(context.cwd, arg)).split(sep).join('/'));
  const opened = { folder, config, workspace, selected: workspace.prompts };
  const selected = reachedBy(staged, opened).filter(
    ({ file: prompt, prompt: read }) =>
      wanted.length === 0 ||
      context.args.some((arg) => arg === read?.id) ||
      wanted.some((path) => path === '' || prompt === path || prompt.startsWith(`${path}/`)),
  );
  return noted(context, { ...opened, selected }, 'in the index');
}

/** That nothing changed is no failure: it is what a hook meets most days. */
function noted(context: Context, opened: Opened, where: string): Opened {
  if (opened.selected.length === 0) context.terminal.note(`No prompt changed ${where}.\n`);
  return opened;
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
