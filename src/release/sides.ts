import { PromptctlError } from '../model/index.ts';
import { type Side, sideOfWorkspace } from '../diff/index.ts';
import {
  type Config,
  CONFIG_FILE,
  decode,
  experimentsIn,
  gitSource,
  isExperimentFile,
  loadWorkspace,
  parseConfig,
  type Source,
} from '../workspace/index.ts';
import { affectedPrompts } from './affected.ts';
import { type ChangedFiles, changedFiles, commitSource, stoodThen, workingTree } from './changed-files.ts';
import type { Base, Repository } from './repository.ts';

/** A commit and the working tree, ready to compare: only what may differ is read. */
export interface Sides {
  readonly old: Side;
  readonly new: Side;
}

/** Reads the prompts that may differ between a commit and the working tree, or all of them. */
export function sidesSince(
  repository: Repository,
  base: Base,
  config: Config,
  disk: Source,
  options: { readonly all?: boolean } = {},
): Sides {
  const changed = changedFiles(repository, base.commit, disk);
  const tree = workingTree(repository, disk);
  const before = commitSource(repository, changed, tree, base.label);
  const oldConfig = isConfigChanged(changed, config) ? configIn(before, config.file) : config;
  if (options.all === true || changed.isUnclear || readsOtherwise(oldConfig, config)) {
    return {
      old: sideOfWorkspace(loadWorkspace(before, oldConfig), base.label, experimentsIn(before)),
      new: sideOfWorkspace(loadWorkspace(tree, config), 'working tree', experimentsIn(tree)),
    };
  }
  const files = affectedPrompts(changed, config, tree);
  const now = new Set(tree.read(files).keys());
  const rollouts = [...changed.objects.keys()].filter(isExperimentFile);
  return {
    old: sideOfWorkspace(
      loadWorkspace(before, oldConfig, { files: files.filter((path) => stoodThen(changed, path)) }),
      base.label,
      experimentsIn(before, rollouts),
    ),
    new: sideOfWorkspace(
      loadWorkspace(tree, config, { files: files.filter((path) => now.has(path)) }),
      'working tree',
      experimentsIn(tree, rollouts),
    ),
  };
}

function isConfigChanged(changed: ChangedFiles, config: Config): boolean {
  return changed.objects.has(config.file ?? CONFIG_FILE);
}

/** Whether the two configurations name other prompts, or read the same files otherwise. */
function readsOtherwise(a: Config, b: Config): boolean {
  return a !== b && readingOf(a) !== readingOf(b);
}

/** All prompts of a commit, read with the configuration that stood there. */
export function sideAt(repository: Repository, base: Base, config: Config): Side {
  const source = gitSource(repository.folder, base.commit);
  return sideOfWorkspace(loadWorkspace(source, configIn(source, config.file)), base.label, experimentsIn(source));
}

/** The configuration of a side, from its own files. @throws PromptctlError `config`, saying on which side it is wrong. */
export function configIn(source: Source, file: string = CONFIG_FILE): Config {
  const content = source.read([file]).get(file);
  if (!content || !('bytes' in content)) return parseConfig('', undefined);
  const decoded = decode(content.bytes);
  const text = 'message' in decoded ? '' : decoded.text;
  try {
    return parseConfig(text, file);
  } catch (cause) {
    if (!(cause instanceof PromptctlError)) throw cause;
    throw new PromptctlError('config', `At ${source.label}, ${cause.message}`, { hint: cause.hint, cause });
  }
}

function readingOf({ prompts, root, overrides }: Config): string {
  return JSON.stringify([prompts, root, overrides]);
}
