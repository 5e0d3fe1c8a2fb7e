import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { diffSides, sideOfWorkspace, type Side } from '../diff/index.ts';
import { PromptctlError } from '../model/index.ts';
import { prettyDiff } from '../report/diff-pretty.ts';
import { type Config, diskSource, findConfig, loadWorkspace, memorySource, type Source } from '../workspace/index.ts';
import type { Context } from './command.ts';
import { EXIT, usage } from './exit.ts';
import { today } from './today.ts';

/**
 * A diff driver of git (gitattributes, `diff.<driver>.command`): called with the path, the old file, its object and mode, the
 * new file, its object and mode, and for a rename the new path and a header. Partials are read from the working tree.
 */
export function runGitDriver(context: Context): number {
  const [path, oldFile, , , newFile, , , newPath] = context.args;
  if (path === undefined || oldFile === undefined || newFile === undefined || ![7, 9].includes(context.args.length)) {
    throw usage(
      `A diff driver is called by git with 7 arguments (9 for a rename), not ${context.args.length}`,
      'set it up with `promptctl diff --git-driver`, without arguments',
    );
  }
  const { folder, config } = findConfig(context.cwd, context.config);
  const inWorkspace = (file: string): string => relative(folder, resolve(context.cwd, file)).replaceAll('\\', '/');
  const now = inWorkspace(newPath ?? path);
  const report = diffSides(
    sideOfFile(folder, config, inWorkspace(path), oldFile),
    sideOfFile(folder, config, now, newFile),
    { today: today() },
  );
  context.terminal.out(`diff --promptctl a/${path} b/${newPath ?? path}\n`);
  context.terminal.out(
    prettyDiff({ report, weightById: new Map(), isWhole: false, isTouched: true }, context.terminal),
  );
  return EXIT.fine;
}

function sideOfFile(folder: string, config: Config, path: string, file: string): Side {
  const disk = diskSource(folder);
  const bytes = file === '/dev/null' || file === 'nul' ? undefined : readBytes(file);
  const one = memorySource(bytes ? { [path]: bytes } : {}, path);
  const source: Source = {
    ...disk,
    read: (paths) => new Map([...disk.read(paths.filter((name) => name !== path)), ...one.read(paths)]),
  };
  return sideOfWorkspace(loadWorkspace(source, config, { files: bytes ? [path] : [] }), path);
}

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new PromptctlError(
      'unreadable',
      `${file} can't be read: ${(cause as NodeJS.ErrnoException).code ?? String(cause)}`,
      {
        hint: 'git hands a diff driver the files to compare',
        cause,
      },
    );
  }
}
