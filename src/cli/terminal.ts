import { fstatSync, writeSync } from 'node:fs';

/** The streams of a run: results on stdout and nothing else; progress and notes on stderr. */
export interface Terminal {
  readonly color: boolean;
  /** Columns to write in; 100 where the output is no terminal. */
  readonly width: number;
  /** True where a live line may be drawn: stderr is a terminal and CI is not set. */
  readonly isLive: boolean;
  out(text: string): void;
  note(text: string): void;
  stdin(): Promise<Uint8Array>;
}

export type ColorChoice = 'auto' | 'always' | 'never';

/** The process's own streams. NO_COLOR and FORCE_COLOR hold; a flag beats both. */
export function processTerminal(choice: ColorChoice, quiet: boolean): Terminal {
  const { env } = process;
  return {
    color: wantsColor(choice, env),
    width: isTerminal(1) ? (process.stdout.columns ?? 100) : 100,
    isLive: isTerminal(2) && env['CI'] === undefined && !quiet,
    out: (text) => write(1, text),
    note: (text) => {
      if (!quiet) write(2, text);
    },
    stdin: readStdin,
  };
}

function wantsColor(choice: ColorChoice, env: NodeJS.ProcessEnv): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env['NO_COLOR']) return false;
  if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0' && env['FORCE_COLOR'] !== 'false';
  return env['TERM'] !== 'dumb' && isTerminal(1);
}

/** Asked of the descriptor first: the stream's own `isTTY` would load node's stream and network modules to say no. */
function isTerminal(descriptor: 1 | 2): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    // A closed descriptor is no terminal.
    return false;
  }
  return (descriptor === 1 ? process.stdout : process.stderr).isTTY;
}

/** Writes all of it before going on: a process that exits must not lose the end of its output to a slow pipe. */
export function write(descriptor: 1 | 2, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (cause) {
      const { code } = cause as NodeJS.ErrnoException;
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw cause;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Buffer));
  return Buffer.concat(chunks);
}
