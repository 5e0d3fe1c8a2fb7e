import { PromptctlError, VERSION } from '../model/index.ts';
import { PromptError } from '../runtime/index.ts';
import { EXIT, exitCodeOf } from './exit.ts';
import { write } from './terminal.ts';

/** Runs the command line and gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  try {
    const { run } = await import('./program.ts');
    return await run(argv);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  if (error instanceof PromptctlError) {
    write(2, `promptctl: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    return exitCodeOf(error);
  }
  if (error instanceof PromptError) {
    const isBundle = error.code === 'bundle-invalid' || error.code === 'bundle-version';
    const lines =
      error.problems.length > 0 && !isBundle ? error.problems.map((problem) => problem.message) : [error.message];
    write(2, `promptctl: ${lines.join('\n           ')}\n`);
    return isBundle ? EXIT.unreadable : EXIT.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  write(2, `promptctl ${VERSION} met a bug of its own:\n${stack}\nPlease report it with the command you ran.\n`);
  return EXIT.bug;
}
