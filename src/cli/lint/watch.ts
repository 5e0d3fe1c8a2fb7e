import { dirname, resolve } from 'node:path';
import { PromptctlError } from '../../model/index.ts';
import { counted } from '../../report/paint.ts';
import type { Context } from '../command.ts';
import { EXIT } from '../exit.ts';
import type { LintRun } from './run.ts';
import { watchFolders } from './watch-folders.ts';

/** Lints again whenever something under the prompts changes, until it is interrupted. */
export async function watchLint(context: Context, lintOnce: () => Promise<LintRun>): Promise<number> {
  let run = await lintOnce();
  let runs = 1;
  let isRunning = false;
  let isStale = false;
  const tell = (): void => {
    const { findings } = run.result;
    context.terminal.note(
      `Run ${runs}: ${counted(findings.length, 'problem')} in ${counted(run.result.files, 'prompt')}. Waiting for changes.\n`,
    );
  };
  const again = async (): Promise<void> => {
    // One at a time: what changes during a run asks for another.
    if (isRunning) {
      isStale = true;
      return;
    }
    isRunning = true;
    do {
      isStale = false;
      runs++;
      try {
        run = await lintOnce();
        tell();
      } catch (error) {
        // A configuration in the middle of an edit is no reason to stop.
        if (!(error instanceof PromptctlError)) throw error;
        context.terminal.note(
          `Run ${runs}: ${error.message}${error.hint === undefined ? '' : ` (${error.hint})`}. Waiting for changes.\n`,
        );
      }
    } while (isStale);
    isRunning = false;
  };
  return new Promise((end, fail) => {
    const outputs = new Set(
      context.formats.flatMap(({ path }) => (path === undefined ? [] : [resolve(context.cwd, path)])),
    );
    const isOwn = (file: string): boolean => outputs.has(file) || /[\\/]\.[^\\/]*\.tmp$/.test(file);
    const stop = watchFolders(foldersOf(run), () => void again().catch(fail), { isOwn });
    process.once('SIGINT', () => {
      stop();
      end(EXIT.interrupted);
    });
    // Told once the watchers stand: whoever reads it may change a file now.
    tell();
  });
}

/** The workspace's own folder for its settings, the root of the prompts, and wherever else a prompt stands. */
function foldersOf({ opened: { folder, config }, files }: LintRun): string[] {
  const roots = [config.root, ...files.map((file) => dirname(file))].map((path) => resolve(folder, path));
  return [...new Set(roots)];
}
