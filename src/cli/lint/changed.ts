import { posix } from 'node:path';
import { isObject, member, PromptctlError } from '../../model/index.ts';
import { commitOf, repositoryOf, tryGit } from '../../release/index.ts';
import { CONFIG_FILE, includedFiles, type LoadedPrompt } from '../../workspace/index.ts';
import type { Opened } from '../workspace.ts';

const PARTIAL = /\.partial\.(?:md|txt)$/;

/**
 * Paths under a folder that differ from where this branch left a ref, untracked ones too; relative to the folder.
 *
 * @throws PromptctlError `unreadable` outside a repository, and where the ref or its merge base is not there
 */
export function changedSince(folder: string, ref: string): ReadonlySet<string> {
  const repository = repositoryOf(folder);
  const diff = tryGit(folder, [...NAMES, '--merge-base', '--end-of-options', ref, '--', '.']);
  if (diff.status !== 0) {
    const fetch = repository.isShallow ? '`git fetch --unshallow`' : `\`git fetch origin ${ref}\``;
    throw commitOf(repository, ref) === undefined
      ? new PromptctlError('unreadable', `There is no ref \`${ref}\` here`, {
          hint: `${fetch} brings what is missing; \`git branch -a\` lists what there is`,
        })
      : new PromptctlError('unreadable', `git finds no commit that this branch and \`${ref}\` have in common`, {
          hint: repository.isShallow ? `run ${fetch} (with actions/checkout: \`fetch-depth: 0\`)` : 'name another ref',
        });
  }
  const untracked = tryGit(folder, ['ls-files', '--others', '--exclude-standard', '-z']);
  return new Set([...pathsIn(diff.stdout), ...pathsIn(untracked.stdout)]);
}

/** Paths under a folder whose content in the index is not that of HEAD. */
export function stagedPaths(folder: string): ReadonlySet<string> {
  repositoryOf(folder);
  return new Set(pathsIn(tryGit(folder, [...NAMES, '--cached', '--', '.']).stdout));
}

const NAMES = ['diff', '--name-only', '-z', '--no-renames', '--no-ext-diff', '--relative'];

function pathsIn(output: Buffer): string[] {
  return output.toString('utf8').split('\0').filter(Boolean);
}

/** The selected prompts that a change reaches: the file itself, what it includes, its rows, its schema, or the settings of all. */
export function reachedBy(
  changed: ReadonlySet<string>,
  { config, workspace, selected }: Opened,
): readonly LoadedPrompt[] {
  const settings = [config.file ?? CONFIG_FILE, ...(config.models === undefined ? [] : [config.models])];
  if (settings.some((file) => changed.has(posix.normalize(file)))) return selected;
  // What a deleted partial stood in is no longer known; the prompts that miss one are few.
  const isPartialGone = [...changed].some((path) => PARTIAL.test(path) && workspace.textOf(path) === undefined);
  return selected.filter(
    (loaded) =>
      readFiles(loaded).some((file) => changed.has(file)) ||
      (isPartialGone && loaded.problems.some(({ rule }) => rule === 'template/partial-missing')),
  );
}

function readFiles(loaded: LoadedPrompt): string[] {
  const { file, prompt, yaml } = loaded;
  const schema = isObject(yaml.value) ? member(yaml.value, 'jsonSchema') : undefined;
  const beside = [prompt?.testsFile, member(schema, '$ref')].filter((path) => typeof path === 'string');
  return [file, ...includedFiles(loaded), ...beside.map((path) => posix.join(posix.dirname(file), path))];
}
