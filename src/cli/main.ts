import { writeSync } from 'node:fs';
import { PromptctlError, VERSION } from '../model/index.ts';
import { PromptError } from '../runtime/index.ts';
import { EXIT, exitCodeOf } from './exit.ts';

/** Runs the command line and gives the exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  const [first] = argv;
  if (first === '--version' || first === '-V') {
    writeSync(1, `${VERSION}\n`);
    return EXIT.fine;
  }
  try {
    const { run } = await import('./program.ts');
    return await run(argv);
  } catch (error) {
    return failed(error);
  }
}

function failed(error: unknown): number {
  if (error instanceof PromptctlError) {
    process.stderr.write(`promptctl: ${error.message}\n${error.hint === undefined ? '' : `  ${error.hint}\n`}`);
    return exitCodeOf(error);
  }
  if (error instanceof PromptError) {
    const lines = error.problems.length > 0 ? error.problems.map((problem) => problem.message) : [error.message];
    process.stderr.write(`promptctl: ${lines.join('\n           ')}\n`);
    return EXIT.usage;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(
    `promptctl ${VERSION} met a bug of its own:\n${stack}\nPlease report it with the command you ran.\n`,
  );
  return EXIT.bug;
}
