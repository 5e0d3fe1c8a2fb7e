import { statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type Side, sideOfBundle, sideOfWorkspace } from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import {
  type Base,
  commitOf,
  headCommit,
  mergeBase,
  refHint,
  type Repository,
  repositoryOf,
  type Sides,
  sidesSince,
  workingTree,
} from '../release/index.ts';
import { loadBundleFile } from '../runtime/node.ts';
import { nearest } from '../runtime/index.ts';
import { type Config, diskSource, experimentsIn, findConfig, loadWorkspace } from '../workspace/index.ts';
import type { Context } from './command.ts';
import { usage } from './exit.ts';

/** The workspace that a command compares, and the repository around it where there is one. */
export interface Ground {
  readonly folder: string;
  readonly config: Config;
  readonly cwd: string;
}

/** What `--against` names. */
type Against =
  | { readonly kind: 'ref'; readonly base: Base; readonly repository: Repository }
  | { readonly kind: 'folder' | 'bundle'; readonly path: string; readonly label: string };

export function groundOf(context: Context): Ground {
  return { ...findConfig(context.cwd, context.config), cwd: context.cwd };
}

/** Reads both sides: the working tree, and the merge base of the default branch or what `--against` names. */
export function sidesOf(ground: Ground, against: string | undefined): Sides {
  const { folder, config } = ground;
  const disk = diskSource(folder);
  if (against === undefined) {
    const repository = repositoryOf(folder);
    return sidesSince(repository, mergeBase(repository, config.release.branch), config, disk);
  }
  const other = againstOf(ground, against);
  if (other.kind === 'ref') return sidesSince(other.repository, other.base, config, disk);
  return { old: sideOfPath(other), new: workingSide(ground) };
}

/** The working tree as a side; outside git, the folder. */
export function workingSide({ folder, config }: Ground): Side {
  const disk = diskSource(folder);
  const repository = tryRepository(folder);
  const source = repository ? workingTree(repository, disk) : disk;
  return sideOfWorkspace(loadWorkspace(source, config), 'working tree', experimentsIn(source));
}

/**
 * What `--against` names: a ref, else a folder with a workspace or a bundle.
 *
 * @throws PromptctlError `unreadable` where it is none of them
 */
function againstOf({ folder, cwd }: Ground, text: string): Against {
  if (text.trim() === '') throw usage('--against takes a ref, a folder or a bundle, and it is empty');
  const path = resolve(cwd, text);
  const kind = kindOf(path);
  if (kind === 'bundle' && text.endsWith('.json')) return { kind, path, label: text };
  const repository = tryRepository(folder);
  const commit = repository && commitOf(repository, text);
  if (commit !== undefined) return { kind: 'ref', repository: repository!, base: { commit, label: text } };
  if (kind !== undefined) return { kind, path, label: relative(cwd, path) || '.' };
  if (repository) headCommit(repository, ', or name a folder or a bundle');
  const near = nearest(text, ['main', 'master', 'HEAD', 'origin/main']);
  const unfetched = refHint(repository, text);
  throw new PromptctlError('unreadable', `\`${text}\` is no ref, no folder and no bundle`, {
    hint: near ? `did you mean \`${near}\`? Else ${unfetched}` : unfetched,
  });
}

function sideOfPath(against: Extract<Against, { path: string }>): Side {
  if (against.kind === 'bundle') return sideOfBundle(loadBundleFile(against.path).json, against.label);
  const { folder, config } = findConfig(against.path);
  const source = diskSource(folder);
  return sideOfWorkspace(loadWorkspace(source, config), against.label, experimentsIn(source));
}

/** The repository around a folder; undefined where there is none to work in. */
export function tryRepository(folder: string): Repository | undefined {
  try {
    return repositoryOf(folder);
  } catch (cause) {
    // No repository is needed to compare with a folder or a bundle.
    if (cause instanceof PromptctlError) return undefined;
    throw cause;
  }
}

function kindOf(path: string): 'folder' | 'bundle' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'bundle';
  } catch {
    // Nothing there: it may still be a ref.
    return undefined;
  }
}
