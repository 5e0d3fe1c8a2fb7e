import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { nearest } from '../runtime/index.ts';
import {
  type Config,
  diskSource,
  findConfig,
  type LoadedPrompt,
  loadWorkspace,
  promptFiles,
  type Source,
  type Workspace,
} from '../workspace/index.ts';
import type { Context } from './command.ts';
import { usage } from './exit.ts';

/** A workspace opened for a command: all of it, and the part that the arguments name. */
export interface Opened {
  /** The absolute folder that the workspace's paths are relative to. */
  readonly folder: string;
  readonly config: Config;
  readonly workspace: Workspace;
  readonly selected: readonly LoadedPrompt[];
}

const PROMPT_FILE = /\.prompt\.ya?ml$/;

/**
 * Opens the workspace around the working folder and picks the prompts that the arguments name by id or by path. Files named
 * by path are the only ones read.
 *
 * @throws PromptctlError `usage` where an argument names nothing, or where nothing matched at all
 */
export function openWorkspace(context: Context, args: readonly string[] = context.args): Opened {
  const { folder, config } = findConfig(context.cwd, context.config);
  const source = diskSource(folder);
  const opened = args.length === 0 ? openAll(folder, config, source) : openNamed(context, folder, config, source, args);
  if (opened.selected.length === 0 && !context.options.flag('allowEmpty')) {
    throw usage(
      `No prompt files match ${config.prompts.join(', ')}`,
      'run `promptctl init`, set `prompts:` in promptctl.yaml, or allow it with --allow-empty',
    );
  }
  return opened;
}

function openAll(folder: string, config: Config, source: Source): Opened {
  const workspace = loadWorkspace(source, config);
  return { folder, config, workspace, selected: workspace.prompts };
}

function openNamed(context: Context, folder: string, config: Config, source: Source, args: readonly string[]): Opened {
  const paths = args.map((arg) => namedFiles(context.cwd, folder, source, arg));
  if (paths.every((files) => files !== undefined)) {
    const files = [...new Set(paths.flat())];
    const workspace = loadWorkspace(source, config, { files });
    return { folder, config, workspace, selected: workspace.prompts };
  }
  const all = new Set([...promptFiles(source, config), ...paths.flatMap((files) => files ?? [])]);
  const workspace = loadWorkspace(source, config, { files: [...all] });
  const wanted = new Set(args.flatMap((arg, at) => paths[at] ?? [fileOfId(workspace, arg)]));
  return { folder, config, workspace, selected: workspace.prompts.filter(({ file }) => wanted.has(file)) };
}

/** The files that an argument names as a path; undefined where it is no path, and so an id. */
function namedFiles(cwd: string, folder: string, source: Source, arg: string): readonly string[] | undefined {
  const full = resolve(cwd, arg);
  const path = relative(folder, full).split(sep).join('/');
  const kind = kindOf(full);
  if (kind === undefined && !PROMPT_FILE.test(arg)) return undefined;
  if (path.startsWith('../') || path === '..')
    throw usage(`${arg} lies outside the workspace ${folder}`, 'run promptctl in its own folder, or with -C <dir>');
  if (kind !== 'folder' || PROMPT_FILE.test(path)) return [path];
  return source.list().filter((file) => PROMPT_FILE.test(file) && (path === '' || file.startsWith(`${path}/`)));
}

function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    // Nothing there, or a broken link: reading it tells which.
    return undefined;
  }
}

function fileOfId(workspace: Workspace, id: string): string {
  const prompts = workspace.prompts.flatMap(({ prompt }) => (prompt ? [prompt] : []));
  const found = prompts.find((prompt) => prompt.id === id) ?? prompts.find((prompt) => prompt.aliases.includes(id));
  if (found) return found.file;
  const near = nearest(
    id,
    prompts.map((prompt) => prompt.id),
  );
  throw usage(
    `There is no prompt \`${id}\``,
    near
      ? `did you mean \`${near}\`?`
      : `the prompts are ${
          prompts
            .slice(0, 12)
            .map((prompt) => prompt.id)
            .join(', ') || 'none'
        }`,
  );
}
