import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/promptctl.js', import.meta.url));

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built command line in a child process, as a shell would: no colours, no CI, no terminal. */
export function runCli(
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly input?: string | Uint8Array;
    readonly env?: Readonly<Record<string, string>>;
  },
): CliRun {
  const { CI: _ci, FORCE_COLOR: _color, ...env } = process.env;
  const run = spawnSync(process.execPath, [BIN, ...args], {
    cwd: options.cwd,
    input: options.input ?? '',
    env: { ...env, NO_COLOR: '1', ...options.env },
    maxBuffer: 1 << 28,
  });
  return { status: run.status, stdout: run.stdout.toString('utf8'), stderr: run.stderr.toString('utf8') };
}
